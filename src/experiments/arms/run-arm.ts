/**
 * One arm with one seed: trained, then judged on each of its solvers. What is in its folder already is not done again:
 *
 *     run/                   of RL: a step a file, checkpoints until it is done
 *     policy/                the weights that were kept, a folder that transformers reads
 *     trained.json           the learning curve; its presence says that training is done
 *     scores-ortools-….parquet   a row a completion; the rest of the name stands for problems and sampling
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishFile } from '../../store/durable-file.ts';
import type { SolverName } from '../../types.ts';
import type { Arm } from '../experiment.ts';
import { judgeOn } from '../judging/judge.ts';
import { writeRows } from '../judging/row-file.ts';
import { reinforce } from './reinforce.ts';
import { supervise } from './supervise.ts';
import type { TrainingRecord } from './training-record.ts';
import type { Place, Workshop } from './workshop.ts';

/** What an arm with a seed left. */
export interface ArmResult {
  /** The folder of its weights. */
  readonly policy: string;
  /** Null for the base. */
  readonly training: TrainingRecord | null;
  /** One for each solver. */
  readonly scoreFiles: readonly string[];
}

export async function runArm(arm: Arm, place: Place, workshop: Workshop): Promise<ArmResult> {
  await mkdir(place.folder, { recursive: true });
  const training = await trained(arm, place, workshop);
  const policy = training === null ? place.start : join(place.folder, 'policy');
  const scoreFiles = arm.judgedOn.map((solver) => join(place.folder, scoreFile(solver, workshop)));
  await judgeMissing(arm, { ...place, start: policy }, scoreFiles, workshop);
  return { policy, training, scoreFiles };
}

async function trained({ training }: Arm, place: Place, workshop: Workshop): Promise<TrainingRecord | null> {
  if (training === null) return null;
  const path = join(place.folder, 'trained.json');
  if (!existsSync(path)) {
    const record =
      training.kind === 'sft' ? await supervise(training, place, workshop) : await reinforce(training, place, workshop);
    await publishFile(path, (temporary) => writeFile(temporary, `${JSON.stringify(record, null, 1)}\n`));
  }
  await removeCheckpoints(place.folder);
  // An arm that two experiments share may have two names.
  return { ...(JSON.parse(await readFile(path, 'utf8')) as TrainingRecord), arm: place.arm };
}

/** `policy` has what was kept. */
async function removeCheckpoints(folder: string): Promise<void> {
  await rm(join(folder, 'best'), { recursive: true, force: true });
  const run = join(folder, 'run');
  for (const name of existsSync(run) ? await readdir(run) : []) {
    if (name.startsWith('checkpoint-')) await rm(join(run, name), { recursive: true });
  }
}

async function judgeMissing(
  arm: Arm,
  { seed, start, folder }: Place,
  files: readonly string[],
  workshop: Workshop,
): Promise<void> {
  const { sets, data, verifier, openPolicy, signal, tell } = workshop;
  const lacking = arm.judgedOn.flatMap((solver, index) => {
    const path = files[index] ?? join(folder, scoreFile(solver, workshop));
    return existsSync(path) ? [] : [{ solver, path }];
  });
  if (lacking.length === 0) return;
  const policy = await openPolicy(start, { isThinking: arm.training?.isThinking ?? true });
  try {
    for (const { solver, path } of lacking) {
      const place = { arm: arm.name, seed, sampled: data.sampled };
      const rows = await judgeOn(policy, solver, sets.judged, place, { verifier, maxTokens: data.maxTokens, signal });
      await writeRows(path, rows);
      tell({ arm: arm.name, seed, text: `judged on ${solver}: ${rows.length} completions` });
    }
  } finally {
    await policy.close();
  }
}

function scoreFile(solver: SolverName, { sets, data }: Workshop): string {
  const judged = sets.judged.map(({ split, labelSet }) => [split, labelSet]);
  const text = JSON.stringify([judged, data.sampled, data.maxTokens]);
  return `scores-${solver}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.parquet`;
}
