/**
 * The claims: data with their text, written down before the first arm runs, and the rules that settle them. Pure.
 *
 * Settled on the held-out set, greedy, at ε 0.05; other ways to count are shown beside it and settle nothing.
 * Differences are paired, right − left, with bootstrap intervals over seeds and problems (`statistics.ts`).
 */

import type { Interval } from '../evaluate.ts';
import type { SolverName } from '../types.ts';
import type { TrainingRecord } from './arms/training-record.ts';
import type { Mode } from './judging/score-row.ts';
import type { RowIndex, Selection } from './judging/scores.ts';
import { HELD_OUT } from './problem-sets.ts';
import { type Finding, findingOf, pairedDifference, stepsToReach } from './statistics.ts';

interface ClaimText {
  readonly name: string;
  readonly text: string;
}

/** right − left is at least `bound`; where that is 0, above it. */
interface DifferenceClaim extends ClaimText {
  readonly kind: 'difference';
  readonly left: string;
  readonly right: string;
  readonly solver: SolverName;
  /** A share: 0.03 is three points. */
  readonly bound: number;
}

/**
 * right is above, on `target`, the best setting whose name begins with `left` among those that are at most `margin` below
 * it on `source`: what SFT that learnt as much has kept. Undecided where there is no such setting.
 */
interface EqualSourceClaim extends ClaimText {
  readonly kind: 'equal-source';
  readonly left: string;
  readonly right: string;
  readonly source: SolverName;
  readonly target: SolverName;
  readonly margin: number;
}

/** right reaches left's best validation accuracy in at most `share` of the steps that left takes. */
interface StepsClaim extends ClaimText {
  readonly kind: 'steps';
  readonly left: string;
  readonly right: string;
  readonly share: number;
}

export type Claim = DifferenceClaim | EqualSourceClaim | StepsClaim;

/** How a claim ended. */
export interface Judgement {
  readonly claim: Claim;
  readonly finding: Finding;
  /** What was compared, in words. */
  readonly compared: string;
  /** A difference of shares, or for steps a ratio; null where there was nothing to compare. */
  readonly estimate: number | null;
  readonly interval: Interval | null;
  readonly bySeed: readonly number[];
  readonly n: number;
  readonly seeds: number;
}

export interface Evidence {
  readonly rows: RowIndex;
  readonly trainings: readonly TrainingRecord[];
  /** Of every arm, those of the sweep too. */
  readonly arms: readonly string[];
}

/** T1. */
export function matchesClaim(source: SolverName): Claim {
  return {
    kind: 'difference',
    name: 'T1',
    text: `On ${source}, RL on answers is at most 3 points below SFT on reference programs`,
    left: 'sft',
    right: 'rl',
    solver: source,
    bound: -0.03,
  };
}

/** T2, both halves. */
export function transferClaims(source: SolverName, target: SolverName): readonly Claim[] {
  const gains = `RL on ${source} gains on ${target}, for which it has not seen a program`;
  const keeps = `On ${target}, RL is above the best SFT that is at most 3 points below it on ${source}`;
  const right = 'rl';
  return [
    { kind: 'difference', name: 'T2a', text: gains, left: 'base', right, solver: target, bound: 0 },
    { kind: 'equal-source', name: 'T2b', text: keeps, left: 'sft', right, source, target, margin: 0.03 },
  ];
}

/** Settles a claim. `mode`: greedy is what counts. */
export function judgeClaim(claim: Claim, evidence: Evidence, mode: Mode = 'greedy'): Judgement {
  switch (claim.kind) {
    case 'difference':
      return judgeDifference(claim, claim, evidence, mode, claim.bound);
    case 'equal-source':
      return judgeEqualSource(claim, evidence, mode);
    case 'steps':
      return judgeSteps(claim, evidence);
  }
}

function judgeDifference(
  claim: Claim,
  { left, right, solver }: Pick<DifferenceClaim, 'left' | 'right' | 'solver'>,
  { rows }: Evidence,
  mode: Mode,
  bound: number,
): Judgement {
  const select = (arm: string): Selection => ({ arm, solver, split: HELD_OUT, mode });
  const compared = `${right} − ${left} on ${solver}, ${mode}`;
  const [one, other] = [rows.seedsOf(select(left)), rows.seedsOf(select(right))];
  if (one.length === 0 || other.length === 0) return undecided(claim, compared);
  // An arm with a single seed stands beside each of the other's.
  const seeds = one.length === 1 ? other : other.length === 1 ? one : one.filter((seed) => other.includes(seed));
  const scores = rows.scoresOf(select(right), seeds);
  const { estimate, interval, bySeed } = pairedDifference(rows.scoresOf(select(left), seeds), scores);
  // Above 0 is more than at least 0: two arms that are the same confirm nothing.
  const finding = findingOf(interval, bound === 0 ? Number.EPSILON : bound);
  return { claim, finding, compared, estimate, interval, bySeed, n: scores[0]?.length ?? 0, seeds: seeds.length };
}

function judgeEqualSource(claim: EqualSourceClaim, evidence: Evidence, mode: Mode): Judgement {
  const { left, right, source, target, margin } = claim;
  const accuracy = (arm: string, solver: SolverName): number =>
    evidence.rows.cellOf({ arm, solver, split: HELD_OUT, mode }).accuracy ?? Number.NaN;
  const wanted = accuracy(right, source) - margin;
  const settings = evidence.arms.filter((arm) => arm === left || arm.startsWith(`${left}-`));
  const [best] = settings
    .filter((arm) => accuracy(arm, source) >= wanted)
    .toSorted((one, other) => accuracy(other, target) - accuracy(one, target));
  if (best === undefined) return undecided(claim, `no ${left} setting reaches ${right} on ${source}, ${mode}`);
  return judgeDifference(claim, { left: best, right, solver: target }, evidence, mode, 0);
}

/** Seed by seed: with three of them an interval would say no more. Validation stops a run early, so its best is known. */
function judgeSteps(claim: StepsClaim, { trainings }: Evidence): Judgement {
  const { left, right, share } = claim;
  const compared = `steps of ${right} ÷ steps of ${left} to its best`;
  const bySeed = trainings
    .filter(({ arm }) => arm === left)
    .flatMap(({ seed, points }) => {
      const other = trainings.find((record) => record.arm === right && record.seed === seed);
      const best = Math.max(...points.map(({ accuracy }) => accuracy));
      const steps = stepsToReach(points, best);
      if (other === undefined || steps === null || steps === 0) return [];
      const reached = stepsToReach(other.points, best);
      return [reached === null ? Number.POSITIVE_INFINITY : reached / steps];
    });
  if (bySeed.length === 0) return undecided(claim, compared);
  const kept = bySeed.filter((ratio) => ratio <= share).length;
  const finding = kept === bySeed.length ? 'confirmed' : kept === 0 ? 'refuted' : 'undecided';
  const estimate = bySeed.reduce((sum, ratio) => sum + ratio, 0) / bySeed.length;
  const interval = { low: Math.min(...bySeed), high: Math.max(...bySeed) };
  const n = trainings.find(({ arm }) => arm === left)?.points[0]?.n ?? 0;
  return { claim, finding, compared, estimate, interval, bySeed, n, seeds: bySeed.length };
}

function undecided(claim: Claim, compared: string): Judgement {
  return { claim, finding: 'undecided', compared, estimate: null, interval: null, bySeed: [], n: 0, seeds: 0 };
}
