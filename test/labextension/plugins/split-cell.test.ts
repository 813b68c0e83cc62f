import { expect, test } from 'vitest';
import { splitCell } from '../../../labextension/src/plugins/highlighting/split-cell.ts';

/** `kind:text`, a line each. */
function parts(text: string): string[] {
  return splitCell(text).map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`);
}

test('a magic is its name, flags, values and numbers; what is around it is TypeScript', () => {
  expect(parts('const a = 1\n  %train --solver highs,scip --lr=1e-5\na % 2')).toEqual([
    'typescript:const a = 1\n',
    'name:%train',
    'flag:--solver',
    'value:highs,scip',
    'flag:--lr',
    'number:1e-5',
    'typescript:a % 2',
  ]);
});

test.each([
  [
    '%%verify --solver highs\nimport highspy\n%x',
    ['name:%%verify', 'flag:--solver', 'value:highs', 'python:import highspy\n%x'],
  ],
  ['\n%%generate\nA bakery', ['typescript:\n', 'name:%%generate', 'prose:A bakery']],
  ['%%reward --name x\n() => 1', ['name:%%reward', 'flag:--name', 'value:x', 'typescript:() => 1']],
  ['%%verify', ['name:%%verify']],
  ['a()\n%%verify\nb()', ['typescript:a()\n', 'name:%%verify', 'typescript:b()']],
  ['a\n% b', ['typescript:a\n% b']],
  ['%train?', ['name:%train?']],
  ['', []],
])('%j', (text, expected) => {
  expect(parts(text)).toEqual(expected);
});

test('parts are in order, apart, and end with the cell', () => {
  const signs = ['%', '%%', 'verify', 'train', ' ', '\n', '--n', '4', '`', 'x'];
  for (let seed = 1; seed < 2000; seed += 1) {
    const text = Array.from({ length: seed % 12 }, (_, index) => signs[(seed * (index + 7) * 31) % signs.length]).join(
      '',
    );
    let end = 0;
    for (const { from, to } of splitCell(text)) {
      expect(from).toBeGreaterThanOrEqual(end);
      expect(to).toBeGreaterThan(from);
      end = to;
    }
    expect(end).toBeLessThanOrEqual(text.length);
  }
});
