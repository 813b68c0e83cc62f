/** The solvers that are there, as `application/vnd.evom.solvers.v1+json`. */

import { solvers } from '../../src/solvers/index.ts';
import { renderTable } from '../../src/text-table.ts';
import type { SolverRow } from '../../src/verify/solver-rows.ts';
import type { ProgressData, SolversData } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { htmlTable, raw } from './text/html.ts';
import { oneLine } from './text/plain.ts';
import { paragraphs, progressHtml, progressLine } from './text/progress.ts';

export function solversView(rows: readonly SolverRow[], progress: ProgressData): Bundle {
  const data: SolversData = { progress, rows: rows.map((row) => ({ ...row, title: solvers[row.solver].title })) };
  const cells = data.rows.map(({ title, version, licence, limits, startMs, reason }) => [
    title,
    version ?? '–',
    licence,
    Object.entries(limits)
      .map(([what, limit]) => `${limit} ${what}`)
      .join(', ') || 'none',
    startMs === null ? '–' : `${startMs} ms`,
    reason === null ? '● ready' : `○ missing: ${oneLine(reason, 160)}`,
  ]);
  const header = ['solver', 'version', 'licence', 'size limit', 'start-up', 'state'];
  return bundle(
    { 'application/vnd.evom.solvers.v1+json': data },
    {
      html: raw`${progressHtml(progress, 'solvers')}${htmlTable(header, cells)}`.html,
      plain: paragraphs(progressLine(progress, 'solvers'), renderTable([header, ...cells])),
    },
  );
}
