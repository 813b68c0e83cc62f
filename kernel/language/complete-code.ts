import type { Completions } from '../engine/engine.ts';
import { completeSpecifier } from './complete-specifier.ts';
import { readCell } from './read-cell.ts';
import { specifierAt, stringAt } from './strings.ts';
import { PREFIX, type Tslab } from './tslab.ts';

/** A front end shows a few; more only takes time. */
const MOST = 200;

export function completeCode(
  { ts, complete }: Tslab,
  { folder, declarations, code, offset }: CompleteOptions,
): Completions {
  const { file } = readCell(ts, code);
  if (ts.isInComment(file, offset + PREFIX.length)) return { start: offset, end: offset, items: [] };
  const specifier = specifierAt(ts, file, offset);
  if (specifier) {
    const { start, end } = specifier;
    return { start, end, items: completeSpecifier(folder, code.slice(start, offset)).slice(0, MOST) };
  }

  const { candidates, original, ...place } = complete(declarations, code, offset);
  const string = stringAt(ts, file, offset);
  const { start, end } = string ?? place;
  const names = string ? candidates.filter((name) => name.startsWith(code.slice(start, offset))) : candidates;
  const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind]));
  const items = [...new Set(names)].slice(0, MOST).map((text) => ({ text, kind: kinds.get(text) ?? '' }));
  return { start, end, items };
}

export interface CompleteOptions {
  readonly folder: string;
  readonly declarations: string;
  readonly code: string;
  readonly offset: number;
}
