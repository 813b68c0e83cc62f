/** What became of one completion of one arm: the row that every table is recomputed from. */

import { createEvomRule } from '../../reward/evom.ts';
import { isUnsettled } from '../../reward/reward.ts';
import type { Rule } from '../../reward/rule.ts';
import type { Rollout, SolverName, Verdict } from '../../types.ts';

export interface ScoreRow {
  readonly arm: string;
  readonly seed: number;
  readonly solver: SolverName;
  /** `held-out`, `unseen-families`, or the name of the user's set. */
  readonly split: string;
  readonly problemId: string;
  /** The problem's source without `synthetic/`. */
  readonly family: string;
  readonly mode: Mode;
  /** 0 for the first sample of a problem. */
  readonly sample: number;
  /** At ε 0.05, and at 1e-4. */
  readonly verdict: Verdict;
  readonly strictVerdict: Verdict;
  /** Nobody's fault, and in no score. */
  readonly masked: boolean;
  /** Type of the exception that ended the program, such as `AttributeError`. */
  readonly error: string | null;
  /** The name that the solver's API lacks, where that was it. */
  readonly missingName: string | null;
  readonly tokens: number;
}

/** Greedy: the likeliest tokens. Sampled: temperature 1. */
export type Mode = 'greedy' | 'sampled';

/** The two ε that every score is given at: the paper's main one and its strict one. */
export const RULE: Rule = createEvomRule({ epsilon: 0.05 });
export const STRICT_RULE: Rule = createEvomRule({ epsilon: 1e-4 });

export function scoreRow(
  { problem, completion, observation }: Rollout,
  place: Pick<ScoreRow, 'arm' | 'seed' | 'split' | 'mode' | 'sample'>,
): ScoreRow {
  const { solver, outcome, error, detail } = observation;
  return {
    ...place,
    solver,
    problemId: problem.id,
    family: problem.source.replace(/^synthetic\//, ''),
    verdict: RULE.judge(observation, problem.answer),
    strictVerdict: STRICT_RULE.judge(observation, problem.answer),
    masked: isUnsettled(observation),
    error: error?.type ?? null,
    missingName: outcome === 'missing-api' ? detail : null,
    tokens: completion.tokenIds.length,
  };
}
