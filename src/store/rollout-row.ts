/**
 * A rollout as one flat row, and back. Names are the JSON names of `types.ts`; nested parts are STRUCT, MAP or lists,
 * so that DuckDB reads `certificate.kind` or `rewardParts['format']`, and pandas sees dictionaries.
 *
 * | column | type | what |
 * |---|---|---|
 * | step, position | INTEGER | the step's index; the rollout's place in it, both from 0 |
 * | problemId, problemText, source | VARCHAR | the problem |
 * | answer | DOUBLE | the label, where it is a number |
 * | answerWord | VARCHAR | the label, where it is `infeasible`, `unbounded` or `no-solution` |
 * | completion | VARCHAR | the completion's text |
 * | tokenIds, logProbs | INTEGER[], DOUBLE[] | its tokens, [T] |
 * | truncated | BOOLEAN | it hit the length limit |
 * | id … cached | | the observation, field by field; `claimed`, `certified`, `certificate`, `error` are STRUCT |
 * | verdict | VARCHAR | under the run's rule |
 * | reward | DOUBLE | the weighted total |
 * | rewardParts | MAP(VARCHAR, DOUBLE) | its named parts |
 * | masked | BOOLEAN | left out of its group |
 * | advantage | DOUBLE | null before the update, and where masked |
 *
 * Units: `…Ms` milliseconds, `…Bytes` bytes. NaN and infinities are kept; -0 is kept as 0; a lone surrogate becomes U+FFFD.
 * Not covered: the DuckDB binding drops a byte order mark at the start of a text as it reads (the file holds it).
 */

import type { Answer, Observation, Rollout } from '../types.ts';

/** Name and DuckDB type of every column, in order. Later versions add columns at the end and never rename one. */
export const ROLLOUT_COLUMNS = {
  step: 'INTEGER',
  position: 'INTEGER',
  problemId: 'VARCHAR',
  problemText: 'VARCHAR',
  answer: 'DOUBLE',
  answerWord: 'VARCHAR',
  source: 'VARCHAR',
  completion: 'VARCHAR',
  tokenIds: 'INTEGER[]',
  logProbs: 'DOUBLE[]',
  truncated: 'BOOLEAN',
  id: 'VARCHAR',
  solver: 'VARCHAR',
  solverVersion: 'VARCHAR',
  outcome: 'VARCHAR',
  detail: 'VARCHAR',
  status: 'VARCHAR',
  objective: 'DOUBLE',
  claimed: 'STRUCT(status VARCHAR, objective DOUBLE, rawStatus VARCHAR, api VARCHAR)',
  certified: 'STRUCT(status VARCHAR, objective DOUBLE)',
  certificate:
    'STRUCT(kind VARCHAR, "by" VARCHAR, solve STRUCT(status VARCHAR, objective DOUBLE), reason VARCHAR, degenerate VARCHAR[], size STRUCT(variables INTEGER, integers INTEGER, constraints INTEGER), durationMs DOUBLE)',
  solveCount: 'INTEGER',
  error: 'STRUCT("type" VARCHAR, message VARCHAR, line INTEGER)',
  stdout: 'VARCHAR',
  stdoutBytes: 'BIGINT',
  durationMs: 'DOUBLE',
  cpuMs: 'DOUBLE',
  memoryBytes: 'BIGINT',
  exitCode: 'INTEGER',
  signal: 'INTEGER',
  isolation: 'VARCHAR',
  cached: 'BOOLEAN',
  verdict: 'VARCHAR',
  reward: 'DOUBLE',
  rewardParts: 'MAP(VARCHAR, DOUBLE)',
  masked: 'BOOLEAN',
  advantage: 'DOUBLE',
} as const;

/** One row: plain values by column, before they are typed for DuckDB. */
export type RolloutRow = Readonly<Record<keyof typeof ROLLOUT_COLUMNS, unknown>>;

/** Flattens a rollout. */
export function toRow(rollout: Rollout, step: number, position: number): RolloutRow {
  const { problem, completion, observation, verdict, reward, advantage } = rollout;
  return {
    step,
    position,
    problemId: problem.id,
    problemText: problem.text,
    answer: typeof problem.answer === 'number' ? problem.answer : null,
    answerWord: typeof problem.answer === 'number' ? null : problem.answer,
    source: problem.source,
    completion: completion.text,
    tokenIds: completion.tokenIds,
    logProbs: completion.logProbs,
    truncated: completion.truncated,
    ...observation,
    verdict,
    reward: reward.total,
    rewardParts: reward.parts,
    masked: reward.masked,
    advantage,
  };
}

/** Unflattens a row as a query gives it. A column that an older file lacks reads as null. */
export function fromRow(row: Readonly<Record<string, unknown>>): Rollout {
  const parts = (row['rewardParts'] ?? []) as readonly { readonly key: string; readonly value: number }[];
  return {
    problem: {
      id: row['problemId'] as string,
      text: row['problemText'] as string,
      answer: (row['answer'] ?? row['answerWord']) as Answer,
      source: row['source'] as string,
    },
    completion: {
      text: row['completion'] as string,
      tokenIds: row['tokenIds'] as number[],
      logProbs: row['logProbs'] as number[],
      truncated: row['truncated'] as boolean,
    },
    observation: Object.fromEntries(
      OBSERVATION_COLUMNS.map((name) => [name, row[name] ?? null]),
    ) as unknown as Observation,
    verdict: row['verdict'] as Rollout['verdict'],
    reward: {
      parts: Object.fromEntries(parts.map(({ key, value }) => [key, value])),
      total: row['reward'] as number,
      masked: row['masked'] as boolean,
    },
    advantage: (row['advantage'] ?? null) as number | null,
  };
}

const names = Object.keys(ROLLOUT_COLUMNS);
const OBSERVATION_COLUMNS = names.slice(names.indexOf('id'), names.indexOf('cached') + 1);
