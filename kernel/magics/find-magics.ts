/** The magics of a cell, with their places. Offsets are UTF-16 code units. */

import type { Magic, MagicKind } from './magic.ts';
import { findMagic, isMagicName } from './magics.ts';
import { type ScannedMagic, scan } from './scan.ts';

export interface FoundMagic {
  readonly kind: MagicKind;
  /** Null where no magic has this name. */
  readonly magic: Magic | null;
  readonly name: string;
  /** `%name?` asks what it does. */
  readonly isHelp: boolean;
  /** Of its first `%`. */
  readonly start: number;
  /** Where what follows the name begins. */
  readonly argumentsStart: number;
  /** The line's end, without its line break. */
  readonly lineEnd: number;
  /** Where all of it ends: a cell's magic at the cell's end, but for one whose body stays as statements. */
  readonly end: number;
  /** A `%%name` that is not on the first line. */
  readonly isMisplaced: boolean;
  /** Whether nothing but comments follows. */
  readonly isLast: boolean;
}

/** Never throws: a cell that is being typed may be anything. */
export function findMagics(code: string): readonly FoundMagic[] {
  const start = code.search(/\S/);
  const [line] = /^%%[A-Za-z][\w-]*(?=[\s;?]|$)[^\n]*/.exec(code.slice(Math.max(0, start))) ?? [];
  if (line === undefined) return findLines(code, 0);
  const end = start + line.length;
  const cell = describe(code, { start, end }, 'cell');
  const isWhole = cell.magic?.body !== 'statements' || cell.isHelp;
  return isWhole ? [{ ...cell, end: code.length, isLast: true }] : [cell, ...findLines(code, end)];
}

function findLines(code: string, from: number): readonly FoundMagic[] {
  const { magics, end } = scan(code, from, isMagicName);
  return magics.map((line) => {
    const isMisplaced = code.startsWith('%%', line.start);
    return { ...describe(code, line, isMisplaced ? 'cell' : 'line'), isMisplaced, isLast: line.end === end };
  });
}

function describe(code: string, { start, end }: ScannedMagic, kind: MagicKind): FoundMagic {
  const [head, name = ''] = /^%%?([\w-]+)\??/.exec(code.slice(start, end)) as RegExpExecArray;
  const place = { start, argumentsStart: start + head.length, lineEnd: end, end, isMisplaced: false, isLast: false };
  return { kind, magic: findMagic(name), name, isHelp: head.endsWith('?'), ...place };
}
