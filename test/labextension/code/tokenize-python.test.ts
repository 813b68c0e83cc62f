import { expect, test } from 'vitest';
import { tokenizePython } from '../../../labextension/src/code/tokenize-python.ts';

const told = (source: string): string[] =>
  tokenizePython(source)
    .flat()
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`);

test('keywords, strings, comments, numbers and calls have their kinds', () => {
  expect(told("for i in range(3):  # three\n    print(f'{i}', 1e-3, x1)")).toEqual([
    ...['keyword for', 'keyword in', 'call range', 'number 3', 'comment # three'],
    ...['call print', "string f'{i}'", 'number 1e-3'],
  ]);
});

test('a string of three quotes runs over lines; one of one quote ends with its line', () => {
  expect(told('"""a\n#b"""\n"open\n# comment')).toEqual([
    'string """a',
    'string #b"""',
    'string "open',
    'comment # comment',
  ]);
});

test('quotes in strings, escapes, and hashes in strings do not end them', () => {
  expect(told(`'a\\'b' "it's # no"`)).toEqual([`string 'a\\'b'`, `string "it's # no"`]);
});

test('names are not numbers or keywords by a part of them', () => {
  expect(told('form x2 import_ π1 _for')).toEqual([]);
});

test.each([
  ['a program', 'import highspy\nh = highspy.Highs()\nh.addVar(0, 1e20)\n'],
  ['what is not closed', '"""abc\n\'\'\'\n"\\'],
  ['no Python at all', '<script>alert(1)</script> \u202e ε \n\n\t"'],
  ['nothing', ''],
])('no character is lost: %s', (_, source) => {
  const lines = tokenizePython(source).map((tokens) => tokens.map(({ text }) => text).join(''));
  expect(lines.join('\n')).toBe(source);
});

test.each(['"', "'", '"""', '\\', '#', '(', '1', 'a', '.', '"a\\'])(
  '200 000 times %s takes no more than two seconds',
  (piece) => {
    const start = performance.now();
    tokenizePython(piece.repeat(200_000 / piece.length));
    expect(performance.now() - start).toBeLessThan(2000);
  },
);
