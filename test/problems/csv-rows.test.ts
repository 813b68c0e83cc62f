import { describe, expect, test } from 'vitest';
import { readCsvRows } from '../../src/problems/csv-rows.ts';

describe('readCsvRows', () => {
  test('reads commas, doubled quotes and line breaks inside quotes, and numbers records by their first line', () => {
    const { rows, issues } = readCsvRows(
      'id,text,answer\r\na,"He said ""7"", and\r\nmore",3\r\n\r\n#b,# plain,"1,000"',
    );
    expect(issues).toStrictEqual([]);
    expect(rows).toStrictEqual([
      { row: 2, value: { id: 'a', text: 'He said "7", and\r\nmore', answer: '3' } },
      { row: 5, value: { id: '#b', text: '# plain', answer: '1,000' } },
    ]);
  });

  test('a short record leaves its last fields out; a long one is an issue', () => {
    const { rows, issues } = readCsvRows('text,answer\nshort\na,b,c\nx,\n');
    expect(rows.map(({ value }) => value)).toStrictEqual([{ text: 'short' }, { text: 'x', answer: '' }]);
    expect(issues.map(({ row }) => row)).toStrictEqual([3]);
  });

  test('a quote that is never closed costs its own line only', () => {
    const { rows, issues } = readCsvRows('text,answer\n"open,1\nb,2\n"c" d,3\ne,4');
    expect(rows.map(({ value }) => value['text'])).toStrictEqual(['b', 'e']);
    expect(issues.map(({ row }) => row)).toStrictEqual([2, 4]);
  });

  test('an empty text and a lone header have no rows', () => {
    expect(readCsvRows('')).toStrictEqual({ rows: [], issues: [] });
    expect(readCsvRows('id,text,answer\n')).toStrictEqual({ rows: [], issues: [] });
  });
});
