/** A figure's table as an element, in a box of its own that scrolls where the window is narrow. */

import { element } from '../dom.ts';
import { rounded } from '../text/numbers.ts';
import type { CellValue } from '../text/separated-values.ts';
import { oneLine } from '../text/visible-text.ts';
import type { FigureTable } from './figure-table.ts';

/** Rows that are drawn, the last ones; the CSV file has all. */
const ROWS = 300;

export function tableNode({ caption, header, rows }: FigureTable): HTMLElement {
  const shown = rows.slice(-ROWS);
  const told = shown.length < rows.length ? `${caption}, the last ${ROWS} of ${rows.length} rows` : caption;
  const head = element('tr', {}, ...header.map((name) => element('th', { scope: 'col' }, oneLine(name, 80))));
  const body = shown.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((value, index) =>
        index === 0
          ? element('th', { scope: 'row' }, cellText(value))
          : element('td', { class: classOf(value) }, cellText(value)),
      ),
    ),
  );
  return element(
    'div',
    { class: 'evom-Figure-table', role: 'group', tabindex: 0, 'aria-label': told },
    element(
      'table',
      { class: 'evom-Table' },
      element('caption', {}, told),
      element('thead', {}, head),
      element('tbody', {}, ...body),
    ),
  );
}

function cellText(value: CellValue): string {
  return typeof value === 'string' ? oneLine(value, 200) : rounded(value);
}

function classOf(value: CellValue): string | undefined {
  return typeof value === 'string' ? undefined : 'evom-Number';
}
