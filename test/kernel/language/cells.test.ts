import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLanguage, type KernelLanguage } from '../../../kernel/language/language.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-language-'));
let language: KernelLanguage;
beforeAll(async () => {
  language = createLanguage({ folder, ambient: 'declare function shout(text: string): number;' });
  await language.check('');
}, 60_000);
afterAll(async () => {
  await language.close();
  rmSync(folder, { recursive: true });
});

/** What is said of the last cell, as `line:column TS-number`. */
async function saidOfLast(cells: readonly string[]): Promise<readonly string[]> {
  let said: readonly string[] = [];
  for (const cell of cells) {
    said = (await language.check(cell)).map(({ line, column, code }) => `${line}:${column} ${code}`);
  }
  return said;
}

describe('of a cell, the checker finds', () => {
  test.each([
    ['a wrong type, at its place', ['\n  const n: number = "x"'], ['2:9 2322']],
    ['one after an export', ['export const a = 1; export const b: string = a'], ['1:34 2322']],
    ['one within an exported default', ['const o = 1\nexport default { p: o.q }'], ['2:23 2339']],
    ['one after astral letters', ['const t = "𝑥𝑥"; const u: number = t'], ['1:25 2322']],
    ['await where it cannot be', ['function f() { await 1 }'], ['1:16 1308']],
    ['a name declared twice', ['let twice = 1; let twice = 2'], ['1:5 2451', '1:20 2451']],
    ['an assignment to a constant of an earlier cell', ['const fixed = 1', 'fixed = 2'], ['1:1 2588']],
    ['syntax alone, where it cannot be read', ['let x: number = "x"; let let ='], ['1:31 1109']],
    ['a module that is not there', ['import { x } from "./nope.ts"'], ['1:19 2307']],
    ['a wrong use of what is ambient', ['shout(1)'], ['1:7 2345']],
  ])('%s', async (_, cells, wanted) => {
    expect(await saidOfLast(cells)).toEqual(wanted);
  });

  test('the message as TypeScript says it, with its length', async () => {
    expect(await language.check('const wrong: number = "x"')).toEqual([
      { line: 1, column: 7, length: 5, code: 2322, message: "Type 'string' is not assignable to type 'number'." },
    ]);
  });
});

describe('the checker has nothing to say of', () => {
  test.each([
    [
      'await of brackets, a list, a template',
      'await (1); await [1]; await `a`; const w = (await (async () => 2)()) + 1; w.toFixed()',
    ],
    [
      'every kind of export',
      'const x1 = 1; export { x1 }; export { x1 as y1 };\nexport * from "node:fs"\nexport type T1 = 1\nexport default x1',
    ],
    ['exported defaults without names', 'export default class {}\nexport default function () {}'],
    ['an exported object and call', 'const f1 = () => 1\nexport default { a: f1() }'],
    ['labels and expressions that nobody uses', 'unused: 1; 2, 3; "x"'],
    ['an empty list that a later cell fills', 'const later = []'],
    ['shorthand of an ambient name', 'const all = { shout }; all.shout("x")'],
    ['a comment at its end', 'const c1 = 1 // done'],
    ['a declaration in a block', 'if (shout("x")) { var inBlock = 1 }\ninBlock = 2'],
    [
      'what Node has',
      'process.cwd(); await fetch("x"); setTimeout(() => {}, 1); [1].findLast(Boolean); Buffer.from("x")',
    ],
  ])('%s', async (_, code) => {
    expect(await language.check(code)).toEqual([]);
  });
});

