/** The real command line in child processes. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { JudgedRow } from '../../src/commands/rows/judged-row.ts';

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));
/** Public data that lies beside the project on some machines; tests that need it are skipped elsewhere. */
export const SHARED_DATA: string = join(ROOT, '..', 'shared', 'data');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number;
}

export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts `evom …` on the Node that runs the tests. */
export function startEvom(args: readonly string[], options: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'src/cli.ts'), ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...process.env, ...options.environment },
  });
}

/** Runs `evom …` to its end. */
export function evom(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = startEvom(args, options);
  child.stdin?.end(options.input ?? '');
  return finished(child);
}

/** Runs a shell command line to its end. */
export function shell(command: string, options: RunOptions = {}): Promise<Finished> {
  const child = spawn('bash', ['-c', command], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.environment },
  });
  child.stdin?.end(options.input ?? '');
  return finished(child);
}

export function finished(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr, pid: child.pid ?? -1 }));
  });
}

/** A folder for one test file, removed afterwards. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evom-e2e-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes rows as JSON lines; a text is written as it is. */
export function writeRows(path: string, rows: readonly unknown[]): string {
  writeFileSync(path, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''));
  return path;
}

/** Output rows, by id. */
export function readOutput(text: string): Readonly<Record<string, JudgedRow>> {
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JudgedRow);
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** A HiGHS program with that optimum; `seconds` of sleep first. */
export function highsProgram(optimum: number, seconds = 0): string {
  return [
    'import highspy, time',
    `time.sleep(${seconds})`,
    'h = highspy.Highs()',
    'x, y = h.addVariable(), h.addVariable()',
    `h.addConstr(x + y <= ${optimum})`,
    'h.maximize(x + y)',
    'print("Just print the best solution:", h.getObjectiveValue())',
  ].join('\n');
}

/** What is left of a process that has ended: fork servers and scratch folders that carry its number. */
export function leftovers(pid: number): string[] {
  const mark = new RegExp(`evom-scratch-(\\d+-)?${pid}-`); // the first number is the PID namespace's
  const folders = ['/dev/shm', tmpdir()].flatMap((parent) =>
    existsSync(parent) ? readdirSync(parent).filter((name) => mark.test(name)) : [],
  );
  const processes = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && mark.test(readFileSync(`/proc/${name}/cmdline`, 'latin1'));
    } catch {
      return false; // ended meanwhile
    }
  });
  return [...folders, ...processes];
}
