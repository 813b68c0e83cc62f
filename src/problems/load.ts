/** A file of problems → a {@link ProblemSet}: read, recognised, checked, and given its label-set version. */

import { EvomError, expected } from '../errors.ts';
import type { ProblemSet, RowIssue } from '../types.ts';
import { resolveProblems } from './benchmark-folder.ts';
import { checkRows } from './check-rows.ts';
import { detectFormat, FORMATS, formatNamed } from './formats/detect.ts';
import type { FormatName, ProblemFormat } from './formats/format.ts';
import { labelSetOf } from './label-set.ts';
import { readRows } from './read-rows.ts';
import type { NumberedRow } from './text-rows.ts';

export interface LoadOptions {
  /** Default: found from the fields of the first rows. */
  readonly format?: FormatName;
  /** The set's name, for ids and scores. Default: the public set's name, or the file's without its ending. */
  readonly name?: string;
  /** Where public sets lie. Default: `$EVOM_BENCHMARKS`, or `~/.cache/evom/benchmarks`. */
  readonly folder?: string;
}

/**
 * Loads a file by its path, or a public set by `{ name }`. Rows that cannot be used are in `issues`; the others are used.
 * Rejects with an {@link EvomError} where there is nothing to use: no file, an empty one, or one in no known format.
 */
export async function loadProblems(
  source: string | { readonly name: string },
  options: LoadOptions = {},
): Promise<ProblemSet> {
  const { path, name, format } = await locate(source, options);
  const { rows, issues } = await readRows(path);
  if (rows.length === 0 && issues.length === 0) {
    const next = 'The file is empty, or holds only a header.';
    throw new EvomError('problem', 'empty-file', expected('file', 'a file of problems', path, next));
  }
  if (rows.length === 0) return toSet(name, [], issues);
  const { problems, issues: found } = checkRows(rows, chooseFormat(rows, format, path), name);
  return toSet(name, problems, [...issues, ...found]);
}

async function locate(
  source: string | { readonly name: string },
  { format, name, folder }: LoadOptions,
): Promise<{ readonly path: string; readonly name: string; readonly format: FormatName | null }> {
  if (typeof source === 'string') return { path: source, name: name ?? stemOf(source), format: format ?? null };
  const resolved = await resolveProblems(source.name, folder === undefined ? {} : { folder });
  return { path: resolved.path, name: name ?? resolved.name, format: format ?? resolved.format };
}

function chooseFormat(rows: readonly NumberedRow[], name: FormatName | null, path: string): ProblemFormat {
  const known = FORMATS.map((format) => `  ${format.name.padEnd(13)} ${format.summary}`).join('\n');
  if (name !== null) {
    const named = formatNamed(name);
    if (named !== undefined) return named;
    throw new EvomError('problem', 'unknown-format', expected('format', 'one of these', name, `\n${known}`));
  }
  const values = rows.map(({ value }) => value);
  const detected = detectFormat(values);
  if (detected !== null) return detected;
  const fields = Object.keys(values[0] ?? {}).join(', ');
  const next = `Rename the fields of ${path} to those of a format, or name one by --format:\n${known}`;
  throw new EvomError('problem', 'unknown-format', expected('fields', 'those of a known format', fields, next));
}

function toSet(
  name: string,
  checked: ReturnType<typeof checkRows>['problems'],
  issues: readonly RowIssue[],
): ProblemSet {
  return {
    name,
    labelSet: labelSetOf(checked.map(({ problem, givenId }) => ({ ...problem, id: givenId }))),
    problems: checked.map(({ problem }) => problem),
    issues: issues.toSorted((left, right) => left.row - right.row),
  };
}

function stemOf(path: string): string {
  const base = path.split(/[\\/]/).at(-1) ?? path;
  return base.replace(/\.(jsonl|ndjson|json|csv|parquet)$/i, '');
}
