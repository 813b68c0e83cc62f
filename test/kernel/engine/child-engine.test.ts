import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createChildEngine } from '../../../kernel/engine/child-engine.ts';
import type { CellEvent, CellResult, Engine } from '../../../kernel/engine/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-engine-'));
let events: { readonly cellId: string; readonly event: CellEvent }[] = [];
let engine: Engine;
let count = 0;

beforeAll(() => {
  engine = createChildEngine(
    {
      onEvent: (cellId, event) => void events.push({ cellId, event }),
      onQuestion: async (_, prompt, isPassword) => `${prompt} ${isPassword}`,
    },
    { folder },
  );
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  events = [];
});

function run(code: string, expressions: Readonly<Record<string, string>> = {}): Promise<CellResult> {
  count += 1;
  return engine.execute({ id: `cell ${count}`, code, name: `[${count}]`, expressions });
}

async function textOf(code: string): Promise<unknown> {
  const result = await run(code);
  return result.status === 'ok' ? result.result?.data['text/plain'] : `${result.error.ename}: ${result.error.evalue}`;
}

function printed(name: 'stdout' | 'stderr' = 'stdout'): string {
  return events.flatMap(({ event }) => (event.kind === 'stream' && event.name === name ? [event.text] : [])).join('');
}

describe('TypeScript across cells', () => {
  test.each([
    ['the last expression is shown', ['const a: number = 20', 'a + 1'], '21'],
    ['a declaration shows nothing', ['let n = 1'], undefined],
    [
      'names are declared again, as anything',
      ['const n = 1', 'let n = 2', 'class n {}', 'function n() { return 5 }', 'n()'],
      '5',
    ],
    ['a function sees the newest value', ['let x = 1', 'const read = () => x', 'x = 7', 'read()'], '7'],
    [
      'a cell run again starts afresh',
      [
        'let list: number[]; list = [...(list ?? []), 1]',
        'let list: number[]; list = [...(list ?? []), 1]',
        'list.length',
      ],
      '1',
    ],
    ['await at the top', ['const w = await Promise.resolve(3)', 'w'], '3'],
    ['await of something in brackets', ['await (async () => 4)()'], '4'],
    ['for await at the top', ['let sum = 0; for await (const v of [1, 2]) sum += v', 'sum'], '3'],
    ['shorthand of an earlier variable', ['const p = 1', '({ p })'], '{ p: 1 }'],
    ['destructuring', ['const { u, v: [w2] } = { u: 1, v: [2] }', 'u + w2'], '3'],
    ['export', ['export const e = 1; export function g() { return e }', 'g()'], '1'],
    [
      'generics and interfaces',
      ['interface P<T> { v: T }', 'const q: P<number> = { v: 1 }', 'q.v satisfies number'],
      '1',
    ],
    ['enums', ['enum Colour { Red, Green }', 'Colour[1]'], "'Green'"],
    ['namespaces', ['namespace N { export const k = 3 }', 'N.k'], '3'],
    ['parameter properties', ['class K { constructor(readonly v: number) {} }', 'new K(8).v'], '8'],
    [
      'decorators',
      [
        'function twice(f: () => number, _: unknown) { return () => 2 * f() }',
        'class D {\n  @twice f() { return 21 }\n}',
        'new D().f()',
      ],
      '42',
    ],
    ['an import', ["import { join } from 'node:path'", "join('a', 'b')"], "'a/b'"],
    ['an import by default and whole', ["import path, * as all from 'node:path'", 'path === all.default'], 'true'],
    ['a dynamic import', ["(await import('node:os')).EOL"], "'\\n'"],
    ['require', ["require('node:path').sep"], "'/'"],
    ['a promise is awaited', ['Promise.resolve(9)'], '9'],
    ['a comment alone', ['// nothing'], undefined],
    ['generators', ['function* three() { yield 1; yield 2; yield 3 }', '[...three()].length'], '3'],
  ])('%s', async (_, cells, shown) => {
    let last: unknown;
    for (const code of cells) last = await textOf(code);
    expect(last).toBe(shown);
  });

  test('a local file is read again when it has changed', async () => {
    writeFileSync(join(folder, 'part.ts'), 'export const part: number = 1');
    writeFileSync(join(folder, 'whole.ts'), "import { part } from './part.ts'; export const whole = part + 1");
    const read = "import { whole } from './whole.ts'; whole";
    expect(await textOf(read)).toBe('2');
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(folder, 'part.ts'), 'export const part: number = 41');
    expect(await textOf(read)).toBe('42');
  });

  test('JSON is imported', async () => {
    writeFileSync(join(folder, 'data.json'), '{ "a": 5 }');
    expect(await textOf("import data from './data.json' with { type: 'json' }; data.a")).toBe('5');
  });

  test('expressions are evaluated after the cell', async () => {
    expect((await run('const seven = 7', { one: 'seven', other: 'nowhere' })).expressions).toMatchObject({
      one: { status: 'ok', data: { 'text/plain': '7' } },
      other: { status: 'error', ename: 'ReferenceError' },
    });
  });
});

