import { nextSorting, sortRows } from './sort-rows.ts';
import type { PlainTable } from './table-buttons.ts';
import type { Column, Sorting } from './table-head.ts';
import { createVirtualTable, type VirtualTable } from './virtual-table.ts';

export interface SortedTable<Row> {
  readonly table: VirtualTable<Row>;
  show(rows: readonly Row[], columns: readonly Column<Row>[], marked: ReadonlySet<string>, opened: string | null): void;
  read(): PlainTable;
}

/** A table that keeps how it is sorted. */
export function createSortedTable<Row extends { readonly key: string }>(
  caption: string,
  open: (row: Row) => void,
  mark: (row: Row) => void,
  redraw: () => void,
): SortedTable<Row> {
  let sorting: Sorting | null = null;
  let columns: readonly Column<Row>[] = [];
  let rows: readonly Row[] = [];
  const sort = (id: string): void => {
    sorting = nextSorting(sorting, id, columns.find((column) => column.id === id)?.isNumeric ?? false);
    redraw();
  };
  const table = createVirtualTable<Row>(caption, { open, mark, sort });
  return {
    table,
    show(unsorted, nextColumns, marked, opened) {
      columns = nextColumns;
      rows = sortRows(unsorted, columns, sorting);
      table.show({ columns, rows, sorting, marked, opened });
    },
    read: () => ({
      header: columns.map(({ title }) => title),
      rows: rows.map((row) => columns.map(({ value }) => value(row))),
    }),
  };
}
