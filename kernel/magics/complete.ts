/** Completions in a magic's line: its name, its flags, their values. The rest is for the language service. */

import type { Completions } from '../engine/engine.ts';
import { flagNames } from './arguments/parse-arguments.ts';
import { findMagics } from './find-magics.ts';
import type { Flag, Magic, MagicKind } from './magic.ts';
import { MAGICS, spell } from './magics.ts';

/** What a value is of, by the flag or the magic that takes it; else it is a `value`. */
const VALUE_KINDS = { solver: 'solver', policy: 'policy', problems: 'problem set' } as const;

type Kind = 'magic' | 'flag' | 'value' | (typeof VALUE_KINDS)[keyof typeof VALUE_KINDS];

/** Null where the cursor is in no magic, or in what is TypeScript. */
export function completeMagic(code: string, offset: number): Completions | null {
  return completeName(code, offset) ?? completeArgument(code, offset);
}

function completeName(code: string, offset: number): Completions | null {
  const lineStart = code.lastIndexOf('\n', offset - 1) + 1;
  const [, indent = '', signs = '', typed = ''] = /^(\s*)(%%?)([\w-]*)$/.exec(code.slice(lineStart, offset)) ?? [];
  if (signs === '') return null;
  const start = lineStart + indent.length;
  // Where a name that is known would be a magic, one that is not yet whole is going to be.
  const [, rest = ''] = /^[\w-]*(.*)$/s.exec(code.slice(offset)) ?? [];
  const trial = `${code.slice(0, start)}%who\n${rest.replace(/^[^\n]*/, '')}`;
  if (!findMagics(trial).some((magic) => magic.start === start)) return null;
  const kinds: readonly MagicKind[] = code.slice(0, start).trim() !== '' ? ['line'] : ['line', 'cell'];
  const names = MAGICS.flatMap(({ name, kinds: has }) =>
    kinds.filter((kind) => has.includes(kind)).map((kind) => spell(name, kind)),
  );
  return completions(start, offset, 'magic', names, `${signs}${typed}`, signs.length === 1 ? `%%${typed}` : null);
}

function completeArgument(code: string, offset: number): Completions | null {
  const found = findMagics(code).find(({ argumentsStart, lineEnd }) => argumentsStart < offset && offset <= lineEnd);
  const magic = found?.magic;
  if (!found || !magic) return null;
  const before = code.slice(found.argumentsStart, offset);
  const [typed = ''] = /\S*$/.exec(before) ?? [];
  const isFirstWord = before.trim() === typed;
  if (magic.operands?.count === 'rest' && !isFirstWord) return null;
  if (magic.body === 'statements' && !typed.startsWith('-')) return null; // an expression

  const [, named, part] = /^(--[\w-]+)=(.*)$/.exec(typed) ?? [];
  const [, previous] = /(?:^|\s)(--[\w-]+)\s+\S*$/.exec(before) ?? [];
  const flag = flagOf(magic, named ?? previous);
  if (flag !== null && flag.kind !== 'switch') return completeValue(flag, offset, part ?? typed);
  if (typed.startsWith('-')) {
    const used = new Set(before.slice(0, before.length - typed.length).match(/--[\w-]+/g));
    const names = flagNames(magic).filter((name) => !used.has(name));
    return completions(offset - typed.length, offset, 'flag', names, typed);
  }
  if ((named ?? previous) === '--as') return completions(offset, offset, 'value', [], '');
  const known = [...(magic.operands?.values ?? []), ...(magic.operands?.suggest?.() ?? [])];
  const words = completions(offset - typed.length, offset, valueKind(magic.name), known, typed);
  const flags = typed === '' ? completions(offset, offset, 'flag', flagNames(magic), '').items : [];
  return { ...words, items: [...words.items, ...flags] };
}

function flagOf({ flags }: Magic, written: string | undefined): Flag | null {
  return flags.find(({ name }) => `--${name}` === written) ?? null;
}

function completeValue(flag: Flag, offset: number, typed: string): Completions {
  const values = 'values' in flag ? flag.values : 'suggest' in flag ? (flag.suggest?.() ?? []) : [];
  const given = flag.kind === 'choices' ? typed.split(',') : [typed];
  const last = given.at(-1) ?? '';
  const left = values.filter((value) => !given.slice(0, -1).includes(value));
  return completions(offset - last.length, offset, valueKind(flag.name), left, last);
}

function valueKind(name: string): Kind {
  return Object.hasOwn(VALUE_KINDS, name) ? VALUE_KINDS[name as keyof typeof VALUE_KINDS] : 'value';
}

/** Those that begin as one of what was typed. */
function completions(
  start: number,
  end: number,
  kind: Kind,
  texts: readonly string[],
  ...typed: readonly (string | null)[]
): Completions {
  const fitting = texts.filter((text) => typed.some((prefix) => prefix !== null && text.startsWith(prefix)));
  return { start, end, items: fitting.map((text) => ({ text, kind })) };
}
