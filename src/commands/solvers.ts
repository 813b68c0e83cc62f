import { Command } from 'commander';
import { renderTable } from '../text-table.ts';
import { type SolverRow, solverRows } from '../verify/solver-rows.ts';

export function solversCommand(): Command {
  return new Command('solvers')
    .description('What is there: version, licence and size limit, hooked APIs, start-up time.')
    .option('--json', 'one JSON array')
    .action(async ({ json }: { json?: boolean }) => {
      const rows = await solverRows();
      console.log(json ? JSON.stringify(rows, null, 2) : renderSolvers(rows));
    });
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
