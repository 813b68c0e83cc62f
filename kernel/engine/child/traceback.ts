/** What was thrown, for people: places in cells, the line with a mark under it, and causes. */

import { inspect } from 'node:util';
import { BOLD, GREY, marked, PLAIN, type Place, RED } from '../../marked-place.ts';
import type { CompiledCell } from '../compile-cell.ts';
import type { CellError } from '../engine.ts';
import { CellSyntaxError } from '../parse-cell.ts';

/** An error caused by an error, and so on. */
const CAUSES = 5;
/** Of an error of many, so many are told. */
const PARTS = 5;

/** The cells that ran, by the name that stack traces give them. */
export class CellSources {
  readonly #cells = new Map<string, { readonly source: string; readonly compiled: CompiledCell }>();

  add(name: string, source: string, compiled: CompiledCell): void {
    this.#cells.set(name, { source, compiled });
  }

  /** `[3]:1:7` in the compiled cell as a place in the cell, with its line; null where it is no cell's. */
  placeOf(name: string, line: number, column: number): Place | null {
    const cell = this.#cells.get(name);
    if (cell === undefined) return null;
    const [cellLine, cellColumn] = cell.compiled.originOf(line, column);
    return { name, line: cellLine, column: cellColumn, text: cell.source.split('\n')[cellLine - 1] ?? '' };
  }
}

export function cellError(thrown: unknown, name: string, source: string, sources: CellSources): CellError {
  try {
    return told(thrown, name, source, sources);
  } catch {
    const evalue = 'What was thrown cannot be told: looking at it throws.';
    return { ename: 'Thrown', evalue, traceback: [title('Thrown', evalue)] };
  }
}

function told(thrown: unknown, name: string, source: string, sources: CellSources): CellError {
  if (thrown instanceof CellSyntaxError) {
    const { line, column, message } = thrown;
    const place = { name, line, column, text: source.split('\n')[line - 1] ?? '' };
    return { ename: 'SyntaxError', evalue: message, traceback: [title('SyntaxError', message), ...marked(place)] };
  }
  const { ename, evalue } = named(thrown);
  return { ename, evalue, traceback: described(thrown, sources, CAUSES) };
}

function described(thrown: unknown, sources: CellSources, causes: number): readonly string[] {
  const { ename, evalue } = named(thrown);
  const stack = thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !isInternal(line));
  const placed = frames.map((frame) => readFrame(frame, sources));
  const first = placed.find(({ place }) => place !== null)?.place;
  const cause = thrown instanceof Error && causes > 0 ? thrown.cause : undefined;
  return [
    title(ename, evalue),
    ...(first ? marked(first) : []),
    ...placed.map(({ text }) => text),
    ...(cause === undefined ? [] : ['', 'Caused by:', ...described(cause, sources, causes - 1)]),
    ...partsOf(thrown).flatMap((part) => ['', 'One of them:', ...described(part, sources, 0)]),
  ];
}

/** An error of many has them as its parts, `Promise.any`'s for one. */
function partsOf(thrown: unknown): readonly unknown[] {
  return thrown instanceof AggregateError ? thrown.errors.slice(0, PARTS) : [];
}

function named(thrown: unknown): Pick<CellError, 'ename' | 'evalue'> {
  if (thrown instanceof Error) return { ename: thrown.name || 'Error', evalue: thrown.message };
  return { ename: 'Thrown', evalue: typeof thrown === 'string' ? thrown : inspect(thrown) };
}

function title(ename: string, evalue: string): string {
  return `${RED}${BOLD}${ename}${PLAIN}: ${evalue}`;
}

function readFrame(frame: string, sources: CellSources): { readonly text: string; readonly place: Place | null } {
  const match = /\(?(\[[^\]]+\]):(\d+):(\d+)\)?$/.exec(frame);
  const place = match ? sources.placeOf(match[1] as string, Number(match[2]), Number(match[3])) : null;
  if (match === null || place === null) return { text: `${GREY}${frame}${PLAIN}`, place: null };
  const where = `${place.name}:${place.line}:${place.column}`;
  return { text: frame.replace(/\[[^\]]+\]:\d+:\d+/, where), place };
}

/** Ours and Node's own: they say nothing about the cell. */
function isInternal(frame: string): boolean {
  return frame.includes('node:internal/') || frame.includes('node:inspector') || frame.includes(INTERNAL_FOLDER);
}

const INTERNAL_FOLDER = new URL('./', import.meta.url).href;
