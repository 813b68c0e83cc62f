/**
 * Folders `checkpoint-000010`: the weights after 10 steps. Each appears whole, by one rename.
 *
 * Not covered: a power cut while the policy writes (a kill is); old checkpoints are never removed.
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainablePolicy } from '../types.ts';
import type { Run } from './options.ts';

const NAME = /^checkpoint-(\d{6,})$/;
/** A run has one writer, so that whatever ends in this is nobody's. */
const UNFINISHED = '.checkpoint-part';

export interface Checkpoint {
  readonly folder: string;
  /** Steps that its weights have seen. */
  readonly step: number;
}

/** Whether the weights after step `index` are kept; `isBest`: by the newest validation. */
export function isCheckpoint(index: number, isBest: boolean, { checkpoints, steps }: Run): boolean {
  return checkpoints !== null && (isBest || index + 1 === steps || (index + 1) % checkpoints.every === 0);
}

/** Saves the weights after `step` steps; nothing to do where they are there already. */
export async function saveCheckpoint(policy: TrainablePolicy, folder: string, step: number): Promise<void> {
  const path = join(folder, `checkpoint-${String(step).padStart(6, '0')}`);
  if (existsSync(path)) return;
  const unfinished = `${path}${UNFINISHED}`;
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true }); // a killed run's
  }
  await policy.save(unfinished);
  await rename(unfinished, path);
}

/** The newest checkpoint that has seen at most `step` steps (default: any number); null where there is none. */
export async function findCheckpoint(
  folder: string,
  step: number = Number.POSITIVE_INFINITY,
): Promise<Checkpoint | null> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  const steps = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).filter((digits) => Number(digits) <= step);
  const newest = steps.sort((left, right) => Number(left) - Number(right)).at(-1);
  return newest === undefined ? null : { folder: join(folder, `checkpoint-${newest}`), step: Number(newest) };
}
