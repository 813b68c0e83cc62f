import type { Column, Sorting } from './table-head.ts';

/** What is not known comes last, whichever way; equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sorting?.column);
  if (sorting === null || column === undefined) return rows;
  const sign = sorting.isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: (column.rank ?? column.value)(row) }));
  const alphabet = new Intl.Collator('en', { numeric: true });
  keyed.sort(({ value: left }, { value: right }) => {
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * alphabet.compare(String(left).slice(0, 200), String(right).slice(0, 200));
  });
  return keyed.map(({ row }) => row);
}

/** A press on a heading: first one way, then the other, then as they came. Numbers begin with the largest. */
export function nextSorting(sorting: Sorting | null, column: string, isNumeric: boolean): Sorting | null {
  if (sorting?.column !== column) return { column, isDescending: isNumeric };
  return sorting.isDescending === isNumeric ? { column, isDescending: !isNumeric } : null;
}
