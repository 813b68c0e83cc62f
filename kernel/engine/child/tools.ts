/** What notebook people expect of a kernel, as functions that the magics of the same names call. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { findPython } from '../../../src/python-environment.ts';
import type { CheckMode } from '../engine.ts';
import { currentCell } from './current-cell.ts';
import { jupyter } from './jupyter.ts';
import { emit } from './output.ts';

/** A variable of the cells. */
export interface VariableRow {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

export interface Tools {
  /** The variables that cells declared. */
  who(): readonly VariableRow[];
  /** Forgets them. */
  reset(): void;
  setStrict(isStrict: boolean): void;
  setCheck(mode: CheckMode): void;
  /** Prints how long it takes. */
  time<Value>(run: () => Promise<Value>): Promise<Value>;
  /** Prints how long the cell takes, once it has ended. */
  timeCell(): void;
  /** Run a text; rejects where the program fails. */
  bash(text: string): Promise<void>;
  python(text: string): Promise<void>;
  npm(words: readonly string[]): Promise<void>;
  pip(words: readonly string[]): Promise<void>;
  writeFile(path: string, text: string, options?: { readonly append?: boolean }): Promise<void>;
  /** Puts the file's text in place of the cell. */
  load(path: string): Promise<void>;
}

/** As long as a line may be read at a glance. */
const VALUE_LENGTH = 80;

/** `names`: what cells have declared, in order. */
export function createTools(names: Set<string>): Tools {
  const globals = globalThis as unknown as Record<string, unknown>;
  return {
    who: () => [...names].map((name) => ({ name, type: typeOf(globals[name]), value: shortened(globals[name]) })),
    reset() {
      for (const name of names) globals[name] = undefined;
      names.clear();
    },
    setStrict: (isStrict) => emit({ kind: 'setting', name: 'strict', value: isStrict }),
    setCheck: (mode) => emit({ kind: 'setting', name: 'check', value: mode }),
    async time(run) {
      const started = performance.now();
      try {
        return await run();
      } finally {
        console.log(elapsed(started));
      }
    },
    timeCell() {
      const started = performance.now();
      currentCell().onEnd.push(() => console.log(elapsed(started)));
    },
    bash: (text) => runProgram('bash', ['-c', text]),
    python: (text) => runProgram(findPython(), ['-c', text]),
    npm: (words) => runProgram('npm', words),
    pip: (words) => runProgram(findPython(), ['-m', 'pip', ...words]),
    async writeFile(path, text, { append = false } = {}) {
      await (append ? appendFile : writeFile)(path, text);
      console.log(`${append ? 'Added to' : 'Wrote'} ${path}`);
    },
    async load(path) {
      jupyter.setNextInput(await readFile(path, 'utf8'), true);
    },
  };
}

/** Its output is the cell's; an interrupt of the cell ends it. */
async function runProgram(program: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], signal: currentCell().signal });
  child.stdout.on('data', (data: Buffer) => process.stdout.write(data));
  child.stderr.on('data', (data: Buffer) => process.stderr.write(data));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (code === 0) return;
  throw new Error(`${program} ended with ${signal ?? `exit code ${code}`}.`);
}

function typeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name ?? 'object';
}

function shortened(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text;
}

function elapsed(started: number): string {
  const ms = performance.now() - started;
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
