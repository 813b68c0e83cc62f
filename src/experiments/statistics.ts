/**
 * What may be said of two arms that were judged on the same problems. Pure; random numbers follow from the seed.
 *
 * The bootstrap resamples seeds and problems together, crossed: a difference that rests on one lucky seed, or on a few
 * problems, gets the wide interval that it deserves (Efron & Tibshirani 1993, ch. 6; crossed: Owen 2007, "The pigeonhole
 * bootstrap", which errs on the wide side).
 *
 * Not covered: with three seeds an interval over seeds is rough, so every seed's own difference is given beside it.
 */

import type { Interval } from '../evaluate.ts';
import { keyOf } from '../random.ts';

/** An arm's scores in [0, 1], [seeds][problems]: a hit or not, or a share of hits. Null: nothing to judge there. */
export type Scores = readonly (readonly (number | null)[])[];

/** right − left, where both have a score. */
export interface Difference {
  readonly estimate: number;
  /** 95 %, percentiles of the bootstrap. */
  readonly interval: Interval;
  /** [seeds] */
  readonly bySeed: readonly number[];
}

export interface BootstrapOptions {
  /** Default 10 000. */
  readonly resamples?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** The mean difference of two arms that share seeds and problems, by index. Throws a RangeError where they do not. */
export function pairedDifference(left: Scores, right: Scores, options: BootstrapOptions = {}): Difference {
  const isSame = left.length === right.length && left.every((row, seed) => row.length === right[seed]?.length);
  if (!isSame) throw new RangeError('Expected two arms with the same seeds and problems, got others.');
  const differences = left.map((row, seed) =>
    row.map((score, problem) => {
      const other = right[seed]?.[problem] ?? null;
      return score === null || other === null ? null : other - score;
    }),
  );
  return meanOf(differences, options);
}

/** The mean score of an arm, with its interval over seeds and problems. */
export function meanOf(scores: Scores, { resamples = 10_000, seed = 0 }: BootstrapOptions = {}): Difference {
  const everySeed = scores.map((_, index) => index);
  const problems = scores[0]?.length ?? 0;
  const everyProblem = Array.from({ length: problems }, (_, index) => index);
  const next = randomOf(seed);
  const draw = (size: number): number[] => Array.from({ length: size }, () => Math.floor(next() * size));
  const means = Float64Array.from({ length: resamples }, () =>
    meanAt(scores, draw(scores.length), draw(problems)),
  ).filter((value) => !Number.isNaN(value));
  means.sort();
  return {
    estimate: meanAt(scores, everySeed, everyProblem),
    interval: { low: quantile(means, 0.025), high: quantile(means, 0.975) },
    bySeed: everySeed.map((index) => meanAt(scores, [index], everyProblem)),
  };
}

function meanAt(scores: Scores, seeds: readonly number[], problems: readonly number[]): number {
  let [sum, count] = [0, 0];
  for (const seed of seeds) {
    const row = scores[seed] ?? [];
    for (const problem of problems) {
      const score = row[problem] ?? null;
      if (score === null) continue;
      sum += score;
      count++;
    }
  }
  return sum / count;
}

/** Linear between the order statistics, as NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const [below = Number.NaN, above = Number.NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** Two arms on the same problems, one seed. */
export interface PairedTest {
  /** Problems that only the left arm solves, and only the right one. */
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** Two-sided. */
  readonly pValue: number;
}

/** McNemar's exact test: whether two arms solve equally many problems. Null: nothing to judge there. */
export function mcNemarTest(left: readonly (boolean | null)[], right: readonly (boolean | null)[]): PairedTest {
  const pairs = left.map((value, index) => [value, right[index] ?? null] as const);
  const onlyLeft = pairs.filter(([one, other]) => one === true && other === false).length;
  const onlyRight = pairs.filter(([one, other]) => one === false && other === true).length;
  const n = onlyLeft + onlyRight;
  let [term, tail] = [-n * Math.LN2, 0];
  for (let count = 0; count <= Math.min(onlyLeft, onlyRight); count++) {
    tail += Math.exp(term);
    term += Math.log((n - count) / (count + 1));
  }
  return { onlyLeft, onlyRight, pValue: Math.min(1, 2 * tail) };
}

/** Holm's correction for several tests: p-values that may be compared with one level. In the order given. */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((value, index) => ({ value, index })).sort((left, right) => left.value - right.value);
  const adjusted = new Array<number>(pValues.length).fill(0);
  let largest = 0;
  for (const [rank, { value, index }] of order.entries()) {
    largest = Math.min(1, Math.max(largest, value * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/** What an interval says of the claim that a difference is at least `bound`, fixed before the run. */
export type Finding = 'confirmed' | 'refuted' | 'undecided';

/** Confirmed where the whole interval lies at or above the bound, refuted where all of it lies below. */
export function findingOf({ low, high }: Interval, bound: number): Finding {
  if (low >= bound) return 'confirmed';
  return high < bound ? 'refuted' : 'undecided';
}

/** A point of a learning curve. */
export interface CurvePoint {
  readonly step: number;
  readonly accuracy: number;
}

/** The first step at which a curve, given in order, reaches the accuracy; null where it never does. */
export function stepsToReach(curve: readonly CurvePoint[], accuracy: number): number | null {
  return curve.find((point) => point.accuracy >= accuracy)?.step ?? null;
}

/** Mulberry32: uniform in [0, 1), a new one at each call. */
function randomOf(seed: number): () => number {
  let state = keyOf(seed)[1];
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
