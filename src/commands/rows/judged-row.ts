import { EvomError } from '../../errors.ts';
import type { Sample } from '../../evaluate.ts';
import { labelSetOf } from '../../problems/label-set.ts';
import type { RewardFunction } from '../../reward/reward.ts';
import type { Rule } from '../../reward/rule.ts';
import type { Answer, Observation, Reward, Verdict } from '../../types.ts';
import type { ProgramRow } from './program-rows.ts';

/** One output row: the observation with what it was judged by. `evom score` reads it back. */
export interface JudgedRow extends Observation {
  /** Null where the row has no answer. */
  readonly verdict: Verdict | null;
  readonly reward: Reward | null;
  readonly rule: string;
  readonly epsilon: number;
  readonly answer: Answer | null;
  readonly problem: string | null;
  readonly digest: string;
}

/** Judges the observation of a row. */
export function judgeRow(
  row: ProgramRow,
  observation: Observation,
  { rule, reward }: { readonly rule: Rule; readonly reward: RewardFunction },
): JudgedRow {
  const { answer, problem, digest, completion, truncated } = row;
  const base = { ...observation, rule: rule.name, epsilon: rule.epsilon, answer, problem, digest };
  if (answer === null) return { ...base, verdict: null, reward: null };
  const input = { observation, answer, ...(completion !== null && { completion: { text: completion, truncated } }) };
  return { ...base, verdict: rule.judge(observation, answer), reward: reward(input) };
}

/** The rows with an answer, as `evaluate` takes them. Rows of one problem text are samples of one problem. */
export function samplesOf(rows: readonly JudgedRow[]): Sample[] {
  return rows.flatMap((row) =>
    row.answer === null ? [] : [{ problemId: row.problem ?? row.id, answer: row.answer, observation: row }],
  );
}

/** The version of the labels that the rows were judged by. */
export function labelSetOfRows(rows: readonly JudgedRow[]): string {
  const labels = new Map<string, { id: string | null; text: string; answer: Answer }>();
  for (const { id, problem, answer } of rows) {
    if (answer === null) continue;
    const label = { id: problem === null ? id : null, text: problem ?? '', answer };
    labels.set(JSON.stringify(label), label);
  }
  return labelSetOf([...labels.values()]);
}

/** What judging and summing up read. `digest` is asked for by the writer alone. */
const FIELDS = [
  ...['id', 'solver', 'outcome', 'stdout', 'exitCode', 'signal', 'claimed', 'certified', 'certificate'],
  ...['answer', 'problem'],
];

/** A row read back from a file. Throws `config/not-a-judged-row` where it is none of ours. */
export function readJudgedRow(path: string, row: number, value: Readonly<Record<string, unknown>>): JudgedRow {
  const missing = FIELDS.find((field) => !(field in value));
  if (missing === undefined) return value as unknown as JudgedRow;
  throw new EvomError(
    'config',
    'not-a-judged-row',
    `Expected row ${row} of \`${path}\` to be an output row of \`evom verify\`, but it has no field \`${missing}\`. ` +
      'Name a file that `evom verify --out` wrote.',
  );
}
