import { expect, test } from 'vitest';
import { partNames, rolloutItems } from '../../../../labextension/src/views/rollouts/items.ts';
import { observationRow, rolloutRow, rolloutsOf } from '../../rows.ts';

test('a rollout keeps its key when others come before it', () => {
  const [row, other] = [rolloutRow({ sample: 5 }), rolloutRow({ sample: 6 })];
  const [before] = rolloutItems(rolloutsOf([row]));
  expect(rolloutItems(rolloutsOf([other, row])).map(({ key }) => key)[1]).toBe(before?.key);
});

test('keys are unique even where rows are equal', () => {
  const keys = rolloutItems(rolloutsOf([rolloutRow(), rolloutRow(), rolloutRow()])).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
});

test('the word is the verdict, else the outcome, else that it is written', () => {
  const rows = [
    rolloutRow({ observation: observationRow({ verdict: 'wrong-status' }) }),
    rolloutRow({ observation: observationRow({ verdict: null, outcome: 'time' }) }),
    rolloutRow({ observation: null }),
  ];
  expect(rolloutItems(rolloutsOf(rows)).map(({ word }) => word)).toEqual(['wrong-status', 'time', 'written']);
});

test('names of parts are those of all rows, a few at most', () => {
  const parts = JSON.parse('{"__proto__": 1, "format": 1}');
  const rows = [rolloutRow(), rolloutRow({ reward: { total: 1, parts, masked: false } })];
  expect(partNames(rolloutItems(rolloutsOf(rows)))).toEqual(['__proto__', 'answer', 'format']);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`part ${index}`, 1]));
  expect(
    partNames(rolloutItems(rolloutsOf([rolloutRow({ reward: { total: 1, parts: many, masked: false } })]))),
  ).toHaveLength(12);
});
