/** The solvers that are there: versions, licences with their size limits, and why one cannot run. */

import type { SolverData, SolversData } from '../../../kernel/spec/mime.ts';
import { type Child, element } from '../dom.ts';
import { progressLine } from '../parts/progress-line.ts';
import { tableButtons } from '../parts/table-buttons.ts';
import { counted } from '../text/numbers.ts';
import type { CellValue } from '../text/separated-values.ts';
import { oneLine, visibleText } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';

const HEADER: readonly string[] = ['solver', 'state', 'version', 'licence', 'size limit', 'start-up', 'Python APIs'];

export function createSolversView(node: HTMLElement): View<SolversData> {
  let shown: SolversData | null = null;
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'evom-Table' },
    element('caption', { class: 'evom-Hidden' }, 'Solvers'),
    element('thead', {}, element('tr', {}, ...HEADER.map((title) => element('th', { scope: 'col' }, title)))),
    body,
  );
  const progress = element('div');
  const buttons = tableButtons('solvers', () => ({ header: HEADER, rows: (shown?.rows ?? []).map(valuesOf) }));
  node.setAttribute('role', 'figure');
  node.append(
    progress,
    element('div', { class: 'evom-Scroll', tabindex: 0, role: 'group', 'aria-label': 'Solvers' }, table),
    element('div', { class: 'evom-Bar evom-Screen' }, ...buttons),
  );
  return {
    render(data) {
      shown = data;
      const ready = data.rows.filter(({ installed }) => installed).length;
      node.setAttribute('aria-label', `Solvers: ${ready} of ${data.rows.length} are ready`);
      progress.replaceChildren(progressLine(data.progress, 'solvers'));
      body.replaceChildren(...data.rows.map(rowOf));
    },
  };
}

function rowOf(solver: SolverData): HTMLElement {
  const [title = null, , ...values] = valuesOf(solver);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, oneLine(String(title), 24)),
    element('td', { class: 'evom-Wide', dir: 'auto' }, ...stateOf(solver)),
    ...values.map((value) => element('td', { class: 'evom-Wide', dir: 'auto' }, oneLine(String(value ?? '–'), 160))),
  );
}

function stateOf({ installed, reason }: SolverData): readonly Child[] {
  const state = (name: string, shape: string, colour: string): HTMLElement =>
    element(
      'span',
      { class: 'evom-Mark', style: `--evom-mark: var(${colour})` },
      element('span', { 'aria-hidden': 'true', class: 'evom-Mark-shape' }, shape),
      name,
    );
  if (installed && reason === null) return [state('ready', '●', '--evom-good')];
  return [state('missing', '○', '--evom-warn'), reason === null ? null : ` ${visibleText(reason.slice(0, 600))}`];
}

/** In the order of the header. */
function valuesOf({ title, version, licence, limits, apis, startMs, ...solver }: SolverData): readonly CellValue[] {
  const sizes = Object.entries(limits).slice(0, 8);
  const limit = sizes.length === 0 ? 'none' : sizes.map(([what, most]) => `${counted(most)} ${what}`).join(', ');
  const state = solver.installed && solver.reason === null ? 'ready' : (solver.reason ?? 'missing');
  return [title, state, version, licence, limit, startMs === null ? null : `${startMs} ms`, apis.join(', ')];
}
