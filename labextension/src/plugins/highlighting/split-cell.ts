/**
 * A cell as the parts that are coloured apart: magics' names, flags and values, the bodies of `%%` magics, and what is left,
 * which is TypeScript. Pure. Lines are told by their beginnings alone: a line in a template literal that looks like a magic
 * is coloured as one, and a remainder that begins its line with `%name` too. The kernel decides; this only colours.
 */

import { own } from '../../own.ts';

export type PartKind = 'name' | 'flag' | 'value' | 'number' | 'python' | 'prose' | 'typescript';

export interface Part {
  readonly kind: PartKind;
  readonly from: number;
  readonly to: number;
}

const LINE = /^[^\S\n]*(%%?[A-Za-z][\w-]*\??)(?=[\s;]|$)([^\n]*)/;
/** Of a magic that takes the rest of the cell; `typescript` for those that are not here. */
const BODIES: Readonly<Record<string, PartKind>> = {
  '%%verify': 'python',
  '%%python': 'python',
  '%%generate': 'prose',
  '%%bash': 'prose',
  '%%writefile': 'prose',
};
const WORD = /(--[\w-]+)|([^\s=]+)/g;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/** In order, none of them empty. */
export function splitCell(text: string): readonly Part[] {
  const parts: Part[] = [];
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    const line = LINE.exec(text.slice(at));
    if (line === null) {
      at = nextLine(text, at);
      continue;
    }
    const [all, name = '', rest = ''] = line;
    if (at > plain) parts.push({ kind: 'typescript', from: plain, to: at });
    const end = at + all.length;
    const start = end - rest.length;
    parts.push({ kind: 'name', from: start - name.length, to: start }, ...wordsOf(rest, start));
    const isCellMagic = name.startsWith('%%') && text.slice(0, at).trim() === '';
    at = nextLine(text, end);
    plain = at;
    const body = own(BODIES, name);
    if (!isCellMagic || body === undefined) continue;
    if (at < text.length) parts.push({ kind: body, from: at, to: text.length });
    return parts;
  }
  if (plain < text.length) parts.push({ kind: 'typescript', from: plain, to: text.length });
  return parts;
}

function wordsOf(rest: string, start: number): readonly Part[] {
  return [...rest.matchAll(WORD)].map(({ 0: word, 1: flag, index }) => {
    const kind = flag !== undefined ? 'flag' : NUMBER.test(word) ? 'number' : 'value';
    return { kind, from: start + index, to: start + index + word.length };
  });
}

/** After the line break at or after `at`. */
function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
