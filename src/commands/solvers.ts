import { Command } from 'commander';
import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import { SOLVER_NAMES, type SolverName } from '../types.ts';
import type { SolverState } from '../verify/pool.ts';
import { findUserLicence } from '../verify/user-licence.ts';
import { Verifier } from '../verify/verifier.ts';
import { renderTable } from './table.ts';

/** One solver as `evom solvers --json` tells it. */
interface SolverRow {
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

export function solversCommand(): Command {
  return new Command('solvers')
    .description('What is there: version, licence and size limit, hooked APIs, start-up time.')
    .option('--json', 'one JSON array')
    .action(async ({ json }: { json?: boolean }) => {
      const rows = await solverRows();
      console.log(json ? JSON.stringify(rows, null, 2) : renderSolvers(rows));
    });
}

/** Starts each solver's fork server in turn; no program is run. A missing or broken one is a row with its reason. */
export async function solverRows(): Promise<SolverRow[]> {
  await using verifier = new Verifier({ isolation: 'none', jobs: 1 });
  const rows: SolverRow[] = [];
  for (const name of SOLVER_NAMES) {
    const { apis, licence } = solvers[name];
    const state = await stateOf(verifier, name);
    rows.push({
      solver: name,
      installed: state.isReady,
      version: state.isReady ? state.version : null,
      licence: findUserLicence(solvers[name]).kind === 'node-locked' ? 'your own' : licence.kind,
      limits: licence.limits,
      apis: Object.keys(apis),
      startMs: state.isReady ? Math.round(state.startMs) : null,
      reason: state.isReady ? null : state.reason,
    });
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

function renderSolvers(rows: readonly SolverRow[]): string {
  const cells = rows.map((row) => [
    row.solver,
    row.version ?? 'missing',
    row.startMs === null ? '-' : `${row.startMs} ms`,
    row.licence,
    row.apis.join(', '),
    Object.entries(row.limits)
      .map(([what, limit]) => `${limit} ${what}`)
      .join(', ') || 'none',
  ]);
  const missing = Map.groupBy(
    rows.filter(({ reason }) => reason !== null),
    ({ reason }) => reason,
  );
  const reasons = [...missing].map(([reason, group]) => `${group.map(({ solver }) => solver).join(', ')}: ${reason}`);
  return [renderTable([['solver', 'version', 'start', 'licence', 'APIs', 'limits'], ...cells]), ...reasons].join('\n');
}
