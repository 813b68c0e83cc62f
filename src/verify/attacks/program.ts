import { readFileSync } from 'node:fs';
import type { SolverName } from '../../types.ts';

const PRELUDE = read('prelude');
const ADAPTERS: Readonly<Record<SolverName, string>> = {
  gurobi: read('gurobi'),
  ortools: read('ortools'),
  copt: read('copt'),
  highs: read('highs'),
  scip: read('scip'),
};

/** A whole attack program: what every attack shares, the solver's adapter, then the attack's own lines. */
export function attackProgram(solver: SolverName, body: string): string {
  return `${PRELUDE}\n${ADAPTERS[solver]}\n${body}\n`;
}

/**
 * Python in a template: its common indentation is taken off, and a value of several lines is indented like its place.
 *
 *     python`
 *       print(${1})
 *     `
 */
export function python(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let text = strings.raw[0] ?? '';
  for (const [index, value] of values.entries()) {
    const indent = /[^\n]*$/.exec(text)?.[0].match(/^ */)?.[0] ?? '';
    text += String(value).replaceAll('\n', `\n${indent}`) + (strings.raw[index + 1] ?? '');
  }
  const lines = text.split('\n').slice(1);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines
    .map((line) => line.slice(common))
    .join('\n')
    .trimEnd();
}

function read(name: string): string {
  return readFileSync(new URL(`python/${name}.py`, import.meta.url), 'utf8');
}
