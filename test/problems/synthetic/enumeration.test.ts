import { expect, test } from 'vitest';
import { bestIntegers, type IntegerSearch } from '../../../src/problems/synthetic/best-integers.ts';
import { bestVertex } from '../../../src/problems/synthetic/best-vertex.ts';
import { integers, keyOf } from '../../../src/random.ts';

test('bestIntegers finds what trying every point finds', () => {
  for (let seed = 0; seed < 300; seed++) {
    const key = keyOf(seed);
    const search: IntegerSearch = {
      gains: integers(key, 'gains', 3, -9, 9),
      rows: [0, 1].map((row) => ({
        coefficients: integers(key, `row ${row}`, 3, -5, 5),
        atMost: integers(key, 'bounds', 2, -8, 20)[row] as number,
      })),
      lower: integers(key, 'lower', 3, 0, 2),
      upper: integers(key, 'upper', 3, 1, 6),
    };
    expect(bestIntegers(search), String(seed)).toBe(bestOfAll(search));
  }
});

function bestOfAll({ gains, rows, lower, upper }: IntegerSearch): number | null {
  const axis = (index: number): readonly number[] =>
    Array.from(
      { length: Math.max(0, (upper[index] as number) - (lower[index] as number) + 1) },
      (_, step) => (lower[index] as number) + step,
    );
  const dot = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, index) => sum + value * (right[index] as number), 0);
  const points = axis(0).flatMap((x) => axis(1).flatMap((y) => axis(2).map((z) => [x, y, z])));
  const values = points
    .filter((point) => rows.every(({ coefficients, atMost }) => dot(coefficients, point) <= atMost))
    .map((point) => dot(gains, point));
  return values.length ? Math.max(...values) : null;
}

test('bestVertex tells optimal, infeasible and unbounded', () => {
  const row = (coefficients: readonly number[], relation: '<=' | '>=' | '==', bound: number) => ({
    coefficients,
    relation,
    bound,
  });
  expect(bestVertex([3, 2], [row([2, 3], '<=', 12), row([1, 0], '<=', 3)])).toBe(13);
  expect(bestVertex([-1, -1], [row([1, 2], '==', 7)])).toBe(-3.5);
  expect(bestVertex([1, 1], [row([1, 1], '<=', 2), row([1, 0], '>=', 3)])).toBe('infeasible');
  expect(bestVertex([1, -1], [row([1, -2], '<=', 4)])).toBe('unbounded');
  expect(bestVertex([-1, 0], [row([1, 0], '>=', 2)])).toBe(-2);
});
