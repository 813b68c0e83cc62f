import { expect, test } from 'vitest';
import { renderTable } from '../src/text-table.ts';

test('words go to the left, numbers to the right, and no line ends in spaces', () => {
  const table = renderTable([
    ['solver', 'start', 'what'],
    ['highs', '9 ms', 'open'],
    ['ortools', '1500 ms', ''],
  ]);
  expect(table.split('\n')).toEqual(['solver     start  what', 'highs       9 ms  open', 'ortools  1500 ms']);
});

test('a missing cell is empty', () => {
  expect(renderTable([['a', 'b'], ['x']])).toBe('a  b\nx');
});
