import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLanguage, type KernelLanguage } from '../../../kernel/language/language.ts';

let language: KernelLanguage;
beforeAll(async () => {
  language = createLanguage({ folder: process.cwd(), ambient: 'declare function shout(text: string): number;' });
  await language.check('');
}, 60_000);
afterAll(() => language.close());

describe('a check', () => {
  test.each([
    ['a wrong type', "const n: number = 'x'", [{ line: 1, column: 7, length: 1, code: 2322 }]],
    ['a place after other lines', 'const a = 1\n\nconst s: string = a', [{ line: 3, column: 7, code: 2322 }]],
    ['a name that nobody declared', 'nowhere + 1', [{ line: 1, column: 1, length: 7, code: 2304 }]],
    ['a module that is not there', "import x from 'no-such-package'", [{ code: 2307 }]],
    ['an implicit any, as it is strict', 'function f(x) { return x }', [{ code: 7006 }]],
  ])('finds %s', async (_, code, wanted) => {
    expect(await language.check(code)).toMatchObject(wanted);
  });

  test.each([
    ['await at the top', 'const w = await Promise.resolve(3); w + 1'],
    ['await of something in brackets', 'const v = await (async () => 4)(); v + 1'],
    ['for await at the top', 'for await (const y of [Promise.resolve(1)]) y + 1'],
    ['export', 'export const e = 1; export function g(): number { return e }'],
    ['what is ambient', "shout('x') + 1"],
    ['Node', "import { join } from 'node:path'; join('a')"],
    [
      'decorators',
      'function d(_: unknown, context: ClassMethodDecoratorContext): void { context.name }\nclass K { @d m(): void {} }',
    ],
    ['nothing', ''],
  ])('has nothing to say of %s', async (_, code) => {
    expect(await language.check(code)).toEqual([]);
  });

  test('knows what earlier cells declared, the newest of it, and that of cells with errors', async () => {
    await language.check('const first = 1; interface P { x: number }');
    await language.check("let first: string = 'now a text'; const wrong: number = 'x'");
    expect(
      await language.check('const length: number = first.length; const p: P = { x: wrong }; ({ p, length })'),
    ).toEqual([]);
    expect(await language.check('first.toFixed()')).toMatchObject([{ code: 2551 }]);
  });

  test('is less strict when asked', async () => {
    await language.setStrict(false);
    expect(await language.check('function loose(x) { return x }')).toEqual([]);
    await language.setStrict(true);
    expect(await language.check('function tight(x) { return x }')).toMatchObject([{ code: 7006 }]);
  });
});

describe('completion', () => {
  test('knows members of what earlier cells declared', async () => {
    await language.check("const greeting = 'hello'");
    const code = 'greeting.toUp';
    const { start, end, items } = await language.complete(code, code.length);
    expect([start, end, items[0]]).toEqual([9, 13, { text: 'toUpperCase', kind: 'method' }]);
  });

  test.each([
    ["import x from 'vite", 'vitest'],
    ["await import('node:f", 'node:fs'],
    ["import y from './bin", './binder/'],
    ["require('@huggingface/", '@huggingface/tokenizers'],
  ])('%s', async (code, wanted) => {
    expect((await language.complete(code, code.length)).items.map(({ text }) => text)).toContain(wanted);
  });
});

test('inspection gives signature and documentation', async () => {
  await language.check('/** Twice as much. */\nfunction twice(x: number): number { return 2 * x }');
  const shown = await language.inspect('twice(1)', 2, 0);
  expect(shown?.data['text/plain']).toContain('function twice(x: number): number');
  expect(await language.inspect('  ', 1, 0)).toBeNull();
});

test.each([
  ['1 + 1', 'complete'],
  ['function f() {', 'incomplete'],
  ['const x = `open', 'incomplete'],
  ['let let let', 'invalid'],
])('%s is %s', async (code, status) => {
  expect((await language.isComplete(code)).status).toBe(status);
});
