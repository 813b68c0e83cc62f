import { Command } from 'commander';
import { solvers } from '../solvers/index.ts';
import { SOLVER_NAMES, type SolverName } from '../types.ts';
import { findUserLicence } from '../verify/user-licence.ts';
import { Verifier } from '../verify/verifier.ts';
import { type RunFlags, verifierOptions } from './options.ts';
import { renderTable } from './summary.ts';

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
      const rows = await solverRows({ isolation: 'none' });
      console.log(json ? JSON.stringify(rows, null, 2) : table(rows));
    });
}

/** Starts each solver's fork server in turn. A missing or broken one is a row with its reason. */
export async function solverRows(flags: RunFlags): Promise<SolverRow[]> {
  await using verifier = new Verifier({ ...verifierOptions(flags), jobs: 1 });
  const rows: SolverRow[] = [];
  for (const name of SOLVER_NAMES) {
    const { apis, licence } = solvers[name];
    const state = await verifier.solverState(name);
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

function table(rows: readonly SolverRow[]): string {
  const cells = rows.map((row) => [
    row.solver,
    row.version ?? 'missing',
    row.startMs === null ? '' : `${row.startMs} ms`,
    row.licence,
    Object.entries(row.limits)
      .map(([what, limit]) => `${limit} ${what}`)
      .join(', ') || '-',
    row.apis.join(', '),
  ]);
  const reasons = rows.flatMap((row) => (row.reason === null ? [] : [`${row.solver}: ${row.reason}`]));
  return [renderTable([['solver', 'version', 'start', 'licence', 'limits', 'APIs'], ...cells]), ...reasons].join('\n');
}
