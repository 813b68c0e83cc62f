/** Text → rows, for JSONL, JSON arrays and CSV. Pure: a row that cannot be read is an issue, and the others go on. */

import type { RowIssue } from '../types.ts';
import type { Row } from './formats/format.ts';

/** A row and where it stands: 1-based line (JSONL, CSV) or position (JSON array, Parquet). */
export interface NumberedRow {
  readonly row: number;
  readonly value: Row;
}

export interface RowsRead {
  readonly rows: readonly NumberedRow[];
  readonly issues: readonly RowIssue[];
}

/**
 * A JSON array, or one JSON object per line, told apart by the first character, because public files named `.json` hold
 * either. A file that is one object over several lines is one row.
 */
export function readJsonRows(text: string): RowsRead {
  const start = text.trimStart();
  if (start.startsWith('[')) {
    const values = tryJson(text);
    if (Array.isArray(values)) return collect(values.map((value, index) => ({ row: index + 1, value })));
  }
  const read = readJsonLines(text);
  if (read.rows.length === 0 && start.startsWith('{')) {
    const value = tryJson(text);
    if (!(value instanceof Error)) return collect([{ row: 1, value }]);
  }
  return read;
}

function readJsonLines(text: string): RowsRead {
  const lines = text.split('\n').map((line, index) => ({ row: index + 1, line: line.trim() }));
  return collect(lines.filter(({ line }) => line !== '').map(({ row, line }) => ({ row, value: tryJson(line) })));
}

function collect(values: readonly { readonly row: number; readonly value: unknown }[]): RowsRead {
  return {
    rows: values.flatMap(({ row, value }) => (isRow(value) ? [{ row, value }] : [])),
    issues: values.flatMap(({ row, value }) => {
      if (isRow(value)) return [];
      return [
        unreadableRow(row, value instanceof Error ? value.message : `got ${JSON.stringify(value)?.slice(0, 60)}`),
      ];
    }),
  };
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The issue for a row that is no JSON object, or a CSV record that does not fit its header. */
export function unreadableRow(row: number, reason: string): RowIssue {
  return {
    row,
    id: null,
    kind: 'unreadable-row',
    field: null,
    message: `Expected the row to be one object or record, but: ${reason}. Mend the row; the others are used.`,
    dropped: true,
  };
}
