/** A figure's table as an element, in a box of its own that scrolls where the window is narrow. */

import { element, scrolling } from '../dom.ts';
import { shortTable } from '../parts/short-table.ts';
import { rounded } from '../text/numbers.ts';
import type { CellValue } from '../text/separated-values.ts';
import { oneLine } from '../text/visible-text.ts';
import type { FigureTable } from './figure-table.ts';

/** Rows that are drawn, the last ones; the CSV file has all. */
const ROWS = 300;

export function tableNode({ caption, header, rows }: FigureTable): HTMLElement {
  const shown = rows.slice(-ROWS);
  const told = shown.length < rows.length ? `${caption}, the last ${ROWS} of ${rows.length} rows` : caption;
  const columns = header.map((name, index) => ({
    title: oneLine(name, 80),
    isNumeric: index > 0 && !shown.some((cells) => typeof cells[index] === 'string'),
  }));
  return element(
    'div.Figure-table',
    scrolling(told),
    shortTable(
      element('caption', told),
      columns,
      shown.map((cells) => cells.map(cellText)),
    ),
  );
}

function cellText(value: CellValue): string {
  return typeof value === 'string' ? oneLine(value, 200) : rounded(value);
}
