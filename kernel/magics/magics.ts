/** Every magic there is. */

import { EvomError, expected } from '../../src/errors.ts';
import { nearest } from './arguments/nearest.ts';
import type { Magic, MagicKind } from './magic.ts';
import { policy, problems, solvers } from './table/choose.ts';
import { evaluate, rollouts, sql, transfer } from './table/judge.ts';
import { generate, reward, train, update, verify } from './table/loop.ts';
import { check, env, reset, strict, time, who } from './table/notebook.ts';
import { bash, load, npm, pip, python, writefile } from './table/shell.ts';
import { quote } from './write-call.ts';

/** Knows the others, and so has no file of its own. */
const lsmagic: Magic = {
  name: 'lsmagic',
  kinds: ['line'],
  summary: 'All magics.',
  flags: [],
  operands: null,
  examples: ['%lsmagic'],
  call: () => `console.log(${quote(listMagics())})`,
  script: null,
};

export const MAGICS: readonly Magic[] = [
  ...[solvers, problems, policy, generate, verify, reward, update, train, evaluate, transfer, rollouts, sql],
  ...[python, bash, time, who, reset, load, writefile, env, npm, pip, lsmagic, strict, check],
];

const BY_NAME: ReadonlyMap<string, Magic> = new Map(MAGICS.map((magic) => [magic.name, magic]));

export function isMagicName(name: string): boolean {
  return BY_NAME.has(name);
}

/** `%name`, `%%name`. */
export function spellings({ name, kinds }: Magic): readonly string[] {
  return kinds.map((kind) => spell(name, kind));
}

export function spell(name: string, kind: MagicKind): string {
  return `${kind === 'cell' ? '%%' : '%'}${name}`;
}

export function findMagic(name: string): Magic | null {
  return BY_NAME.get(name) ?? null;
}

/** Throws `config/unknown-magic`. */
export function magicNamed(name: string, kind: MagicKind): Magic {
  const magic = BY_NAME.get(name);
  if (magic) return magic;
  const known = MAGICS.flatMap(spellings);
  const meant = nearest(name, BY_NAME.keys());
  const next =
    meant === null ? '%lsmagic says what they do.' : `Did you mean ${spellings(magicNamed(meant, kind))[0]}?`;
  const message = expected('magic', `one of ${known.join(', ')}`, spell(name, kind), next);
  throw new EvomError('config', 'unknown-magic', message);
}

function listMagics(): string {
  const rows = MAGICS.map((magic) => ({ names: spellings(magic).join(', '), summary: magic.summary }));
  const width = Math.max(...rows.map(({ names }) => names.length));
  const lines = rows.map(({ names, summary }) => `${names.padEnd(width)}  ${summary}`);
  return [...lines, '', 'More of one: %name? or %%name?; the call that it stands for: --show.'].join('\n');
}
