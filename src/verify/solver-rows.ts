/** What is there: each solver, its licence, and how long it takes to start. */

import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import { SOLVER_NAMES, type SolverName } from '../types.ts';
import type { SolverState } from './pool.ts';
import { findUserLicence } from './user-licence.ts';
import { Verifier } from './verifier.ts';

/** One solver as `evom solvers --json` tells it. */
export interface SolverRow {
  readonly solver: SolverName;
  readonly installed: boolean;
  readonly version: string | null;
  readonly licence: string;
  readonly limits: Readonly<Record<string, number>>;
  readonly apis: readonly string[];
  readonly startMs: number | null;
  /** Why it cannot run programs. */
  readonly reason: string | null;
}

/** Starts each solver's fork server in turn; no program is run. A missing or broken one is a row with its reason. */
export async function solverRows(
  options: { readonly signal?: AbortSignal; readonly onRow?: (row: SolverRow) => void } = {},
): Promise<SolverRow[]> {
  await using verifier = new Verifier({ isolation: 'none', jobs: 1 });
  const rows: SolverRow[] = [];
  for (const name of SOLVER_NAMES) {
    options.signal?.throwIfAborted();
    const { apis, licence } = solvers[name];
    const state = await stateOf(verifier, name);
    const row: SolverRow = {
      solver: name,
      installed: state.isReady,
      version: state.isReady ? state.version : null,
      licence: findUserLicence(solvers[name]).kind === 'node-locked' ? 'your own' : licence.kind,
      limits: licence.limits,
      apis: Object.keys(apis),
      startMs: state.isReady ? Math.round(state.startMs) : null,
      reason: state.isReady ? null : state.reason,
    };
    rows.push(row);
    options.onRow?.(row);
  }
  return rows;
}

/** Without a Python environment every solver is missing, and the reason says what to run. */
async function stateOf(verifier: Verifier, solver: SolverName): Promise<SolverState> {
  try {
    return await verifier.solverState(solver);
  } catch (error) {
    if (error instanceof EvomError) return { isReady: false, reason: error.message };
    throw error;
  }
}
