/** Every default that a result depends on, in one place. House rules: as few knobs as the paper has. */

import type { SamplingOptions, UpdateOptions } from './types.ts';

/** Limits on one program. */
export interface Limits {
  /** Processor seconds, in ms. Decides the outcome, so that a busy machine does not change a reward. */
  readonly cpuMs: number;
  /** Wall-clock backstop. */
  readonly wallMs: number;
  /** Address space. */
  readonly memoryBytes: number;
  /** Output kept; a program that writes far more is stopped. */
  readonly logBytes: number;
  /** Solver threads where the program does not ask for a number itself; 0 leaves it to the solver. */
  readonly threads: number;
}

/** The paper's 10 s and 2 GiB, and 64 KiB of log. */
export const DEFAULT_LIMITS: Limits = {
  cpuMs: 10_000,
  wallMs: 20_000,
  memoryBytes: 2 * 1024 ** 3,
  logBytes: 64 * 1024,
  threads: 1,
};

/** Accuracy is reported at both: the paper's main and strict ε. */
export const EPSILONS = [0.05, 1e-4] as const;

/** Claim and certificate agree within this relative gap: the solvers' default. */
export const AGREEMENT_GAP = 1e-4;

/** Judging: |u − a| / max(|a|, δ) ≤ ε (paper, reward). */
export const DEFAULT_EPSILON = 0.05;
export const DEFAULT_DELTA = 0.01;

/** R = w_fmt·τ_fmt + w_ans·τ_ans. The paper's sum shows no weights; `1,1` gives it literally. */
export const DEFAULT_REWARD_WEIGHTS = { format: 0.2, answer: 1 } as const;

/** Sampling as in the paper's field (TRL's GRPO): temperature 1, nothing cut off. */
export const DEFAULT_SAMPLING: SamplingOptions = {
  samples: 1,
  temperature: 1,
  topP: 1,
  topK: 0,
  maxTokens: 512,
  stop: [],
  seed: 0,
  step: 0,
};

/** GRPO's optimiser settings where nothing else is said. */
export const DEFAULT_UPDATE: UpdateOptions = {
  objective: 'grpo',
  learningRate: 1e-4,
  clipLow: 0.2,
  clipHigh: 0.2,
  klWeight: 0,
  weightDecay: 0,
  maxGradientNorm: 1,
  temperature: DEFAULT_SAMPLING.temperature,
  maxTokens: DEFAULT_SAMPLING.maxTokens,
};
