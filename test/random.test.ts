import { expect, test } from 'vitest';
import { fold, integer, keyOf, sample, uniform } from '../src/random.ts';

const labels = Array.from({ length: 20_000 }, (_, index) => String(index));

test('a draw depends on its key and label only', () => {
  expect(uniform(keyOf(1), 'price')).toBe(uniform(keyOf(1), 'price'));
  expect(uniform(keyOf(1), 'price')).not.toBe(uniform(keyOf(2), 'price'));
  expect(uniform(keyOf(1), 'price')).not.toBe(uniform(keyOf(1), 'cost'));
});

test('the numbers of today are the numbers of yesterday', () => {
  expect(keyOf(7)).toMatchInlineSnapshot(`
    [
      4222398890,
      3063309407,
    ]
  `);
  expect(labels.slice(0, 8).map((label) => integer(keyOf(7), label, 1, 100))).toMatchInlineSnapshot(`
    [
      18,
      58,
      38,
      53,
      81,
      8,
      22,
      36,
    ]
  `);
});

test('uniform fills [0, 1) evenly, over labels and over seeds', () => {
  for (const draws of [
    labels.map((label) => uniform(keyOf(3), label)),
    labels.map((label) => uniform(keyOf(Number(label)), 'x')),
  ]) {
    const counts = Array.from({ length: 20 }, (_, bin) => draws.filter((draw) => Math.floor(draw * 20) === bin).length);
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(50);
  }
});

test('draws under neighbouring labels, seeds and indices are uncorrelated', () => {
  const correlation = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, index) => sum + (value - 0.5) * ((right[index] as number) - 0.5) * 12, 0) / left.length;
  const first = labels.map((label) => uniform(fold(keyOf(1), label), 'family'));
  expect(
    Math.abs(
      correlation(
        first,
        labels.map((label) => uniform(fold(keyOf(1), label), 'difficulty')),
      ),
    ),
  ).toBeLessThan(0.03);
  expect(
    Math.abs(
      correlation(
        first,
        labels.map((label) => uniform(fold(keyOf(2), label), 'family')),
      ),
    ),
  ).toBeLessThan(0.03);
  expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(0.03);
});

test('keys do not collide', () => {
  expect(new Set(labels.map((label) => fold(keyOf(0), label).join())).size).toBe(labels.length);
});

test('a sample has no item twice and reaches every order', () => {
  const orders = new Set(
    labels.slice(0, 500).map((label) => sample(keyOf(5), label, ['a', 'b', 'c', 'd'], 3).join('')),
  );
  expect(orders.size).toBe(24);
  for (const order of orders) expect(new Set(order).size).toBe(3);
});
