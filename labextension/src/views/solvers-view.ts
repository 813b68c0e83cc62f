/** The solvers that are there: versions, licences with their size limits, and why one cannot run. */

import type { SolverData, SolversData } from '../../../kernel/spec/mime.ts';
import { type Child, element, scrolling } from '../dom.ts';
import { markNode } from '../parts/marked-word.ts';
import { progressLine } from '../parts/progress-line.ts';
import { hiddenCaption, shortTable } from '../parts/short-table.ts';
import { tableButtons } from '../parts/table-buttons.ts';
import { limitWords } from '../text/limits.ts';
import type { CellValue } from '../text/separated-values.ts';
import { oneLine, visibleText } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';

const HEADER: readonly string[] = ['solver', 'state', 'version', 'licence', 'size limit', 'start-up', 'Python APIs'];

export function createSolversView(node: HTMLElement): View<SolversData> {
  let shown: SolversData | null = null;
  const progress = element('div');
  const held = element('div.Scroll', scrolling('Solvers'));
  const buttons = tableButtons('solvers', () => ({ header: HEADER, rows: (shown?.rows ?? []).map(valuesOf) }));
  node.role = 'figure';
  node.append(progress, held, element('div.Bar.Screen', ...buttons));
  return {
    render(data) {
      shown = data;
      const ready = data.rows.filter(({ installed }) => installed).length;
      node.ariaLabel = `Solvers: ${ready} of ${data.rows.length} are ready`;
      progress.replaceChildren(progressLine(data.progress, 'solvers'));
      const columns = HEADER.map((title) => ({ title, isWide: true }));
      held.replaceChildren(shortTable(hiddenCaption('Solvers'), columns, data.rows.map(rowOf)));
    },
  };
}

function rowOf(solver: SolverData): readonly Child[] {
  const [title = null, , ...values] = valuesOf(solver);
  const texts = values.map((value) => oneLine(String(value ?? '–'), 160));
  return [oneLine(String(title), 24), stateOf(solver), ...texts];
}

function stateOf({ installed, reason }: SolverData): HTMLElement {
  const isReady = installed && reason === null;
  const mark = isReady ? markNode('ready', '●', '--evom-good') : markNode('missing', '○', '--evom-warn');
  return element('span', mark, reason !== null && ` ${visibleText(reason.slice(0, 600))}`);
}

/** In the order of the header. */
function valuesOf({ title, version, licence, limits, apis, startMs, ...solver }: SolverData): readonly CellValue[] {
  const state = solver.installed && solver.reason === null ? 'ready' : (solver.reason ?? 'missing');
  return [
    title,
    state,
    version,
    licence,
    limitWords(limits) || 'none',
    startMs === null ? null : `${startMs} ms`,
    apis.join(', '),
  ];
}
