import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { EvomError } from '../errors.ts';
import { type JudgedRow, readJudgedRow } from './judged-row.ts';
import type { ProgramRow } from './program-rows.ts';

/**
 * Output rows as JSON lines, each written whole before the next begins. A rerun with the same file goes on where a
 * killed one stopped: whole rows are kept, a last half row is cut off.
 */
export class RowWriter {
  readonly #path: string;
  readonly #descriptor: number;
  /** Rows that were in the file already. */
  readonly kept: readonly JudgedRow[];

  constructor(path: string) {
    this.#path = path;
    this.#descriptor = open(path);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const end = bytes.lastIndexOf('\n') + 1;
    if (end < bytes.length) ftruncateSync(this.#descriptor, end);
    const lines = bytes
      .toString('utf8', 0, end)
      .split('\n')
      .filter((line) => line !== '');
    this.kept = lines.map((line, index) => readJudgedRow(path, index + 1, parse(path, index + 1, line)));
  }

  /** The rows still to be judged. Rejects a file that holds other rows than these. */
  remaining(rows: readonly ProgramRow[]): ProgramRow[] {
    const digests = new Map(rows.map((row) => [row.id, row.digest]));
    const foreign = this.kept.find((row) => digests.get(row.id) !== row.digest);
    if (foreign) {
      throw new EvomError(
        'config',
        'output-of-another-run',
        `Expected \`${this.#path}\` to be absent, or from an earlier run of the same input, but its row ` +
          `\`${foreign.id}\` is of another program or solver. Choose another --out, or remove the file.`,
      );
    }
    const done = new Set(this.kept.map((row) => row.id));
    return rows.filter((row) => !done.has(row.id));
  }

  write(row: JudgedRow): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    for (let offset = 0; offset < line.length; ) {
      offset += writeSync(this.#descriptor, line, offset, line.length - offset, null);
    }
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'a+');
  } catch (cause) {
    throw new EvomError(
      'config',
      'unwritable-output',
      `Expected to write \`${path}\`: ${cause}. Choose another --out.`,
      { cause },
    );
  }
}

function parse(path: string, row: number, line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new EvomError(
    'config',
    'broken-output',
    `Expected row ${row} of \`${path}\` to be a JSON object. Choose another --out.`,
  );
}
