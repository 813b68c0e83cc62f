/** When a solve matches a label (paper, reward). Pure: no outcome, no certificate, no output text. */

import { AGREEMENT_GAP, DEFAULT_DELTA, DEFAULT_EPSILON } from '../config.ts';
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

const HAS_NO_SOLUTION: ReadonlySet<SolveStatus> = new Set(['infeasible', 'unbounded', 'infeasible-or-unbounded']);

function statusMatches(status: SolveStatus, answer: Exclude<Answer, number>): boolean {
  return answer === 'no-solution' ? HAS_NO_SOLUTION.has(status) : status === answer;
}

/** Near zero a relative gap says nothing; solvers' own tolerances are of this size. */
const ABSOLUTE_GAP = 1e-6;

/**
 * Whether a claim agrees with its certificate: the same status, and objectives within 1e-4 relative (the solvers'
 * default gap). A solver that stopped at "infeasible or unbounded" agrees with a certificate that settled which.
 *
 * The same test as the certificate's own (`verify/certificate.ts`), made again because a stored row may come from
 * anywhere: the two stay equal.
 */
export function agrees(claimed: Solve, certified: Solve): boolean {
  if (claimed.status !== certified.status) {
    return claimed.status === 'infeasible-or-unbounded' && HAS_NO_SOLUTION.has(certified.status);
  }
  if (certified.status !== 'optimal') return true;
  if (claimed.objective === null || certified.objective === null) return false;
  const gap = Math.abs(claimed.objective - certified.objective);
  return gap <= AGREEMENT_GAP * Math.abs(certified.objective) + ABSOLUTE_GAP;
}
