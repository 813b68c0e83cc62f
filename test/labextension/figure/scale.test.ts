import { expect, test } from 'vitest';
import { linearScale, rangeOf, ticksOf, tickText } from '../../../labextension/src/figure/scale.ts';

test('ticks are round, within the range, and about as many as asked for', () => {
  expect(ticksOf([0, 1], 4)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(ticksOf([0, 17], 4)).toEqual([0, 5, 10, 15]);
  for (const [low, high] of [
    [0.1, 0.3],
    [-5e-16, 1e-15],
    [3, 90_000],
    [-2, -1],
  ] as const) {
    const ticks = ticksOf([low, high], 4);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.every((tick) => tick >= low && tick <= high)).toBe(true);
  }
});

test('a range is never of no width, also of one value, of none, and of values that are not known', () => {
  for (const values of [[], [null], [0], [7, 7], [Number.NaN], [-3]]) {
    const [low, high] = rangeOf(values);
    expect(high).toBeGreaterThan(low);
  }
  expect(rangeOf([1, null, 3])).toEqual([1, 3]);
});

test('a scale maps the ends of the range to the ends of the pixels', () => {
  const scale = linearScale([2, 4], [100, 0]);
  expect([2, 3, 4].map(scale)).toEqual([100, 50, 0]);
});

test('numbers on an axis are short', () => {
  expect([0, 0.25, 1500, 12_000, 2e-7, 1e9].map(tickText)).toEqual(['0', '0.25', '1500', '12k', '2e-7', '1e9']);
});
