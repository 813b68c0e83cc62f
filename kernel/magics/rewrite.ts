/**
 * A cell with its magics as TypeScript. Each becomes a statement on its own line, and a whole cell's magic on the first
 * line, so that every other line stays where it was. The magic's own line has other columns.
 */

import { Edits } from '../engine/edits.ts';
import { findMagics } from './find-magics.ts';
import { type Place, statementOf } from './statement.ts';

export interface Rewritten {
  readonly code: string;
  /** For every line of `code` the cell's line, 1-based, that it came from. */
  readonly lines: readonly number[];
}

/** Throws `config/…` for a magic that there is not, or that is not used as it should be. */
export function rewriteMagics(cell: string, place: Place = 'cell'): Rewritten {
  const edits = new Edits(cell);
  for (const found of findMagics(cell)) {
    const { text, end } = statementOf(found, cell, place);
    edits.replace(found.start, end, text);
  }
  const code = edits.apply();
  return { code, lines: code.split('\n').map((_, index) => index + 1) };
}
