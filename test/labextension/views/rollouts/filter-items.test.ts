import { expect, test } from 'vitest';
import { filterItems, NO_FILTER } from '../../../../labextension/src/views/rollouts/filter-items.ts';
import { rolloutItems } from '../../../../labextension/src/views/rollouts/items.ts';
import { observationRow, rolloutRow, rolloutsOf } from '../../rows.ts';

const reward = (total: number, masked = false) => ({ total, parts: { format: total / 2 }, masked });

const ITEMS = rolloutItems(
  rolloutsOf([
    rolloutRow({ sample: 0, reward: reward(0) }),
    rolloutRow({
      sample: 1,
      reward: reward(0.2),
      observation: observationRow({ verdict: 'exception', detail: 'No (x+1)* here' }),
    }),
    rolloutRow({ sample: 2, solver: 'scip', reward: reward(1.2) }),
    rolloutRow({
      sample: 3,
      solver: 'scip',
      reward: reward(0.2, true),
      observation: observationRow({ verdict: 'infra' }),
    }),
  ]),
);
const samples = (filter: Partial<typeof NO_FILTER>): (number | null)[] =>
  filterItems(ITEMS, { ...NO_FILTER, ...filter }).shown.map(({ row }) => row.sample);

test('verdicts and solvers: none chosen lets all pass, several any of them', () => {
  expect(samples({})).toEqual([0, 1, 2, 3]);
  expect(samples({ words: new Set(['exception', 'infra']) })).toEqual([1, 3]);
  expect(samples({ words: new Set(['correct']), solvers: new Set(['scip']) })).toEqual([2]);
});

test('a bin holds its lower edge and not its upper one, whatever its edges were rounded to; a typed range holds both', () => {
  const bin = { part: 'total', low: 0.1 + 0.1, high: 1.2000000000000002, isBin: true };
  expect(samples({ reward: bin })).toEqual([1]);
  expect(samples({ reward: { ...bin, low: 0.30000000000000004 - 0.1, isBin: true } })).toEqual([1]);
  expect(samples({ reward: { part: 'total', low: 0.2, high: 1.2, isBin: false } })).toEqual([1, 2]);
});

test('masked rollouts are in no range; a part is found by its name, and one that is not there finds nothing', () => {
  expect(samples({ reward: { part: 'format', low: 0, high: 0.1, isBin: false } })).toEqual([0, 1]);
  expect(samples({ reward: { part: '__proto__', low: 0, high: 9, isBin: false } })).toEqual([]);
  expect(samples({ reward: { part: 'constructor', low: 0, high: 9, isBin: false } })).toEqual([]);
});

test('a text is found as it is written, in any letter case', () => {
  expect(samples({ text: ' no (X+1)* ' })).toEqual([1]);
  expect(samples({ text: 'a text' })).toEqual([0, 1, 2, 3]);
  expect(samples({ text: 'nowhere' })).toEqual([]);
});

test('counts by verdict and solver leave out their own filter alone', () => {
  const { words, solvers } = filterItems(ITEMS, {
    ...NO_FILTER,
    words: new Set(['infra']),
    solvers: new Set(['scip']),
  });
  expect(Object.fromEntries(words)).toEqual({ correct: 1, exception: 0, infra: 1 });
  expect(Object.fromEntries(solvers)).toEqual({ highs: 0, scip: 1 });
});

test('10 000 rollouts are filtered by a text in a moment', () => {
  const completion = { text: { text: 'word '.repeat(30), length: 150 }, tokens: 30, truncated: false };
  const many = rolloutItems(
    rolloutsOf(Array.from({ length: 10_000 }, (_, sample) => rolloutRow({ sample, completion }))),
  );
  const start = performance.now();
  expect(filterItems(many, { ...NO_FILTER, text: 'words' }).shown).toHaveLength(0);
  expect(performance.now() - start).toBeLessThan(3000);
});