describe('a later cell knows', () => {
  test.each([
    ['a variable of a cell with an error, by its type', ['const bad: string = 1', 'const s: string = bad; s.length']],
    [
      'what is declared again, as it was last',
      ['let v = 1', 'const v = "s"', 'class v { m = 1 }', 'new v().m.toFixed()'],
    ],
    ['a type and a value of one name', ['interface Both { x: number }', 'const Both = 1', 'let y: Both = { x: Both }']],
    ['namespaces and enums, long after', ['namespace N { export const a = 1 } enum E { A }', '1', '2', 'N.a + E.A']],
    [
      'generics and overloads',
      [
        'function g(x: string): string; function g(x: number): number; function g(x: any) { return x }',
        'g(1).toFixed(); g("x").length',
      ],
    ],
    [
      'imports, by default, by name and whole',
      [
        'import fs, { readFileSync as read } from "node:fs"; import * as os from "node:os"',
        '1',
        'fs.existsSync("x"); read("x").length; os.cpus()',
      ],
    ],
    ['what was taken apart', ['const { p, ...rest } = { p: 1, q: "x" }', 'p.toFixed(); rest.q.length']],
    [
      'exported things and shorthand of them',
      ['export const e = 1; export function h() { return e }', 'const o = { e, h }; o.h().toFixed(o.e)'],
    ],
    ['an empty list as one of anything', ['const list = []', 'list.push(1, "x")']],
    ['a declared global', ['declare global { var everywhere: number }', '1', 'everywhere.toFixed()']],
    ['underscored names', ['const __a = 1, _ = 2, $ = 3, ñ = 4', '(__a + _ + $ + ñ).toFixed()']],
  ])('%s', async (_, cells) => {
    expect(await saidOfLast(cells)).toEqual([]);
    expect(await saidOfLast(['nobodyDeclaredThis'])).toEqual(['1:1 2304']); // the checker was awake
  });

  test('nothing of a cell that cannot be read', async () => {
    expect(await saidOfLast(['const qqUnreadQq = 1; let let =', 'qqUnreadQq'])).toEqual(['1:1 2304']);
  });

  test('the newest type alone', async () => {
    expect(await saidOfLast(['let turned = 1', 'let turned = "s"', 'turned.nothing; turned.length.toFixed()'])).toEqual(
      ['1:8 2339'],
    );
  });
});

describe('files', () => {
  test('are read again once they change', async () => {
    writeFileSync(join(folder, 'util.ts'), 'export const size = 1;\n');
    const cells = ['import { size } from "./util.ts"', 'size.toFixed()'];
    expect(await saidOfLast(cells)).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 20)); // another time of change
    writeFileSync(join(folder, 'util.ts'), 'export const size = "x";\n');
    expect(await saidOfLast(['size.length; size.toFixed()'])).toEqual(['1:19 2551']);
  });

  test('are found once they are there, packages too', async () => {
    const cell = 'import { late } from "late-package"; import data from "./data.json"; late(data.n)';
    expect(await saidOfLast([cell, cell])).toHaveLength(2); // the second changes nothing that would make it look again
    mkdirSync(join(folder, 'node_modules', 'late-package'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', 'late-package', 'package.json'), '{ "types": "./index.d.ts" }');
    writeFileSync(join(folder, 'node_modules', 'late-package', 'index.d.ts'), 'export function late(n: number): void;');
    writeFileSync(join(folder, 'data.json'), '{ "n": 1 }');
    expect(await saidOfLast([cell])).toEqual([]);
  });
});

test('this package can be named by an import, whatever the folder has', async () => {
  const code = "import { verify } from 'evo";
  const { items } = await language.complete(code, code.length);
  expect(items.map(({ text }) => text)).toEqual(['evom']);
});

test('a `var` of a block has its type in later cells', async () => {
  const cells = [
    'for (var turn = 0; turn < 3; turn++) { var list = ["x"] }',
    'turn.toFixed(); list[0]?.length; turn.length',
  ];
  expect(await saidOfLast(cells)).toEqual(['1:39 2339']);
});

test.each([
  [
    'an import that says what it is',
    ["import data from './said.json' with { type: 'json' }\ndata.n.toFixed(); data.m"],
    '2:24 2339',
  ],
  ['what is held by `using`', ['{ using held = { v: 1, [Symbol.dispose]() {} }; held.v.length }'], '1:56 2339'],
  ['newer methods', ['[3, 1].toSorted().map((n) => n.length)'], '1:32 2339'],
])('the types of %s are known', async (_, cells, wanted) => {
  writeFileSync(join(folder, 'said.json'), '{ "n": 1 }');
  expect(await saidOfLast(cells)).toEqual([wanted]);
});

test('cells are checked in the order of the calls', async () => {
  const said = await Promise.all([language.check('const ordered = 1'), language.check('ordered.toFixed()')]);
  expect(said).toEqual([[], []]);
});
