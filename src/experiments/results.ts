/**
 * What an experiment leaves for the reader: `experiment.json`, `scores.parquet` (a row a completion) and
 * `trainings.json` (the learning curves). Every table, figure and claim is recomputed from these three.
 */

import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArmResult } from './arms/run-arm.ts';
import type { TrainingRecord } from './arms/training-record.ts';
import { readRows, writeRows } from './judging/row-file.ts';
import type { ScoreRow } from './judging/score-row.ts';
import { type ExperimentRecord, readRecord } from './record.ts';

export interface Results {
  readonly record: ExperimentRecord;
  readonly rows: readonly ScoreRow[];
  readonly trainings: readonly TrainingRecord[];
}

const SCORES = 'scores.parquet';
const TRAININGS = 'trainings.json';

/** Gathers what the arms left; replaces what an earlier, smaller run of the experiment gathered. */
export async function writeResults(
  folder: string,
  record: ExperimentRecord,
  arms: readonly ArmResult[],
): Promise<Results> {
  const trainings = arms.flatMap(({ training }) => training ?? []);
  const unfinished = join(folder, `.${SCORES}`);
  await rm(unfinished, { force: true });
  await writeRows(unfinished, await readRows(arms.flatMap(({ scoreFiles }) => scoreFiles)));
  await writeFile(join(folder, TRAININGS), `${JSON.stringify(trainings, null, 1)}\n`);
  await rename(unfinished, join(folder, SCORES));
  return { record, rows: await readRows([join(folder, SCORES)]), trainings };
}

/** Reads them again. Rejects with `config/no-experiment`. */
export async function readResults(folder: string): Promise<Results> {
  const record = await readRecord(folder);
  const path = join(folder, TRAININGS);
  const trainings = existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as readonly TrainingRecord[]) : [];
  const scores = join(folder, SCORES);
  return { record, rows: existsSync(scores) ? await readRows([scores]) : [], trainings };
}
