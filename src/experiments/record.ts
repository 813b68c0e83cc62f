/** What is written down of an experiment before its first arm runs: `experiment.json`. */

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import type { Claim } from './claims.ts';
import { type Arm, type Experiment, type Training, withAncestors } from './experiment.ts';
import { RULE, STRICT_RULE } from './judging/score-row.ts';
import type { Preset } from './presets/preset.ts';
import type { ProblemSets } from './problem-sets.ts';

const SCHEMA = 1;

/** An arm, with the name of what it goes on from. */
export type ArmRecord = Omit<Arm, 'from' | 'training'> & {
  readonly from: string | null;
  readonly training: Training | null;
};

export interface ExperimentRecord {
  readonly schema: number;
  readonly experiment: string;
  readonly title: string;
  readonly question: string;
  readonly createdAt: string;
  readonly seeds: number;
  readonly preset: Preset;
  readonly arms: readonly ArmRecord[];
  readonly claims: readonly Claim[];
  /** Both rules, in a sentence each, by ε. */
  readonly rules: Readonly<Record<string, string>>;
  /** By split: version of the labels, and problems. */
  readonly sets: Readonly<Record<string, { readonly labelSet: string; readonly problems: number }>>;
  readonly policyHash: string;
  readonly versions: Readonly<Record<string, string>>;
}

export function describeExperiment(
  { name, title, question, claims }: Experiment,
  preset: Preset,
  arms: readonly Arm[],
  facts: {
    readonly seeds: number;
    readonly sets: ProblemSets;
    readonly policyHash: string;
    readonly versions: Readonly<Record<string, string>>;
  },
): ExperimentRecord {
  const { seeds, sets, policyHash, versions } = facts;
  const sizes = sets.judged.map(({ split, labelSet, problems }) => [split, { labelSet, problems: problems.length }]);
  return {
    ...{ schema: SCHEMA, experiment: name, title, question, createdAt: new Date().toISOString(), seeds, preset },
    arms: withAncestors(arms).map((arm) => ({ ...arm, from: arm.from?.name ?? null })),
    claims: claims(preset),
    rules: Object.fromEntries([RULE, STRICT_RULE].map(({ epsilon, describe }) => [String(epsilon), describe])),
    sets: Object.fromEntries(sizes) as ExperimentRecord['sets'],
    policyHash,
    versions,
  };
}

/**
 * Writes it down, unless it is there. One that is there may get more seeds, or the arms of the sweep; with other claims,
 * numbers or problems it is another experiment, and rejects with `config/other-experiment`.
 */
export async function writeRecord(folder: string, record: ExperimentRecord): Promise<ExperimentRecord> {
  const begun = existsSync(join(folder, FILE)) ? await readRecord(folder) : null;
  if (begun !== null) checkSame(folder, begun, record);
  const written = { ...record, createdAt: begun?.createdAt ?? record.createdAt };
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE);
  await writeFile(`${path}.tmp`, `${JSON.stringify(written, null, 1)}\n`);
  await rename(`${path}.tmp`, path);
  return written;
}

export async function readRecord(folder: string): Promise<ExperimentRecord> {
  const path = join(folder, FILE);
  if (!existsSync(path)) {
    const next = 'Name the --out of an experiment that has run.';
    throw new EvomError('config', 'no-experiment', expected('--out', `a folder with ${FILE}`, folder, next));
  }
  return JSON.parse(await readFile(path, 'utf8')) as ExperimentRecord;
}

const FILE = 'experiment.json';

function checkSame(folder: string, begun: ExperimentRecord, record: ExperimentRecord): void {
  for (const name of ['preset', 'claims', 'rules', 'sets', 'policyHash'] as const) {
    if (JSON.stringify(begun[name]) === JSON.stringify(record[name])) continue;
    const next = 'Choose another --out, or give the options that it was begun with.';
    const what = `as it was when ${folder} was begun`;
    throw new EvomError('config', 'other-experiment', expected(name, what, record[name], next));
  }
}
