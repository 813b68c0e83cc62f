/** What a magic does, as text: how it is written, its flags, examples, and the call that it stands for. */

import { COMMON_FLAGS, flagNames } from './arguments/parse-arguments.ts';
import type { Flag, Magic } from './magic.ts';
import { spellings } from './magics.ts';

export function helpText(magic: Magic): string {
  const { operands, flags, variable, summary, examples } = magic;
  const names = flagNames(magic);
  const operand = operands === null ? '' : ` ${operands.name}`;
  const rows: (readonly [string, string])[] = [
    ...(operands?.summary ? [[operands.name, operands.summary] as const] : []),
    ...flags.map((flag) => [written(flag), described(flag)] as const),
    ...names.flatMap((name) =>
      COMMON_FLAGS[name] ? [[name === '--as' ? '--as NAME' : name, common(name, variable)] as const] : [],
    ),
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    ...spellings(magic).map((spelt) => `${spelt}${operand} [flags]`),
    '',
    summary,
    '',
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    '',
    'Examples:',
    ...examples.flatMap((example) => example.split('\n').map((line) => `  ${line}`)),
  ].join('\n');
}

function written(flag: Flag): string {
  const value = { number: ' N', text: ' TEXT', choice: ' NAME', choices: ' NAMES', switch: '' }[flag.kind];
  return `--${flag.name}${value}`;
}

function described(flag: Flag): string {
  return 'values' in flag ? `${flag.summary}: ${flag.values.join(', ')}` : flag.summary;
}

function common(name: string, variable: string | null | undefined): string {
  const summary = COMMON_FLAGS[name] ?? '';
  return name === '--as' && variable ? `${summary}; default ${variable}` : summary;
}
