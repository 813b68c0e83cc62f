/** The values of flags: texts → TypeScript expressions. */

import { parse } from 'acorn';
import { EvomError, expected } from '../../../src/errors.ts';
import { numberOption } from '../../../src/number-options.ts';
import type { Flag } from '../magic.ts';
import { quote } from '../write-call.ts';
import { nearest } from './nearest.ts';

/** A value as TypeScript. Throws `config/bad-<flag>`. */
export function readFlag(flag: Exclude<Flag, { readonly kind: 'switch' }>, text: string): string {
  switch (flag.kind) {
    case 'number':
      return String(numberOption(flag.name, flag.range)(text));
    case 'text':
      return (flag.write ?? quote)(text);
    case 'choice':
      return quote(chosen(flag.name, text, flag.values));
    case 'choices': {
      const names = text.split(',').map((part) => chosen(flag.name, part.trim(), flag.values));
      return `[${[...new Set(names)].map(quote).join(', ')}]`;
    }
  }
}

/** `--name`, or `--name=false`. */
export function readSwitch({ name }: Flag, given: string | undefined): string {
  return given === undefined ? 'true' : chosen(name, given, ['true', 'false']);
}

function chosen(name: string, text: string, values: readonly string[]): string {
  if (values.includes(text)) return text;
  const meant = nearest(text, values);
  const next = meant === null ? 'Name one of these.' : `Did you mean ${meant}?`;
  const message = expected(`--${name}`, `one of ${values.join(', ')}`, text, next);
  throw new EvomError('config', `bad-${name}`, message);
}

/** What `--as` is given. */
export function readVariable(text: string): string {
  try {
    if (!/^[\p{ID_Continue}$]+$/u.test(text)) throw new SyntaxError();
    parse(`let ${text}`, { ecmaVersion: 'latest', sourceType: 'module' });
    return text;
  } catch {
    const next = 'Take letters and digits, such as best2.';
    throw new EvomError('config', 'bad-as', expected('--as', 'the name of a variable', text, next));
  }
}
