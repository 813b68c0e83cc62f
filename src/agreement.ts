import { AGREEMENT_GAP } from './config.ts';
import type { Solve, SolveStatus } from './types.ts';

/** Near zero a relative gap says nothing; solvers' own tolerances are of this size. */
const ABSOLUTE_GAP = 1e-6;

/** The statuses that say: there is no best solution. */
export const WITHOUT_SOLUTION: ReadonlySet<SolveStatus> = new Set([
  'infeasible',
  'unbounded',
  'infeasible-or-unbounded',
]);

/**
 * Whether a claim agrees with its certificate: the same status, and objectives within {@link AGREEMENT_GAP} relative.
 * A solver that stopped at *infeasible or unbounded* agrees with a certificate that settled which.
 */
export function agrees(claimed: Solve, certified: Solve): boolean {
  if (claimed.status === 'infeasible-or-unbounded') return WITHOUT_SOLUTION.has(certified.status);
  if (claimed.status !== certified.status) return false;
  if (certified.status !== 'optimal') return true;
  if (claimed.objective === null || certified.objective === null) return false;
  const gap = Math.abs(claimed.objective - certified.objective);
  return gap <= AGREEMENT_GAP * Math.abs(certified.objective) + ABSOLUTE_GAP;
}
