import { expect, test } from 'vitest';
import { toCsv, toTabs } from '../../../labextension/src/text/separated-values.ts';

test('quotes, commas and line breaks are quoted; null is empty', () => {
  expect(toCsv(['a', 'b'], [['x,"y"\nz', null]])).toBe('a,b\r\n"x,""y""\nz",\r\n');
});

test('a text that a spreadsheet would run is made inert, a negative number is not', () => {
  expect(toCsv(['a'], [['=HYPERLINK("x")'], ['@f'], [-1.5]])).toBe('a\r\n"\'=HYPERLINK(""x"")"\r\n\'@f\r\n-1.5\r\n');
  expect(toTabs(['a'], [['+1\t2']])).toBe("a\n'+1 2");
});
