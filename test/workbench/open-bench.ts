/** A workbench on the scripted policy and a verifier that runs nothing. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openProblems } from '../../src/open-problems.ts';
import type { ProblemSet } from '../../src/types.ts';
import { createWorkbench, type Workbench } from '../../src/workbench/workbench.ts';
import { makeVerifier } from './fake-verifier.ts';

const root = mkdtempSync(join(tmpdir(), 'evom-workbench-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

/** For the runs of one test; removed after the file's tests. */
export function newFolder(): string {
  return join(root, String(folders++));
}

export const SET: ProblemSet = await openProblems('synthetic:3:12');
export const HELD_OUT: ProblemSet = await openProblems('held-out:3:5');
const ALL: ProblemSet = { ...SET, problems: [...SET.problems, ...HELD_OUT.problems] };

/** With the 12 problems of {@link SET} chosen. */
export async function openBench(
  options: { readonly runs?: string; readonly delay?: (id: string) => Promise<void> } = {},
): Promise<Workbench> {
  const { runs = newFolder(), ...fake } = options;
  const bench = createWorkbench({ runs, verifier: makeVerifier(ALL, fake) });
  await bench.problems('synthetic:3:12');
  await bench.policy('scripted');
  return bench;
}

/** generate → verify → reward */
export async function roll(
  bench: Workbench,
  call: Parameters<Workbench['generate']>[0] = {},
): ReturnType<Workbench['reward']> {
  await bench.generate({ solver: 'highs', samples: 4, ...call });
  await bench.verify();
  return bench.reward();
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
