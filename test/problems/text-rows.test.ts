import { describe, expect, test } from 'vitest';
import { readJsonRows } from '../../src/problems/text-rows.ts';

describe('readJsonRows', () => {
  test('reads one object per line by its line number, blank lines left out', () => {
    expect(readJsonRows('{"a":1}\r\n\r\n{"a":2}')).toStrictEqual({
      rows: [
        { row: 1, value: { a: 1 } },
        { row: 3, value: { a: 2 } },
      ],
      issues: [],
    });
  });

  test('a broken line is an issue with its number, and the others go on', () => {
    const { rows, issues } = readJsonRows('{"a":1}\n{"a":\n[1]\n7\n"x"\nnull\n{"a":5}\n');
    expect(rows.map(({ row }) => row)).toStrictEqual([1, 7]);
    expect(issues.map(({ row }) => row)).toStrictEqual([2, 3, 4, 5, 6]);
    expect(issues.every(({ kind, dropped }) => kind === 'unreadable-row' && dropped)).toBe(true);
  });

  test('reads a JSON array by position, and an element that is no object is an issue', () => {
    const { rows, issues } = readJsonRows('\n[{"a":1}, 3, {"a":2}]');
    expect(rows.map(({ row }) => row)).toStrictEqual([1, 3]);
    expect(issues.map(({ row }) => row)).toStrictEqual([2]);
  });

  test('reads one object over several lines as one row', () => {
    expect(readJsonRows('{\n  "a": 1\n}\n').rows).toStrictEqual([{ row: 1, value: { a: 1 } }]);
  });

  test('an empty text has no rows and no issues', () => {
    expect(readJsonRows('')).toStrictEqual({ rows: [], issues: [] });
    expect(readJsonRows(' \n\n')).toStrictEqual({ rows: [], issues: [] });
  });
});
