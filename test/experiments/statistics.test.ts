import { describe, expect, it } from 'vitest';
import {
  findingOf,
  holm,
  mcNemarTest,
  meanOf,
  pairedDifference,
  type Scores,
  stepsToReach,
} from '../../src/experiments/statistics.ts';
import { keyOf, uniform } from '../../src/random.ts';

/** Hits with a chance of their own for each seed, [seeds][problems]. */
function draw(label: string, chances: readonly number[], problems: number): number[][] {
  return chances.map((chance, seed) =>
    Array.from({ length: problems }, (_, problem) => Number(uniform(keyOf(1), `${label} ${seed} ${problem}`) < chance)),
  );
}

describe('meanOf', () => {
  it('has the interval of the normal approximation where there is one seed and many problems', () => {
    const scores = draw('normal', [0.3], 2000);
    const { estimate, interval } = meanOf(scores, { resamples: 4000 });
    const half = 1.96 * Math.sqrt((estimate * (1 - estimate)) / 2000);
    expect(Math.abs((interval.high - interval.low) / (2 * half) - 1)).toBeLessThan(0.06);
  });

  it('holds the truth about as often as it says', () => {
    let held = 0;
    for (let study = 0; study < 200; study++) {
      const { low, high } = meanOf(draw(`study ${study}`, [0.4], 80), { resamples: 400, seed: study }).interval;
      if (low <= 0.4 && 0.4 <= high) held++;
    }
    expect(held / 200).toBeGreaterThan(0.89);
    expect(held / 200).toBeLessThan(0.99);
  });

  it('is wider where the seeds disagree', () => {
    const width = (chances: readonly number[]): number => {
      const { low, high } = meanOf(draw('seeds', chances, 400), { resamples: 1000 }).interval;
      return high - low;
    };
    expect(width([0.2, 0.5, 0.8])).toBeGreaterThan(2 * width([0.5, 0.5, 0.5]));
  });

  it('leaves out what could not be judged, and gives every seed by itself', () => {
    const { estimate, bySeed } = meanOf([
      [1, null, 0, 1],
      [null, null, 0, 0],
    ]);
    expect(estimate).toBeCloseTo(2 / 5, 12);
    expect(bySeed).toEqual([2 / 3, 0]);
  });

  it('follows from its seed', () => {
    const scores = draw('again', [0.4, 0.6], 50);
    expect(meanOf(scores, { resamples: 200, seed: 4 })).toEqual(meanOf(scores, { resamples: 200, seed: 4 }));
    expect(meanOf(scores, { resamples: 200, seed: 5 })).not.toEqual(meanOf(scores, { resamples: 200, seed: 4 }));
  });
});

describe('pairedDifference', () => {
  it('is right − left, narrower than unpaired where both arms solve the same problems', () => {
    const left = draw('pair', [0.5], 300);
    const right: Scores = left.map((row) => row.map((score, index) => (index % 10 === 0 ? 1 : score)));
    const { estimate, interval } = pairedDifference(left, right, { resamples: 2000 });
    const gained = right[0]!.reduce<number>((sum, score, index) => sum + score! - left[0]![index]!, 0) / 300;
    expect(estimate).toBeCloseTo(gained, 12);
    expect(interval.low).toBeGreaterThan(0);
    expect(interval.high - interval.low).toBeLessThan(0.06);
    const flipped = pairedDifference(right, left, { resamples: 2000 });
    expect(flipped.estimate).toBeCloseTo(-estimate, 12);
  });

  it('takes a problem only where both arms were judged', () => {
    expect(pairedDifference([[0, 0, null]], [[1, null, 1]]).estimate).toBe(1);
  });

  it('refuses arms with other seeds or problems', () => {
    expect(() => pairedDifference([[1]], [[1], [1]])).toThrow(RangeError);
    expect(() => pairedDifference([[1]], [[1, 0]])).toThrow(RangeError);
  });
});

describe('mcNemarTest', () => {
  // scipy.stats.binomtest(onlyLeft, onlyLeft + onlyRight, 0.5).pvalue, SciPy 1.17
  it.each([
    [0, 0, 1],
    [1, 9, 0.021484375],
    [9, 1, 0.021484375],
    [5, 5, 1],
    [30, 55, 0.008836205876094518],
    [3, 0, 0.25],
    [120, 180, 0.0006342200069283566],
  ])('of %i against %i is what SciPy says: %f', (onlyLeft, onlyRight, pValue) => {
    const left = [...new Array(onlyLeft).fill(true), ...new Array(onlyRight).fill(false), true, false, null];
    const right = [...new Array(onlyLeft).fill(false), ...new Array(onlyRight).fill(true), true, false, true];
    const test = mcNemarTest(left, right);
    expect(test).toMatchObject({ onlyLeft, onlyRight });
    expect(test.pValue).toBeCloseTo(pValue, 10);
  });
});

describe('holm', () => {
  // statsmodels' and R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  it('is p.adjust of R', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [index, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[index]).toBeCloseTo(value, 12);
    expect(holm([0.6, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('findingOf', () => {
  it.each([
    [-0.02, 0.05, 'confirmed'],
    [-0.03, 0.05, 'confirmed'],
    [-0.04, 0.05, 'undecided'],
    [-0.09, -0.04, 'refuted'],
  ] as const)('[%f, %f] against −0.03 is %s', (low, high, finding) => {
    expect(findingOf({ low, high }, -0.03)).toBe(finding);
  });
});

it('stepsToReach is the first step at the accuracy, or nothing', () => {
  const curve = [0.2, 0.5, 0.4, 0.7].map((accuracy, index) => ({ step: 5 * index, accuracy }));
  expect(stepsToReach(curve, 0.5)).toBe(5);
  expect(stepsToReach(curve, 0.6)).toBe(15);
  expect(stepsToReach(curve, 0.8)).toBeNull();
});
