/** Rewards counted in bins that all steps and solvers share, so that they can be compared. Pure. */

import type { Rollout, SolverName } from '../../../src/types.ts';
import { groupAdvantages } from '../../../src/update/advantage.ts';
import type { GroupCounts, HistogramData, HistogramPart, HistogramSolver } from '../../spec/mime.ts';
import { partOf } from './values.ts';

/** What a histogram needs of a rollout. */
export interface RewardSample {
  readonly solver: SolverName;
  readonly problem: string;
  readonly isCorrect: boolean;
  readonly outcome: string;
  readonly total: number;
  readonly parts: Readonly<Record<string, number>>;
  readonly masked: boolean;
}

export interface RewardStep {
  readonly step: number | null;
  readonly samples: readonly RewardSample[];
}

/** About so many bins from the least to the largest reward. */
const BINS = 20;
/** Rounding moves 0.6 below the edge at 0.6 no more than this share of a bin. */
const TOLERANCE = 1e-6;

export function rewardSample({ problem, observation, verdict, reward }: Rollout): RewardSample {
  return {
    ...{ solver: observation.solver, problem: problem.id, isCorrect: verdict === 'correct' },
    ...{ outcome: observation.outcome, total: reward.total, parts: reward.parts, masked: reward.masked },
  };
}

export function histogramData(reward: string | null, steps: readonly RewardStep[]): HistogramData {
  const kept = steps.flatMap(({ samples }) => samples.filter(({ masked }) => !masked));
  const names = [...new Set(kept.flatMap(({ parts }) => Object.keys(parts)))];
  const parts = ['total', ...names].map((name) => ({
    name,
    edges: edgesOf(kept.flatMap((one) => numbersOf(one, name))),
  }));
  return {
    reward,
    parts,
    lint: null,
    steps: steps.map(({ step, samples }) => ({
      step,
      solvers: [...Map.groupBy(samples, ({ solver }) => solver)].map(([solver, some]) => solverOf(solver, some, parts)),
    })),
  };
}

export function groupCounts(samples: readonly RewardSample[]): GroupCounts {
  const groups = [...Map.groupBy(samples, ({ solver, problem }) => JSON.stringify([solver, problem])).values()];
  const count = (isSuch: (kept: readonly RewardSample[], all: readonly RewardSample[]) => boolean): number =>
    groups.filter((all) =>
      isSuch(
        all.filter(({ masked }) => !masked),
        all,
      ),
    ).length;
  return {
    total: groups.length,
    zeroVariance: count((_, all) => groupAdvantages(all, false).isZeroVariance),
    allPass: count((kept) => kept.length > 0 && kept.every(({ isCorrect }) => isCorrect)),
    allFail: count((kept) => kept.length > 0 && kept.every(({ isCorrect }) => !isCorrect)),
    allMasked: count((kept) => kept.length === 0),
  };
}

function solverOf(
  solver: SolverName,
  samples: readonly RewardSample[],
  parts: readonly HistogramPart[],
): HistogramSolver {
  const kept = samples.filter(({ masked }) => !masked);
  const values = parts.map(({ name }) => kept.flatMap((one) => numbersOf(one, name)));
  const masked = (outcome: string): number => samples.filter((one) => one.masked && one.outcome === outcome).length;
  return {
    solver,
    counts: parts.map(({ edges }, index) => countIn(edges, values[index] ?? [])),
    means: values.map((own) => (own.length === 0 ? null : own.reduce((sum, value) => sum + value, 0) / own.length)),
    rollouts: samples.length,
    masked: samples.length - kept.length,
    ...{ infra: masked('infra'), truncated: masked('truncated'), groups: groupCounts(samples) },
  };
}

/** None where the reward lacks the part, or where it is no number. */
function numbersOf({ total, parts }: RewardSample, name: string): readonly number[] {
  const value = name === 'total' ? total : partOf(parts, name);
  return value === null || !Number.isFinite(value) ? [] : [value];
}

/** Edges at round numbers, the largest value in a bin of its own. Shares have the whole range, also where all are 0. */
function edgesOf(values: readonly number[]): readonly number[] {
  const isShare = values.every((value) => value >= 0 && value <= 1);
  const low = isShare ? 0 : values.reduce((least, value) => Math.min(least, value));
  const high = isShare ? 1 : values.reduce((most, value) => Math.max(most, value));
  const width = roundWidth((high - low || 1) / BINS);
  const first = Math.floor(low / width + TOLERANCE);
  const last = Math.floor(high / width + TOLERANCE) + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * width).toPrecision(12)));
}

/** The next of 1, 2, 5, 10, … × a power of ten. */
function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((one) => one * power >= width * (1 - TOLERANCE)) ?? 10;
  return factor * power;
}

function countIn(edges: readonly number[], values: readonly number[]): readonly number[] {
  const [low = 0, next = 1] = edges;
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const bin = Math.min(counts.length - 1, Math.max(0, Math.floor((value - low) / (next - low) + TOLERANCE)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
