/**
 * Output rows as JSON lines, each written whole before the next begins. A rerun with the same file goes on where a
 * killed one stopped: whole rows are kept; a last half row, and rows that failed by our own fault (`infra`), are
 * judged again.
 *
 * Does not guard against two runs that write the same file at the same time.
 */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { EvomError, expected } from '../../errors.ts';
import { type JudgedRow, readJudgedRow } from './judged-row.ts';
import type { ProgramRow } from './program-rows.ts';

export class RowWriter implements Disposable {
  readonly #descriptor: number;
  /** Rows that were in the file already, in its order. */
  readonly kept: readonly JudgedRow[];
  /** The rows still to be judged. */
  readonly remaining: readonly ProgramRow[];

  /** Throws, and leaves the file as it is, where the file holds anything but output rows of these rows. */
  constructor(path: string, rows: readonly ProgramRow[]) {
    const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';
    const found = readOutput(path, text);
    checkOwn(path, found, rows);
    const kept = new Map(found.filter((row) => row.outcome !== 'infra').map((row) => [row.id, row]));
    this.kept = [...kept.values()];
    this.remaining = rows.filter((row) => !kept.has(row.id));
    const isTidy = kept.size === found.length && (text === '' || text.endsWith('\n'));
    if (!isTidy) rewrite(path, this.kept);
    this.#descriptor = open(path);
  }

  write(row: JudgedRow): void {
    const line = Buffer.from(toLine(row));
    for (let offset = 0; offset < line.length; ) {
      offset += writeSync(this.#descriptor, line, offset, line.length - offset, null);
    }
  }

  [Symbol.dispose](): void {
    try {
      fsyncSync(this.#descriptor);
    } catch {
      // a pipe or a device, which has nothing to flush
    }
    closeSync(this.#descriptor);
  }
}

function toLine(row: JudgedRow): string {
  return `${JSON.stringify(row)}\n`;
}

/** The whole rows of a file; a last line that breaks off is left out. */
function readOutput(path: string, text: string): JudgedRow[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    const isHalf = index === lines.length - 1 && !text.endsWith('\n') && line.startsWith('{"id":');
    const value = parse(line);
    if (value !== null) return [readJudgedRow(path, index + 1, value)];
    if (isHalf) return [];
    const next = 'Choose another --out.';
    throw new EvomError('config', 'broken-output', expected(`${path}, row ${index + 1}`, 'an output row', line, next));
  });
}

/** The rows in the file must be of this input, judged in this way. */
function checkOwn(path: string, found: readonly JudgedRow[], rows: readonly ProgramRow[]): void {
  const digests = new Map(rows.map((row) => [row.id, row.digest]));
  const foreign = found.find((row) => digests.get(row.id) !== row.digest);
  if (foreign === undefined) return;
  throw new EvomError(
    'config',
    'output-of-another-run',
    `Expected \`${path}\` to be absent, or from an earlier run of the same input in the same way, but its row ` +
      `\`${foreign.id}\` is of another program, solver, answer, limit or rule. Choose another --out, or remove the file.`,
  );
}

function rewrite(path: string, rows: readonly JudgedRow[]): void {
  const partial = `${path}.${process.pid}.part`;
  writeFileSync(partial, rows.map(toLine).join(''), { flush: true });
  renameSync(partial, path);
}

function open(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (cause) {
    throw new EvomError(
      'config',
      'unwritable-output',
      `Expected to write \`${path}\`: ${cause}. Choose another --out.`,
      { cause },
    );
  }
}

function parse(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
