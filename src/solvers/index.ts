import { EvomError, expected } from '../errors.ts';
import { SOLVER_NAMES, type SolverName, type SolveStatus } from '../types.ts';
import { copt } from './copt.ts';
import { gurobi } from './gurobi.ts';
import { highs } from './highs.ts';
import { ortools } from './ortools.ts';
import { scip } from './scip.ts';
import type { Solver } from './solver.ts';

/** Every target solver by name. */
export const solvers: Readonly<Record<SolverName, Solver>> = { gurobi, ortools, copt, highs, scip };

/** The name, checked. */
export function solverName(value: unknown): SolverName {
  const name = SOLVER_NAMES.find((known) => known === value);
  if (name === undefined) {
    throw new EvomError(
      'config',
      'unknown-solver',
      expected('solver', `one of ${SOLVER_NAMES.join(', ')}`, value, 'Choose one.'),
    );
  }
  return name;
}

/**
 * The solver's own status in the closed union. An unknown one becomes `error`; a limit reached with an incumbent is
 * `feasible`.
 */
export function solveStatus(solver: Solver, api: string, rawStatus: string, objective: number | null): SolveStatus {
  // Own entries only: the words are the program's, and `constructor` is no status.
  const table = Object.hasOwn(solver.apis, api) ? solver.apis[api] : undefined;
  const status = (table && Object.hasOwn(table, rawStatus) && table[rawStatus]) || 'error';
  return status === 'limit' && objective !== null ? 'feasible' : status;
}
