import { describe, expect, test } from 'vitest';
import { parseAnswer } from '../../src/problems/answer-label.ts';

describe('parseAnswer', () => {
  test.each<[unknown, unknown]>([
    [0, 0],
    ['0', 0],
    ['0.0', 0],
    [-0, 0],
    ['-0', 0],
    ['-3', -3],
    ['−3', -3],
    ['–3', -3],
    ['+7', 7],
    ['1e+16', 1e16],
    ['1E16', 1e16],
    ['5e-05', 5e-5],
    ['.5', 0.5],
    ['1.', 1],
    ['75.00000000000001', 75.00000000000001],
    ['1,000', 1000],
    ['12,345,678.50', 12345678.5],
    ['-1,000', -1000],
    [' \t42\r\n', 42],
    ['\u00a042', 42],
    ['$2,300', 2300],
    ['-$5', -5],
    ['€ 5', 5],
    [1e16, 1e16],
    [-99999, -99999],
    ['No Best Solution', 'no-solution'],
    ['no best solution.', 'no-solution'],
    ['no-solution', 'no-solution'],
    ['Infeasible or Unbounded', 'no-solution'],
    ['Infeasible', 'infeasible'],
    ['no feasible solution', 'infeasible'],
    [' UNBOUNDED ', 'unbounded'],
  ])('reads %j as %j', (raw, answer) => {
    expect(parseAnswer(raw)).toStrictEqual({ answer });
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    'nan',
    'NaN',
    'inf',
    '-Infinity',
    '',
    '   ',
    null,
    undefined,
    true,
    [3],
    { value: 3 },
    'about 7',
    '3 units',
    '3/4',
    '1,00',
    '1000,000',
    ',5',
    '1.000,5',
    '1 000',
    '1_000',
    '0x10',
    '10⁵',
    '.',
    '-',
    'e5',
    '1e',
    '1e999',
    '1e-400',
    '5%',
    '--3',
  ])('refuses %j and says why', (raw) => {
    const reading = parseAnswer(raw);
    expect(reading).toStrictEqual({ unreadable: expect.stringMatching(/\w/) });
  });

  test('reads the 64-bit integers of a Parquet file', () => {
    expect(parseAnswer(-12n)).toStrictEqual({ answer: -12 });
  });

  test('never reads 1e+16 as 1, nor drops a label of 0', () => {
    expect(parseAnswer('1e+16')).not.toStrictEqual({ answer: 1 });
    expect(parseAnswer('0')).toStrictEqual({ answer: 0 });
  });

  test('reads back every finite double from its own notation', () => {
    for (const value of [1 / 3, Number.MAX_VALUE, Number.MIN_VALUE, -1e-7, 123456789.125, 2 ** 53]) {
      expect(parseAnswer(String(value))).toStrictEqual({ answer: value });
      expect(parseAnswer(value)).toStrictEqual({ answer: value });
    }
  });
});
