/** A magic as a statement of TypeScript. */

import { EvomError, expected } from '../../src/errors.ts';
import { type Arguments, parseArguments } from './arguments/parse-arguments.ts';
import type { FoundMagic } from './find-magics.ts';
import { helpText } from './help.ts';
import type { Magic, MagicCall } from './magic.ts';
import { isMagicName, magicNamed, spell } from './magics.ts';
import { scan } from './scan.ts';
import { quote } from './write-call.ts';

/** Where the statement is to run. In a cell the last expression is shown; a script prints every result. */
export type Place = 'cell' | 'script';

/**
 * The statement, and where what it stands for ends: what follows is comment. Throws `config/…` for a magic that is not
 * used as it should be.
 */
export function statementOf(
  found: FoundMagic,
  code: string,
  place: Place,
): { readonly text: string; readonly end: number } {
  const magic = magicNamed(found.name, found.kind);
  if (found.isHelp) return { text: printed(helpText(magic), place), end: found.end };
  checkKind(found, magic);
  const given = parseArguments(code.slice(found.argumentsStart, found.lineEnd), magic, found.kind);
  if (given.mode === 'help') return { text: printed(helpText(magic), place), end: found.end };
  const { body, end } = bodyOf(found, magic, code);
  const call: MagicCall = { kind: found.kind, operand: given.operand, options: given.options, body };
  if (given.mode === 'show') return { text: printed(bound(magic.call(call), magic, given).text, place), end };
  if (place === 'script' && magic.script === null) return { text: leftOut(code, found), end };
  const expression = place === 'script' && magic.script ? magic.script(call) : magic.call(call);
  const { text, shown } = bound(expression, magic, given);
  if (shown === null) return { text, end };
  if (place === 'cell' && found.isLast) return { text: `${text}${shown};`, end };
  return { text: `${text}${place === 'script' ? 'console.log' : 'await jupyter.display'}(${shown});`, end };
}

/** `shown`: what people are to see; null: there is no result. */
function bound(expression: string, { variable }: Magic, given: Arguments): { text: string; shown: string | null } {
  const name = given.variable ?? variable ?? null;
  if (name !== null) return { text: `var ${name} = ${expression}; `, shown: name };
  if (variable === null && given.mode === 'run') return { text: '', shown: expression };
  return { text: expression === '' ? '' : `${expression};`, shown: null };
}

/** Help is for whoever types; a script has nobody who asks. */
function printed(text: string, place: Place): string {
  return place === 'script' ? '' : `console.log(${quote(text.trim())});`;
}

function leftOut(code: string, { start, lineEnd }: FoundMagic): string {
  return `// ${code.slice(start, lineEnd).trim()}`;
}

function bodyOf({ kind, lineEnd, end }: FoundMagic, magic: Magic, code: string): { body: string | null; end: number } {
  if (kind === 'line' || magic.body === 'statements') return { body: null, end };
  const body = code.slice(lineEnd + 1, end);
  if (body.trim() === '') {
    const next = magic.kinds.includes('line') ? `Or write ${spell(magic.name, 'line')}.` : 'Write it on the next line.';
    const message = expected(spell(magic.name, kind), 'followed by a body', 'an empty cell', next);
    throw new EvomError('config', 'empty-cell', message);
  }
  if (magic.body !== 'expression') return { body, end };
  const { end: length } = scan(body, 0, isMagicName);
  return { body: body.slice(0, length).replace(/[;\s]+$/, ''), end: lineEnd + 1 + length };
}

function checkKind({ kind, name, isMisplaced }: FoundMagic, magic: Magic): void {
  if (isMisplaced) {
    const next = 'It takes the whole cell: give it a cell of its own.';
    const message = expected(spell(name, 'cell'), 'on the first line of its cell', 'another line', next);
    throw new EvomError('config', 'misplaced-magic', message);
  }
  if (magic.kinds.includes(kind)) return;
  const other = kind === 'line' ? 'cell' : 'line';
  const where = other === 'cell' ? 'on the first line of a cell' : 'as a line of its own';
  const message = expected(name, `written ${spell(name, other)}`, spell(name, kind), `Write it ${where}.`);
  throw new EvomError('config', 'wrong-magic-kind', message);
}
