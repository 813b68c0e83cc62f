/**
 * CSV (RFC 4180: comma, `"` doubled inside quotes, line breaks inside quotes) → rows, by the physical line on which each
 * record starts. Pure. Our own 60 lines because DuckDB's reader, when told to go on past a broken row, swallows what
 * follows an open quote without a word and does not number the rows it keeps.
 */

import type { RowIssue } from '../types.ts';
import type { NumberedRow, RowsRead } from './text-rows.ts';
import { unreadableRow } from './text-rows.ts';

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** Null where the record is whole. */
  readonly broken: string | null;
}

/** Rows by the header's names. A short record leaves the last fields out; a long one is an issue. */
export function readCsvRows(text: string): RowsRead {
  const [header, ...records] = csvRecords(text);
  const names = header?.fields.map((name) => name.trim()) ?? [];
  const rows: NumberedRow[] = [];
  const issues: RowIssue[] = [];
  if (header !== undefined && header.broken !== null) issues.push(unreadableRow(header.line, header.broken));
  for (const { line, fields, broken } of records) {
    const reason =
      broken ?? (fields.length > names.length ? `${fields.length} fields for ${names.length} names` : null);
    if (reason !== null) issues.push(unreadableRow(line, reason));
    else rows.push({ row: line, value: Object.fromEntries(fields.map((field, index) => [names[index] ?? '', field])) });
  }
  return { rows, issues };
}

function csvRecords(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let position = 0;
  let line = 1;
  while (position < text.length) {
    const { fields, end, broken } = readRecord(text, position);
    const isBlank = fields.length === 1 && fields[0]?.trim() === '' && broken === null;
    if (!isBlank) records.push({ line, fields, broken });
    line += text.slice(position, end).split('\n').length - 1;
    position = end;
  }
  return records;
}

/** One field, with whatever ends it: a quoted text or a bare one. */
const FIELD = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<bare>[^,\r\n]*))(?<stop>,|\r?\n|\r|$)/y;

function readRecord(
  text: string,
  start: number,
): { readonly fields: readonly string[]; readonly end: number; readonly broken: string | null } {
  const fields: string[] = [];
  for (let position = start; ; ) {
    FIELD.lastIndex = position;
    const groups = FIELD.exec(text)?.groups;
    const isOpenQuote = groups?.['bare']?.startsWith('"') === true;
    if (groups === undefined || isOpenQuote) {
      const lineEnd = text.indexOf('\n', position);
      const end = lineEnd === -1 ? text.length : lineEnd + 1;
      return { fields, end, broken: 'a quoted field is not closed, or goes on after its closing quote' };
    }
    fields.push(groups['quoted']?.replaceAll('""', '"') ?? groups['bare'] ?? '');
    position = FIELD.lastIndex;
    if (groups['stop'] !== ',') return { fields, end: position, broken: null };
  }
}
