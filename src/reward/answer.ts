/** When a solve matches a label (paper, reward). Pure: no outcome, no certificate, no output text. */

import { WITHOUT_SOLUTION } from '../agreement.ts';
import { DEFAULT_DELTA, DEFAULT_EPSILON } from '../config.ts';
import type { Answer, Solve, SolveStatus } from '../types.ts';

/** How close a value has to be. */
export interface Tolerance {
  /** ε. Default 0.05; the paper's strict one is 1e-4. */
  readonly epsilon?: number;
  /** δ, the floor of the denominator, so that a label of 0 can be met. Default 0.01. */
  readonly delta?: number;
}

/** |u − a| / max(|a|, δ). NaN where either is not finite, which no ε accepts. */
export function relativeError(value: number, answer: number, delta: number = DEFAULT_DELTA): number {
  if (!Number.isFinite(value) || !Number.isFinite(answer)) return Number.NaN;
  return Math.abs(value - answer) / Math.max(Math.abs(answer), delta);
}

/**
 * Judges a certified solve.
 *
 * - A number asks for `optimal` and a value within ε; every other status is `wrong-status`, an incumbent at a limit too.
 * - `infeasible` and `unbounded` ask for exactly that status. `infeasible-or-unbounded` proves neither, so it matches
 *   neither (the paper is silent; a hit needs what was certified, and re-solving without an objective settles it).
 * - `no-solution`, the benchmarks' `No Best Solution`, is matched by all three.
 */
export function judgeSolve(
  solve: Solve,
  answer: Answer,
  { epsilon = DEFAULT_EPSILON, delta = DEFAULT_DELTA }: Tolerance = {},
): 'correct' | 'wrong-objective' | 'wrong-status' {
  if (typeof answer !== 'number') return statusMatches(solve.status, answer) ? 'correct' : 'wrong-status';
  if (solve.status !== 'optimal') return 'wrong-status';
  if (solve.objective === null) return 'wrong-objective';
  return relativeError(solve.objective, answer, delta) <= epsilon ? 'correct' : 'wrong-objective';
}

function statusMatches(status: SolveStatus, answer: Exclude<Answer, number>): boolean {
  return answer === 'no-solution' ? WITHOUT_SOLUTION.has(status) : status === answer;
}
