/** Every case of the tables, in one session: run by the real engine, and read by the type checker beside it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ambientDeclarations } from '../../../kernel/declarations.ts';
import { createChildEngine } from '../../../kernel/engine/child-engine.ts';
import type { CellResult, Diagnostic, Engine } from '../../../kernel/engine/engine.ts';
import { createLanguage, type KernelLanguage } from '../../../kernel/language/language.ts';
import type { CellCase, Files, ToldCell } from './cell-case.ts';
import { DECLARATIONS } from './declarations.ts';
import { ERRORS } from './errors.ts';
import { MODULES } from './modules.ts';
import { RUNNING } from './running.ts';
import { SYNTAX } from './syntax.ts';
import { TYPES } from './types.ts';

const TABLES = { DECLARATIONS, TYPES, SYNTAX, MODULES, RUNNING, ERRORS };

const folder = mkdtempSync(join(tmpdir(), 'evom-cells-'));
let engine: Engine;
let language: KernelLanguage;
let count = 0;
let printed = { stdout: '', stderr: '' };

beforeAll(async () => {
  language = createLanguage({ folder, ambient: ambientDeclarations() });
  engine = createChildEngine(
    {
      onEvent(_, event) {
        if (event.kind === 'stream') printed[event.name] += event.text;
      },
      onQuestion: () => Promise.reject(new Error('Nobody is asked.')),
    },
    { folder },
  );
  await language.check('');
}, 60_000);
afterAll(async () => {
  await Promise.all([engine.close(), language.close()]);
  rmSync(folder, { recursive: true });
});

test('there are more than sixty of them, each with a name of its own', () => {
  const names = Object.values(TABLES).flatMap((table) => table.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(60);
});

describe.each(Object.entries(TABLES))('%s', (_, table) => {
  test.each(table)('$name', async ({ steps }) => {
    for (const step of steps) await take(step);
  });
});

async function take(step: CellCase['steps'][number]): Promise<void> {
  if (typeof step === 'string') await run({ code: step });
  else if ('files' in step) await write(step);
  else await run(step);
}

async function write({ files }: Files): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10)); // another time of change
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function run(cell: ToldCell): Promise<void> {
  count += 1;
  printed = { stdout: '', stderr: '' };
  const { code } = cell;
  const checked = language.check(code);
  const result = await engine.execute({ id: `cell ${count}`, code, name: `[${count}]`, expressions: {} });
  expect({ code, ...seen(result, await checked, cell) }).toEqual({ said: [], fails: null, ...cell });
}

/** What came of the cell, of that which is asked for. */
function seen(result: CellResult, said: readonly Diagnostic[], asked: ToldCell): Partial<ToldCell> {
  const error = result.status === 'error' ? result.error : null;
  const text = stripVTControlCharacters(error?.traceback.join('\n') ?? '');
  const fails = error && `${error.ename}: ${error.evalue}`;
  return {
    said: said.map(({ line, column, code }) => `${line}:${column} ${code}`),
    fails: asked.fails && fails?.startsWith(asked.fails) ? asked.fails : (fails as string),
    ...('shown' in asked && result.status === 'ok' && { shown: (result.result?.data['text/plain'] ?? null) as string }),
    ...('printed' in asked && { printed: printed.stdout }),
    ...('printedAsError' in asked && { printedAsError: printed.stderr }),
    ...(asked.traceback && { traceback: inOrder(text, asked.traceback) ? asked.traceback : text.split('\n') }),
  };
}

/** `[0]` is the cell's own name, `[-1]` that of the one before. */
function inOrder(text: string, wanted: readonly string[]): boolean {
  let at = 0;
  return wanted.every((line) => {
    const named = line.replace(/\[(0|-\d)\]/, (_, back: string) => `[${count + Number(back)}]`);
    at = text.indexOf(named, at);
    return at >= 0;
  });
}
