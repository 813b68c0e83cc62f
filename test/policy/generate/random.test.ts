import { expect, test } from 'vitest';
import { sampleKey, threefry, uniformAt } from '../../../src/policy/generate/random.ts';

const identity = { seed: 7, step: 3, problem: 'p-1', solver: 'gurobi', sample: 0 };

/** χ² of counts against equal shares. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function counted(draws: readonly number[], bins: number): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const draw of draws) counts[Math.floor(draw * bins)]! += 1;
  return counts;
}

test('Threefry gives the known answers of Random123', () => {
  expect(threefry([0, 0], [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
  expect(threefry([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toEqual([0x1cb996fc, 0xbb002be7]);
  expect(threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual([0xc4923a9c, 0x483df7a0]);
});

test('a number depends on every part of its identity, and on its position', () => {
  const base = uniformAt(sampleKey(identity), 5);
  expect(uniformAt(sampleKey({ ...identity }), 5)).toBe(base);
  const others = [
    uniformAt(sampleKey(identity), 6),
    ...[{ seed: 8 }, { step: 4 }, { problem: 'p-2' }, { solver: 'copt' }, { sample: 1 }].map((change) =>
      uniformAt(sampleKey({ ...identity, ...change }), 5),
    ),
  ];
  expect(new Set([base, ...others]).size).toBe(7);
});

test('numbers are uniform along the positions of a sample, and along the samples of a position', () => {
  const key = sampleKey(identity);
  const along = Array.from({ length: 64_000 }, (_, position) => uniformAt(key, position));
  const across = Array.from({ length: 64_000 }, (_, sample) => uniformAt(sampleKey({ ...identity, sample }), 0));
  // 63 degrees of freedom: χ² exceeds 103.4 once in a thousand seeds.
  expect(chiSquare(counted(along, 64))).toBeLessThan(103.4);
  expect(chiSquare(counted(across, 64))).toBeLessThan(103.4);
});

test('neighbours are independent: positions of one sample, samples of one position, steps, seeds', () => {
  const pairs = (draw: (index: number) => readonly [number, number]): readonly number[] =>
    Array.from({ length: 32_000 }, (_, index) => {
      const [left, right] = draw(index);
      return (Math.floor(left * 8) * 8 + Math.floor(right * 8)) / 64;
    });
  const key = sampleKey(identity);
  const at = (change: object) => uniformAt(sampleKey({ ...identity, ...change }), 0);
  const cases = [
    pairs((index) => [uniformAt(key, 2 * index), uniformAt(key, 2 * index + 1)]),
    pairs((index) => [at({ sample: 2 * index }), at({ sample: 2 * index + 1 })]),
    pairs((index) => [at({ step: 2 * index }), at({ step: 2 * index + 1 })]),
    pairs((index) => [at({ seed: 2 * index }), at({ seed: 2 * index + 1 })]),
  ];
  for (const draws of cases) expect(chiSquare(counted(draws, 64))).toBeLessThan(103.4);
});

test('numbers are exact in float32 and never reach 1', () => {
  const key = sampleKey(identity);
  for (let position = 0; position < 10_000; position++) {
    const draw = uniformAt(key, position);
    expect(Math.fround(draw)).toBe(draw);
    expect(draw).toBeLessThan(1);
  }
});