describe('errors', () => {
  test('have the place in the cell, its line and a mark', async () => {
    const result = await run(
      'const fine: number = 1\nfunction fail(): never {\n  throw new TypeError("no")\n}\nfail()',
    );
    if (result.status !== 'error') throw new Error('It did not fail.');
    expect(result.error).toMatchObject({ ename: 'TypeError', evalue: 'no' });
    const text = stripVTControlCharacters(result.error.traceback.join('\n'));
    expect(text).toContain(`[${count}]:3:9`);
    expect(text).toContain('3 │   throw new TypeError("no")\n  │         ^');
    expect(text).not.toContain('node:internal');
  });

  test('a syntax error has its place and loses nothing', async () => {
    await run('const kept = 1');
    const result = await run('const broken = ;');
    expect(result).toMatchObject({ status: 'error', error: { ename: 'SyntaxError' } });
    expect(await textOf('kept')).toBe('1');
  });

  test.each([
    ['throw "text"', 'Thrown: text'],
    ['await Promise.reject(new RangeError("r"))', 'RangeError: r'],
    ['null.x', "TypeError: Cannot read properties of null (reading 'x')"],
  ])('%s', async (code, shown) => {
    expect(await textOf(code)).toBe(shown);
  });
});

describe('output', () => {
  test('100 000 lines arrive, in few messages', async () => {
    await run('for (let i = 0; i < 100_000; i++) console.log(i)');
    expect(printed().split('\n').slice(0, -1)).toEqual(Array.from({ length: 100_000 }, (_, line) => String(line)));
    expect(events.length).toBeLessThan(100);
  });

  test('keeps its order with displays', async () => {
    await run("console.log('a'); await display('b'); console.error('c'); console.log('d')");
    expect(events.map(({ event }) => (event.kind === 'stream' ? event.text : event.kind))).toEqual([
      'a\n',
      'display',
      'c\n',
      'd\n',
    ]);
  });

  test('of a late promise belongs to the cell that started it', async () => {
    await run("setTimeout(() => console.log('late'), 60); 0");
    const first = `cell ${count}`;
    await run("await new Promise((resolve) => setTimeout(resolve, 150)); console.log('own')");
    expect(events.map(({ cellId, event }) => [cellId, event.kind === 'stream' && event.text])).toEqual([
      [first, 'late\n'],
      [`cell ${count}`, 'own\n'],
    ]);
  });

  test('of a child process is seen too', async () => {
    await run(
      "require('node:child_process').execSync('echo from outside', { stdio: 'inherit' }); await new Promise((r) => setTimeout(r, 100))",
    );
    expect(printed()).toBe('from outside\n');
  });

  test('a question is answered', async () => {
    expect(await textOf("await jupyter.input('name?')")).toBe("'name? false'");
    expect(await textOf("await jupyter.password('word?')")).toBe("'word? true'");
  });

  test('a table of records has an HTML side', async () => {
    const result = await run('[{ a: 1, b: "<x>" }]');
    expect(result.status === 'ok' && result.result?.data['text/html']).toContain('&#60;x&#62;</td>');
  });
});

describe('interrupt', () => {
  test.each([
    ['an endless loop', 'for (;;);'],
    ['an endless loop of microtasks', 'for (;;) await null'],
    ['an endless loop after an await', 'await new Promise((r) => setTimeout(r, 1)); for (;;);'],
    ['a wait without end', 'await new Promise(() => {})'],
  ])('%s ends within 2 seconds, and variables stay', async (_, code) => {
    await run('var stays = 11');
    const running = run(code);
    setTimeout(() => engine.interrupt(), 200);
    const started = performance.now();
    expect(await running).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
    expect(performance.now() - started).toBeLessThan(2200);
    expect(await textOf('stays')).toBe('11');
  });

  test('while the library loads, at any time, it ends the cell and leaves the library whole', async () => {
    for (const delay of [0, 150, 400]) {
      const fresh = createChildEngine({ onEvent() {}, onQuestion: async () => '' }, { folder });
      const execute = (code: string) => fresh.execute({ id: 'loading', code, name: '[1]', expressions: {} });
      await execute('1');
      const running = execute('parseAnswer("1"); await evom.problems("tiny:1:4"); await new Promise(() => {})');
      setTimeout(() => fresh.interrupt(), delay);
      expect(await running).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
      const whole = '[typeof verify, (await evom.problems("tiny:1:4")).problems.length]';
      expect(await execute(whole)).toMatchObject({ result: { data: { 'text/plain': "[ 'function', 4 ]" } } });
      await fresh.close();
    }
  });

  test('a native call that blocks is ended by replacing the process, and that is said', async () => {
    const running = run("require('node:child_process').execSync('sleep 60')");
    setTimeout(() => engine.interrupt(), 200);
    expect(await running).toMatchObject({ status: 'error', error: { ename: 'EngineReplaced' } });
    expect(await textOf('1 + 1')).toBe('2');
  });

  test('a process that kills itself is replaced', async () => {
    expect(await run('process.kill(process.pid, "SIGKILL")')).toMatchObject({ error: { ename: 'EngineReplaced' } });
    expect(await textOf('2 + 2')).toBe('4');
  });
});
