import { expect, test } from 'vitest';
import { compileCell } from '../../../kernel/engine/compile-cell.ts';
import { CellSyntaxError } from '../../../kernel/engine/parse-cell.ts';

const refuse = (): never => {
  throw new Error('A compiler was asked for.');
};
const compile = (source: string) => compileCell(source, refuse);
const STRICT = "'use strict';";

test.each([
  ['const a: number = 1', 'var   a         = 1', ['a']],
  ['let b;', 'var b = undefined;', ['b']],
  ['let { x, y: [z = 1], ...rest } = o', 'var { x, y: [z = 1], ...rest } = o', ['x', 'z', 'rest']],
  ['function f<T>(x: T) { return x }', 'function f   (x   ) { return x }', ['f']],
  ['class K {}', 'var K = class K {};', ['K']],
  ['export const q = 1', '       var   q = 1', ['q']],
  [
    "import fs, { join as j } from 'node:fs'",
    "var { default: fs, join: j } = await __evom__.import('node:fs');",
    ['fs', 'j'],
  ],
  ["import * as os from 'node:os'", "var os = await __evom__.import('node:os');", ['os']],
  [
    "import data from './x.json' with { type: 'json' }",
    "var { default: data } = await __evom__.import('./x.json', { with: { type: 'json' } });",
    ['data'],
  ],
  ["const m = await import('x')", "var   m = await __evom__.import('x')", ['m']],
  ['1 + 1', '__evom__.result = (1 + 1)', []],
  ['export default { a: 1 }', '               __evom__.result = ({ a: 1 })', []],
  ['if (x) { const y = 1 }', 'if (x) { const y = 1 }', []],
  ['interface P { x: number }', '                         ', []],
])('%s', (source, code, names) => {
  const compiled = compile(source);
  expect(compiled.code).toBe(STRICT + code);
  expect(compiled.names).toEqual(names);
});

test('enums are rewritten, and their lines lead back', () => {
  const { code, names, originOf } = compile('enum E { A, B }\n\nthrow new Error(E[0])');
  expect(names).toContain('E');
  const line = code.split('\n').findIndex((text) => text.includes('throw')) + 1;
  expect(originOf(line, 1)).toEqual([3, 1]);
});

test('a place after an insertion leads back to where it was', () => {
  expect(compile('class K {}; oops()').originOf(1, `${STRICT}var K = class K {};; `.length + 1)[1]).toBe(
    'class K {}; '.length + 1,
  );
});

test('an import below other statements comes before them', () => {
  expect(compile("join()\nimport { join } from 'node:path'\njoin").code).toBe(
    `${STRICT}var { join } = await __evom__.import('node:path');join()\n${' '.repeat(32)}\n__evom__.result = (join)`,
  );
});

test.each([
  ['enum E { A }', 'E || {}'],
  ['namespace N { export const a = 1 }', 'N || ('],
])('%s does not add to what an earlier cell had by its name', (source, adding) => {
  expect(compile(source).code).not.toContain(adding);
  expect(compile(`class N {}\n${source}`).code.includes(adding)).toBe(source.startsWith('namespace'));
});

test('what `using` holds at the top is handed to the engine', () => {
  expect(compile('await using a = b(), c = d').code).toBe(
    `${STRICT}var         a = __evom__.held.use(b()), c = __evom__.held.use(d)`,
  );
});

test('imports on several lines keep the lines after them', () => {
  expect(compile("import {\n  join,\n} from 'node:path'\njoin()").code.split('\n')[3]).toBe(
    '__evom__.result = (join())',
  );
});

test('a syntax error has its place', () => {
  expect(() => compile('const a = 1\nconst b = ;')).toThrow(CellSyntaxError);
  try {
    compile('const a = 1\nconst b = ;');
  } catch (error) {
    expect(error).toMatchObject({ line: 2, column: 11 });
  }
});

test('decorators go through the compiler', () => {
  const lower = (source: string) => ({
    code: source.replace('@d ', ''),
    map: '{"version":3,"sources":[],"mappings":""}',
  });
  expect(compileCell('@d class K {}', lower).names).toEqual(['K']);
});
