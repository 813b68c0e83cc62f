import { expect, test } from 'vitest';
import { markOf, markRank, solverTitle } from '../../labextension/src/palette.ts';

test.each(['__proto__', 'constructor', 'toString', 'a word of tomorrow'])('%s is a word like any other', (word) => {
  expect(markOf(word)).toMatchObject({ word, shape: '·' });
  expect(solverTitle(word)).toBe(word);
  expect(markRank(word)).toBeGreaterThan(markRank('infra'));
});

test('shapes differ, so that nobody needs the colours', () => {
  const words = ['correct', 'wrong-objective', 'wrong-status', 'no-solve', 'exception', 'missing-api', 'no-program'];
  expect(new Set(words.map((word) => markOf(word).shape)).size).toBe(words.length);
});
