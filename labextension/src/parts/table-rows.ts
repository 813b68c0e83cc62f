/** The rows of a long table that are elements, and what stands for the others. */

import { element } from '../dom.ts';

/** Puts rows into their places. Rows that stay are not touched: scrolling by a row costs a row. */
export function placeRows(body: HTMLElement, rows: readonly HTMLElement[]): void {
  const kept = new Set<Element>(rows);
  for (const row of [...body.children]) if (!kept.has(row)) row.remove();
  rows.forEach((row, index) => {
    const there = body.children[index] ?? null;
    if (there !== row) body.insertBefore(row, there);
  });
}

/** Stands for the rows that are not drawn. */
export function spacer(): HTMLElement {
  return element('tbody.Spacer', { 'aria-hidden': 'true' }, element('tr', element('td')));
}

/** `height` in pixels. */
export function stretch(node: HTMLElement, height: number, columns: number): void {
  const cell = node.querySelector('td') as HTMLTableCellElement;
  cell.colSpan = Math.max(1, columns);
  cell.style.height = `${height}px`;
  node.hidden = height === 0;
}
