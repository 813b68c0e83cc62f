import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wilsonInterval } from '../../src/evaluate.ts';
import { readRows, writeRows } from '../../src/experiments/judging/row-file.ts';
import { scoreRow } from '../../src/experiments/judging/score-row.ts';
import { RowIndex } from '../../src/experiments/judging/scores.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { Observation, Rollout } from '../../src/types.ts';
import { makeRows } from './fakes.ts';

const SELECTION = { arm: 'rl', solver: 'gurobi', split: 'held-out', mode: 'greedy' } as const;

test('accuracy is a mean over problems; its interval counts problems, not completions', () => {
  const cell = new RowIndex(
    makeRows({}, [
      [true, false, true, null],
      [true, false, false, null],
    ]),
  ).cellOf(SELECTION);
  expect(cell).toMatchObject({ problems: 3, n: 6, masked: 2, seeds: [0, 1], bySeed: [2 / 3, 1 / 3] });
  expect(cell.accuracy).toBeCloseTo(0.5, 12);
  expect(cell.interval).toEqual(wilsonInterval(1.5, 3));
});

test('a problem that is masked with one seed alone is judged by the others', () => {
  const index = new RowIndex(
    makeRows({}, [
      [true, null],
      [true, true],
    ]),
  );
  expect(index.scoresOf(SELECTION)).toEqual([
    [1, null],
    [1, 1],
  ]);
  expect(index.cellOf(SELECTION)).toMatchObject({ problems: 2, accuracy: 1, n: 3 });
});

test('arms have their problems in one order, also where rows are missing or come in another order', () => {
  const rows = [...makeRows({ arm: 'sft' }, [[true, false, true]]).toReversed(), ...makeRows({}, [[false, true]])];
  const index = new RowIndex(rows);
  expect(index.scoresOf({ ...SELECTION, arm: 'sft' })).toEqual([[1, 0, 1]]);
  expect(index.scoresOf(SELECTION)).toEqual([[0, 1, null]]);
});

test('several samples of a problem are a share of hits', () => {
  const rows = [true, false, false, true].flatMap((hit, sample) => makeRows({ sample, mode: 'sampled' }, [[hit]]));
  expect(new RowIndex(rows).scoresOf({ ...SELECTION, mode: 'sampled' })).toEqual([[0.5]]);
});

test('nothing judged is no accuracy, not 0', () => {
  expect(new RowIndex([]).cellOf(SELECTION)).toMatchObject({ accuracy: null, n: 0, interval: { low: 0, high: 1 } });
});

function rollout(observation: Observation, answer = 100): Rollout {
  return {
    problem: { id: 'p', text: 't', answer, source: 'synthetic/diet' },
    completion: { text: '', tokenIds: [1, 2, 3], logProbs: [0, 0, 0], truncated: false },
    ...{ observation, verdict: 'correct', reward: { parts: {}, total: 0, masked: false }, advantage: null },
  };
}

const PLACE = { arm: 'rl', seed: 1, split: 'held-out', mode: 'greedy', sample: 0 } as const;

test('a row has the verdict at both ε, by observation and label alone', () => {
  const close = scoreRow(rollout(honest(optimal(102), { id: 'x', solver: 'copt' })), PLACE);
  expect(close).toMatchObject({ verdict: 'correct', strictVerdict: 'wrong-objective', solver: 'copt', tokens: 3 });
  expect(close).toMatchObject({ family: 'diet', masked: false, missingName: null });
});

test('a row names the call that the API lacks; what is our fault is masked', () => {
  const missing = observe({ id: 'x', outcome: 'missing-api', detail: 'Model.addVariable' });
  expect(scoreRow(rollout(missing), PLACE)).toMatchObject({ verdict: 'missing-api', missingName: 'Model.addVariable' });
  expect(scoreRow(rollout(observe({ id: 'x', outcome: 'infra' })), PLACE)).toMatchObject({ masked: true });
  expect(scoreRow(rollout(observe({ id: 'x', outcome: 'truncated' })), PLACE)).toMatchObject({ masked: false });
});

test('rows come back from Parquet as they were', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evom-rows-'));
  const path = join(folder, 'scores.parquet');
  const rows = makeRows({ missingName: "it's <odd> Ünï", error: null }, [[true, false, null]]);
  await writeRows(path, rows);
  expect(await readRows([path])).toEqual(rows);
  await expect(writeRows(path, rows)).rejects.toMatchObject({ code: 'file-exists' });
  await rm(folder, { recursive: true });
});
