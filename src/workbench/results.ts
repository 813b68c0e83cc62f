/** What the primitives give back: plain data. */

import type { Evaluation, Score } from '../evaluate.ts';
import type { LintRow } from '../reward/lint.ts';
import type { Answer, Completion, Problem, Rollout, SolverName, Step } from '../types.ts';

/** The policy that was chosen. */
export interface PolicyChoice {
  readonly source: string;
  readonly name: string;
  readonly isTrainable: boolean;
}

/** A problem whose answer may be unknown. */
export interface GivenProblem extends Omit<Problem, 'answer'> {
  readonly answer: Answer | null;
}

/** A completion with what it was written for. */
export interface ProblemCompletion extends Completion {
  readonly problem: GivenProblem;
  readonly solver: SolverName;
  /** Which of the problem's completions, from 0. */
  readonly sample: number;
}

/** The last rollouts, judged and rewarded. */
export interface Rewards {
  /** Of the reward: `evom`, or a function's own. */
  readonly name: string;
  /** In the order of the completions. */
  readonly rollouts: readonly Rollout[];
  /** Over those that are not masked; null where all are. */
  readonly mean: number | null;
  /** Accuracy under the rule, with its interval. */
  readonly score: Score;
  /** What the reward lint says of a function of one's own; null for the project's reward. */
  readonly lint: readonly LintRow[] | null;
}

/** An update by hand: the rollouts with their advantages, and the statistics after the last optimiser step. */
export interface Update extends Step {
  /** What the policy said of each optimiser step. */
  readonly updates: readonly Readonly<Record<string, number>>[];
}

/** A run as it is after `train`. Its rollouts are in its folder: `rollouts({ run })`. */
export interface Training {
  readonly run: string;
  readonly folder: string;
  readonly solvers: readonly SolverName[];
  readonly steps: readonly Omit<Step, 'rollouts'>[];
  /** How many of them were in the folder already. */
  readonly stored: number;
}

/** A policy judged at both of the paper's ε, over all solvers and on each. */
export interface PolicyEvaluation extends Evaluation {
  readonly policy: string;
  /** The problem set's name. */
  readonly problems: string;
  readonly labelSet: string;
  readonly solvers: Readonly<Partial<Record<SolverName, Evaluation>>>;
  readonly rollouts: readonly Rollout[];
}

/** One policy on every solver. */
export interface TransferRow {
  /** `base`, a run's name, or `by hand` for weights that `update` changed since. */
  readonly policy: string;
  /** Empty for the base. */
  readonly trainedOn: readonly SolverName[];
  /** At both of the paper's ε. */
  readonly scores: Readonly<Partial<Record<SolverName, readonly Score[]>>>;
}

/** Trained on × judged on. */
export interface Transfer {
  readonly problems: string;
  readonly labelSet: string;
  readonly solvers: readonly SolverName[];
  readonly rows: readonly TransferRow[];
}

/** A rollout of a run's folder, and where it is there. */
export interface StoredRollout extends Rollout {
  readonly step: number;
  readonly position: number;
}
