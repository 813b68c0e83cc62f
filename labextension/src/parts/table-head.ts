import { button, type Child, element } from '../dom.ts';
import type { CellValue } from '../text/separated-values.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  readonly isNumeric?: boolean;
  /** For files, and for sorting where there is no rank; null is not known. */
  readonly value: (row: Row) => CellValue;
  readonly rank?: (row: Row) => number;
  readonly cell: (row: Row) => Child;
}

export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Headings that sort. A heading that has the focus keeps it. */
export function drawHead<Row>(
  head: HTMLElement,
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
  sort: (column: string) => void,
): void {
  const focused = [...head.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
  const cells = columns.map((column) => headCell(column, sorting, sort));
  head.replaceChildren(element('tr', { 'aria-rowindex': 1 }, ...cells));
  cells[focused]?.querySelector('button')?.focus({ preventScroll: true });
}

function headCell<Row>(
  { id, title, isNumeric }: Column<Row>,
  sorting: Sorting | null,
  sort: (column: string) => void,
): HTMLElement {
  const isSorted = sorting?.column === id;
  const arrow = !isSorted ? '' : sorting.isDescending ? ' ▾' : ' ▴';
  const press = button(`${title}${arrow}`, () => sort(id), { class: 'evom-Sort' });
  return element(
    'th',
    {
      scope: 'col',
      class: isNumeric && 'evom-Number',
      'aria-sort': isSorted && (sorting.isDescending ? 'descending' : 'ascending'),
    },
    press,
  );
}
