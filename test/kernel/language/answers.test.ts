import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLanguage, type KernelLanguage } from '../../../kernel/language/language.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-language-'));
let language: KernelLanguage;
beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules', '@scope', 'inner'), { recursive: true });
  mkdirSync(join(folder, 'node_modules', 'outer'));
  mkdirSync(join(folder, 'node_modules', '.bin'));
  mkdirSync(join(folder, 'lib'));
  for (const name of ['lib/util.ts', 'lib/data.json', 'lib/notes.md', 'lib/types.d.ts'])
    writeFileSync(join(folder, name), '');
  language = createLanguage({ folder, ambient: '' });
  await language.check(
    '/** Twice as much.\n * @param x what is doubled\n */\nfunction twice(x: number): number { return 2 * x }',
  );
  await language.check('const record = { alpha: 1, beta() {} }; const mode: "fast" | "slow" = "fast"');
}, 60_000);
afterAll(async () => {
  await language.close();
  rmSync(folder, { recursive: true });
});

/** At `|`. What would be replaced, and what by. */
async function completed(marked: string): Promise<{ readonly replaced: string; readonly items: readonly string[] }> {
  const offset = marked.indexOf('|');
  const code = marked.replace('|', '');
  const { start, end, items } = await language.complete(code, offset);
  return { replaced: code.slice(start, end), items: items.map(({ text, kind }) => `${text} ${kind}`) };
}

describe('completion', () => {
  test.each([
    ['members of an earlier cell', 'record.|', '', ['alpha property', 'beta method']],
    ['members begun, the cursor within them', 'record.al|p + 1', 'alp', ['alpha property']],
    ['names of an earlier cell', 'const y = twi|', 'twi', ['twice function']],
    ['texts that a type allows', 'let m: typeof mode = "fa|"', 'fa', ['fast string']],
    ['after astral letters', 'const t = "𝑥"; record.be|', 'be', ['beta method']],
    ['packages', 'import x from "ou|"', 'ou', ['outer module']],
    ['packages of a scope', 'import x from "@sc|', '@sc', ['@scope/inner module']],
    ["Node's modules", 'await import("node:zl|")', 'node:zl', ['node:zlib module']],
    ["Node's modules by their short names", 'import z from "zli|"', 'zli', ['node:zlib module']],
    ['folders', 'require("./li|")', './li', ['./lib/ directory']],
    [
      'files that can be imported',
      'export * from "./lib/|x"',
      './lib/x',
      ['./lib/data.json script', './lib/util.ts script'],
    ],
    ['nothing in a comment', '// record.|', '', []],
    ['nothing in a long comment', '/* record.| */', '', []],
    ['nothing in a doc comment', '/** @par| */ let z', '', []],
    ['nothing in a text', 'const q = "record.|"', 'record.', []],
  ])('offers %s', async (_, marked, replaced, items) => {
    expect(await completed(marked)).toEqual({ replaced, items });
  });

  test('offers what starts as typed first, and 200 at most', async () => {
    const { items } = await completed('Pro|');
    expect(items.slice(0, 2).every((item) => item.startsWith('Pro'))).toBe(true);
    expect((await completed('|')).items).toHaveLength(200);
  });

  test('declares nothing', async () => {
    await completed('const undeclared = 1; undecl|');
    expect(await language.check('undeclared')).toHaveLength(1);
  });
});

describe('inspection', () => {
  const signature = 'function twice(x: number): number';
  test.each([
    ['within a name', 'twice(1)', 2],
    ['at its end', 'twice', 5],
    ['after the bracket', 'twice(', 6],
    ['among what is given', 'twice(1 + 2, ', 12],
  ])('tells of a function %s', async (_, code, offset) => {
    const markdown = `\`\`\`typescript\n${signature}\n\`\`\`\n\nTwice as much.`;
    expect(await language.inspect(code, offset, 0)).toEqual({
      data: { 'text/plain': `${signature}\n\nTwice as much.`, 'text/markdown': markdown },
      metadata: {},
    });
  });

  test('tells the tags when asked for more', async () => {
    const shown = await language.inspect('twice', 1, 1);
    expect(shown?.data['text/plain']).toBe(`${signature}\n\nTwice as much.\n\n@param x what is doubled`);
  });

  test.each([
    ['', 0],
    ['   ', 1],
    ['nobody', 2],
    ['1 + 1', 2],
  ])('of %j it tells nothing', async (code, offset) => {
    expect(await language.inspect(code, offset, 0)).toBeNull();
  });
});

describe('completeness', () => {
  test.each([
    ['1 + 1'],
    [''],
    ['await (x)'],
    ['for await (const x of y) {}'],
    ['export const a = 1'],
    ['const a: number = "wrong type, right grammar"'],
    ['if (x) {\n}\n\n'],
    ['`$' + '{1}`'],
  ])('%j is complete', async (code) => {
    expect(await language.isComplete(code)).toEqual({ status: 'complete' });
  });

  test.each([
    ['function f() {', '  '],
    ['function f() {\n  for (;;) {', '    '],
    ['function f() {\n  g()', '  '],
    ['foo(', '  '],
    ['const a =', '  '],
    ['const f = (x) =>', '  '],
    ['if (x)', ''],
    ['x.', ''],
    ['(a: number, b', ''],
    ['const t = `abc', ''],
    ['`${a + (', '  '],
    ['/* abc', ''],
    ['class A {\n\n\n', '  '],
  ])('%j is incomplete', async (code, indent) => {
    expect(await language.isComplete(code)).toEqual({ status: 'incomplete', indent });
  });

  test.each([['let let let'], ['a b'], ['foo(1))'], ["'abc"], ['}'], ['f(a b'], ['{ a b; ']])(
    '%j is invalid',
    async (code) => {
      expect(await language.isComplete(code)).toEqual({ status: 'invalid' });
    },
  );
});

test('strictness is changed for the same code', async () => {
  const saidOf = async (code: string) => (await language.check(code)).map(({ code: number }) => number);
  const cell = 'function loose(x) { return x }';
  await saidOf(cell);
  expect(await saidOf(cell)).toEqual([7006]); // the second changes nothing that would make it check again
  await language.setStrict(false);
  expect(await saidOf(cell)).toEqual([]);
  await language.setStrict(true);
  expect(await saidOf(cell)).toEqual([7006]);
});
