/** Runs, histograms and transfers by hand, as small functions of what a test is about. */

import type {
  GroupCounts,
  HistogramData,
  RunData,
  RunStep,
  ScoreData,
  TransferCell,
  TransferData,
} from '../../kernel/spec/mime.ts';

const GROUPS: GroupCounts = { total: 4, zeroVariance: 2, allPass: 1, allFail: 1, allMasked: 0 };

export function makeScore(accuracy: number, told: Partial<ScoreData> = {}): ScoreData {
  return {
    ...{ rule: 'evom', epsilon: 0.05, n: 100, problems: 100, hits: Math.round(100 * accuracy), masked: 0, accuracy },
    ...{ low: Math.max(0, accuracy - 0.1), high: Math.min(1, accuracy + 0.1) },
    ...told,
  };
}

export function makeStep(index: number, told: Partial<RunStep> = {}): RunStep {
  const accuracy = 0.5 + 0.4 * Math.sin(index / 20);
  return {
    index,
    scores: [makeScore(accuracy), makeScore(accuracy / 2, { epsilon: 0.0001 })],
    validation: null,
    reward: { mean: accuracy, parts: { format: 1, answer: accuracy } },
    verdicts: { 'missing-api': 4, correct: 8, 'wrong-objective': 4 },
    ...{ rollouts: 16, masked: 0, groups: GROUPS, trainedGroups: 2 },
    ...{ loss: Math.cos(index / 9), kl: index / 1000, clipFraction: 0.01, entropy: 1 - index / 500, gradientNorm: 0.5 },
    ...{ learningRate: 1e-4, completionTokens: 120 + index, thinkingLength: 80, codeLength: 300 },
    ...{ tokensPerSecond: 900, programsPerSecond: 12, seconds: { generate: 2, verify: 1, update: 3 }, statistics: {} },
    ...told,
  };
}

export function makeRun(steps: number, told: Partial<RunData> = {}): RunData {
  return {
    ...{ run: 'a', folder: '/runs/a', solvers: ['highs'], stored: 0, stepProgress: null, writing: null, cause: null },
    progress: { state: 'running', done: steps, total: 200, secondsLeft: 60, error: null },
    steps: Array.from({ length: steps }, (_, index) => makeStep(index)),
    histogram: makeHistogram(Math.min(steps, 20)),
    ...told,
  };
}

/** Two solvers, two parts, four bins. */
export function makeHistogram(steps: number, told: Partial<HistogramData> = {}): HistogramData {
  const solver = { means: [0.5, 1], rollouts: 10, masked: 2, infra: 1, truncated: 1, groups: GROUPS };
  return {
    reward: 'evom',
    lint: null,
    parts: [
      { name: 'total', edges: [0, 0.5, 1, 1.5, 2] },
      { name: 'format', edges: [0, 0.5, 1, 1.5, 2] },
    ],
    steps: Array.from({ length: steps }, (_, step) => ({
      step,
      solvers: [
        {
          ...solver,
          solver: 'highs',
          counts: [
            [4, 2, 2, 0],
            [0, 0, 8, 0],
          ],
        },
        {
          ...solver,
          solver: 'scip',
          counts: [
            [2, 6, 0, 0],
            [8, 0, 0, 0],
          ],
        },
      ],
    })),
    ...told,
  };
}

export function makeCell(
  solver: TransferCell['solver'],
  score: ScoreData,
  told: Partial<TransferCell> = {},
): TransferCell {
  return {
    ...{ solver, scores: [score, { ...score, epsilon: 0.0001 }], passAtK: [] },
    verdicts: { correct: 3, 'missing-api': 5 },
    missingNames: [{ name: 'highspy.solve_everything', count: 5 }],
    ...told,
  };
}

/** A base at 40 %, and a policy taught on HiGHS that is at 90 % there. */
export function makeTransfer(told: Partial<TransferData> = {}): TransferData {
  return {
    ...{ problems: 'held-out:1:100', labelSet: '1', solvers: ['highs', 'scip'] },
    progress: { state: 'done', done: 400, total: 400, secondsLeft: 0, error: null },
    rows: [
      { policy: 'base', trainedOn: [], cells: [makeCell('highs', makeScore(0.4)), makeCell('scip', makeScore(0.4))] },
      {
        policy: 'a',
        trainedOn: ['highs'],
        cells: [makeCell('highs', makeScore(0.9)), makeCell('scip', makeScore(0.45))],
      },
    ],
    ...told,
  };
}
