/**
 * A file → numbered rows. Parquet is read through DuckDB; JSONL, JSON and CSV as text. UTF-8 with or without a byte order
 * mark, or UTF-16 with one (what PowerShell's `>` writes); LF or CRLF. The whole file is held in memory. `-` is
 * standard input, as text.
 */

import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { EvomError, expected } from '../errors.ts';
import { readCsvRows } from './csv-rows.ts';
import type { Row } from './formats/format.ts';
import type { RowsRead } from './text-rows.ts';
import { readJsonRows } from './text-rows.ts';

/** Rejects with `missing-file` or `unreadable-file` only; a broken row is an issue. An empty file gives no rows. */
export async function readRows(path: string): Promise<RowsRead> {
  const bytes = await readBytes(path);
  if (bytes.subarray(0, 4).toString('latin1') === 'PAR1') return { rows: await readParquet(path), issues: [] };
  if (/\.parquet$/i.test(path) && bytes.length > 0) {
    throw new EvomError(
      'problem',
      'unreadable-file',
      expected(path, 'a Parquet file', 'other bytes', 'Fetch it again.'),
    );
  }
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const text = new TextDecoder(encoding).decode(bytes);
  return /\.csv$/i.test(path) ? readCsvRows(text) : readJsonRows(text);
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const next = 'Check the path, or name a public set: `evom problems fetch` lists them.';
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new EvomError(
      'problem',
      isMissing ? 'missing-file' : 'unreadable-file',
      expected('file', 'a file that can be read', `${path} (${code})`, next),
      { cause },
    );
  }
}

async function readParquet(path: string): Promise<RowsRead['rows']> {
  const { DuckDBInstance } = await import('@duckdb/node-api'); // loading it takes 0.3 s
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      // DuckDB reads a path as a glob pattern; a bracket expression of one character stands for itself.
      const literal = path.replace(/[[*?]/g, (character) => `[${character}]`);
      const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($1)', [literal]);
      return reader.getRowObjectsJS().map((value, index) => ({ row: index + 1, value: value as Row }));
    } catch (cause) {
      const next = 'Fetch or write it again.';
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EvomError('problem', 'unreadable-file', expected(path, 'a Parquet file', reason, next), { cause });
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
