import { expect, test } from 'vitest';
import { nextSorting, sortRows } from '../../../labextension/src/parts/sort-rows.ts';
import type { Column } from '../../../labextension/src/parts/table-head.ts';

type Row = { readonly name: string; readonly value: number | null };

const COLUMNS: readonly Column<Row>[] = [
  { id: 'name', title: 'name', width: 1, value: ({ name }) => name, cell: ({ name }) => name },
  { id: 'value', title: 'value', width: 1, value: ({ value }) => value, cell: () => null },
  {
    id: 'rank',
    title: 'rank',
    width: 1,
    value: ({ name }) => name,
    rank: ({ name }) => -name.length,
    cell: () => null,
  },
];
const ROWS: readonly Row[] = [
  { name: 'p10', value: 2 },
  { name: 'p9', value: null },
  { name: 'p2', value: 10 },
];
const names = (column: string, isDescending: boolean): string[] =>
  sortRows(ROWS, COLUMNS, { column, isDescending }).map(({ name }) => name);

test('numbers sort as numbers, numbers within names too, and what is not known comes last either way', () => {
  expect(names('value', true)).toEqual(['p2', 'p10', 'p9']);
  expect(names('value', false)).toEqual(['p10', 'p2', 'p9']);
  expect(names('name', false)).toEqual(['p2', 'p9', 'p10']);
});

test('a rank goes before the value; equal rows keep their order; a column that is gone sorts nothing', () => {
  expect(names('rank', false)).toEqual(['p10', 'p9', 'p2']);
  expect(names('gone', false)).toEqual(['p10', 'p9', 'p2']);
});

test('presses on a heading go round: one way, the other, as they came', () => {
  const first = nextSorting(null, 'value', true);
  const second = nextSorting(first, 'value', true);
  expect([first?.isDescending, second?.isDescending, nextSorting(second, 'value', true)]).toEqual([true, false, null]);
  expect(nextSorting(second, 'name', false)).toEqual({ column: 'name', isDescending: false });
});
