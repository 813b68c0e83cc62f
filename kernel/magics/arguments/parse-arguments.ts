/** What follows a magic's name → a checked call, as every magic understands it. */

import { EvomError, expected } from '../../../src/errors.ts';
import type { Flag, Magic, MagicKind } from '../magic.ts';
import { spell, spellings } from '../magics.ts';
import { nearest } from './nearest.ts';
import { readFlag, readSwitch, readVariable } from './read-flag.ts';
import { splitWords, type Word } from './split-words.ts';

export interface Arguments {
  readonly operand: string | null;
  /** TypeScript expressions by the names of the call's options, in the order of the magic's flags. */
  readonly options: Readonly<Record<string, string>>;
  /** The variable that was asked for; null where none was. */
  readonly variable: string | null;
  /** `--show`: print the call. `help`: say what the magic does. */
  readonly mode: 'run' | 'show' | 'help';
}

/** Flags that every magic has, by the words that they are written with; `--as` where there is a result. */
export const COMMON_FLAGS: Readonly<Record<string, string>> = {
  '--as': 'the variable that the result is bound to',
  '--show': 'prints the call that the magic stands for',
  '--help': 'what you read here',
};

/** The flags of a magic as they are written. */
export function flagNames({ flags, operands, variable }: Magic): readonly string[] {
  const common = Object.keys(COMMON_FLAGS).filter((name) => name !== '--as' || variable !== undefined);
  return operands?.count === 'rest' ? ['--show', '--help'] : [...flags.map(({ name }) => `--${name}`), ...common];
}

/** Throws `config/…` that names what came, what is known, and what may have been meant. */
export function parseArguments(line: string, magic: Magic, kind: MagicKind): Arguments {
  if (magic.operands?.count === 'rest') return parseRest(line, magic, kind);
  const words = splitWords(line.replace(/;\s*$/, ''));
  const values = new Map<string, string>();
  const operands: string[] = [];
  let mode: Arguments['mode'] = 'run';
  let variable: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (!isFlag(word)) {
      operands.push(word.text);
      continue;
    }
    const [, name = '', given] = /^([^=]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    if (given === undefined && (name === '--help' || name === '-h')) mode = 'help';
    else if (given === undefined && name === '--show') mode = mode === 'help' ? mode : 'show';
    else {
      const flag = magic.flags.find((known) => `--${known.name}` === name);
      if (!flag && !(name === '--as' && magic.variable !== undefined)) throw unknownFlag(name, magic, kind);
      if (flag?.kind === 'switch') {
        values.set(flag.option, readSwitch(flag, given));
        continue;
      }
      const value = given ?? valueIn(words[++at]);
      if (value === null || value === '') throw missingValue(name, flag ?? null);
      if (flag) values.set(flag.option, readFlag(flag, value));
      else variable = readVariable(value);
    }
  }
  if (mode !== 'help') {
    checkOperands(operands, magic, kind);
    const missing = magic.flags.find(({ option, isRequired }) => isRequired && !values.has(option));
    if (missing) throw missingFlag(missing, magic, kind);
  }
  const given = magic.flags.flatMap(({ option }) => {
    const value = values.get(option);
    return value === undefined ? [] : [[option, value] as const];
  });
  return { operand: operands[0] ?? null, options: Object.fromEntries(given), variable, mode };
}

function parseRest(line: string, magic: Magic, kind: MagicKind): Arguments {
  const [, flag, rest = ''] = /^\s*(--help(?=\s*$)|-h(?=\s*$)|--show(?=\s|$))?(.*)$/s.exec(line) ?? [];
  const operand = rest.trim().replace(/\s*;$/, '');
  const mode = flag === undefined ? 'run' : flag === '--show' ? 'show' : 'help';
  if (operand !== '' && kind === 'cell') checkOperands([operand], { ...magic, operands: null }, kind);
  return { operand: operand === '' ? null : operand, options: {}, variable: null, mode };
}

function isFlag({ text, isQuoted }: Word): boolean {
  return !isQuoted && /^--?[A-Za-z]/.test(text);
}

/** `-1` is a value, `--n` is not. */
function valueIn(word: Word | undefined): string | null {
  return word === undefined || isFlag(word) ? null : word.text;
}

function unknownFlag(name: string, magic: Magic, kind: MagicKind): EvomError {
  const known = flagNames(magic);
  const spelt = spell(magic.name, kind);
  const meant = nearestFlag(name, magic);
  const next = meant === null ? `${spelt}? says what they do.` : `Did you mean ${meant}?`;
  const message = expected(`flag of ${spelt}`, `one of ${known.join(', ')}`, name, next);
  return new EvomError('config', 'unknown-flag', message);
}

/** The command line's words for the same are understood too: `--samples` is `--n`. */
function nearestFlag(name: string, magic: Magic): string | null {
  const words = new Map(flagNames(magic).map((flag) => [flag, flag]));
  for (const flag of magic.flags) {
    const word = `--${flag.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (!words.has(word)) words.set(word, `--${flag.name}`);
  }
  const near = nearest(
    name.replace(/^-+/, ''),
    [...words.keys()].map((word) => word.slice(2)),
  );
  return near === null ? null : (words.get(`--${near}`) ?? null);
}

function missingValue(name: string, flag: Flag | null): EvomError {
  const what = flag && 'values' in flag ? `one of ${flag.values.join(', ')}` : 'a value';
  const message = expected(name, `followed by ${what}`, 'nothing', `Write \`${name} VALUE\`.`);
  return new EvomError('config', 'missing-value', message);
}

function missingFlag({ name, summary }: Flag, magic: Magic, kind: MagicKind): EvomError {
  const next = `As in ${magic.examples[0]}.`;
  const message = expected(spell(magic.name, kind), `given --${name} (${summary})`, 'nothing', next);
  return new EvomError('config', 'missing-flag', message);
}

function checkOperands(given: readonly string[], magic: Magic, kind: MagicKind): void {
  const { operands } = magic;
  const spelt = spell(magic.name, kind);
  const [first, second] = given;
  if (operands === null && first !== undefined) {
    const next = `Its flags are ${flagNames(magic).join(', ')}.`;
    throw new EvomError('config', 'extra-operand', expected(spelt, 'followed by flags alone', first, next));
  }
  if (operands === null) return;
  if (second !== undefined) {
    const next = 'Put quotes around a name with spaces in it.';
    throw new EvomError('config', 'extra-operand', expected(spelt, `given one ${operands.name}`, second, next));
  }
  const isOutside = first !== undefined && operands.isClosed && !operands.values?.includes(first);
  if (first !== undefined && !isOutside) return;
  const meant = first === undefined ? null : nearest(first, operands.values ?? []);
  const next =
    meant === null ? `As in ${magic.examples[0]?.split('\n')[0] ?? spellings(magic)[0]}.` : `Did you mean ${meant}?`;
  throw new EvomError(
    'config',
    'bad-operand',
    expected(spelt, `followed by ${operands.name}`, first ?? 'nothing', next),
  );
}
