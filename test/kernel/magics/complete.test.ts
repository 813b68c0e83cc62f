import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { completeMagic } from '../../../kernel/magics/complete.ts';
import { inspectMagic } from '../../../kernel/magics/inspect.ts';

/** `|` is the cursor. */
function complete(
  marked: string,
): { readonly replaced: string; readonly texts: readonly string[]; kinds: string } | null {
  const offset = marked.indexOf('|');
  const code = marked.replace('|', '');
  const found = completeMagic(code, offset);
  if (found === null) return null;
  const kinds = [...new Set(found.items.map(({ kind }) => kind))].join();
  return { replaced: code.slice(found.start, found.end), texts: found.items.map(({ text }) => text), kinds };
}

test('names, on the first line those of whole cells too', () => {
  expect(complete('%so|')).toEqual({ replaced: '%so', texts: ['%solvers'], kinds: 'magic' });
  expect(complete('%gen|')?.texts).toEqual(['%generate', '%%generate']);
  expect(complete('%%ge|')).toEqual({ replaced: '%%ge', texts: ['%%generate'], kinds: 'magic' });
  expect(complete('f()\n  %gen|')).toEqual({ replaced: '%gen', texts: ['%generate'], kinds: 'magic' });
  expect(complete('%|')?.texts).toContain('%%writefile');
  expect(complete('f()\n%|\ng()')?.texts).toEqual(expect.arrayContaining(['%who', '%time']));
  expect(complete('f()\n%|')?.texts).not.toContain('%%time');
  expect(complete('%ti|me f()')).toEqual({ replaced: '%ti', texts: ['%time', '%%time'], kinds: 'magic' });
});

test('flags that are not there yet', () => {
  expect(complete('%generate --te|')).toEqual({ replaced: '--te', texts: ['--temperature'], kinds: 'flag' });
  const flags = complete('%generate --n 4 --|')?.texts;
  expect(flags).toEqual(expect.arrayContaining(['--solver', '--as', '--show', '--help']));
  expect(flags).not.toContain('--n');
  expect(complete('%generate |')).toMatchObject({ replaced: '', kinds: 'flag' });
});

test('values: solvers, objectives, policies, problem sets', () => {
  expect(complete('%generate --solver g|')).toEqual({ replaced: 'g', texts: ['gurobi'], kinds: 'solver' });
  expect(complete('%generate --solver=hi|')).toEqual({ replaced: 'hi', texts: ['highs'], kinds: 'solver' });
  expect(complete('%evaluate --solver highs,|')).toMatchObject({ replaced: '', kinds: 'solver' });
  expect(complete('%evaluate --solver highs,|')?.texts).toEqual(['gurobi', 'ortools', 'copt', 'scip']);
  expect(complete('%train --algo |')?.texts).toEqual(['grpo', 'dapo', 'dr-grpo']);
  expect(complete('%policy |')?.texts).toEqual(expect.arrayContaining(['tiny', 'scripted']));
  const sets = { replaced: 'ti', texts: ['tiny', 'tiny-held-out'], kinds: 'problem set' };
  expect(complete('%problems ti|')).toEqual(sets);
  expect(complete('%policy scr|')).toEqual({ replaced: 'scr', texts: ['scripted'], kinds: 'policy' });
  expect(complete('%check |')?.texts.slice(0, 3)).toEqual(['before', 'after', 'off']);
  expect(complete('%generate --n |')?.texts).toEqual([]);
  expect(complete('%npm in|')?.texts).toEqual(['install']);
});

test('the runs that are there, where a policy or a run is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evom-complete-'));
  const before = process.cwd();
  mkdirSync(join(folder, 'runs/first'), { recursive: true });
  writeFileSync(join(folder, 'runs/first/manifest.json'), '{}');
  mkdirSync(join(folder, 'runs/no-run'));
  try {
    process.chdir(folder);
    expect(complete('%policy |')?.texts.slice(0, 3)).toEqual(['tiny', 'scripted', 'first']);
    expect(complete('%rollouts --run f|')).toEqual({ replaced: 'f', texts: ['first'], kinds: 'value' });
    expect(complete('%train --run=|')?.texts).toEqual(['first']);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
});

test.each([
  'a.|',
  '`\n%so|`',
  'a\n% b|',
  'f(\n%so|',
  '%%bash\nls |',
  '%%reward --name x\n(input) => inp|',
  '%time f(|',
  '%time const x = --y + |',
  '%nonsense --|',
  '%npm install a|',
])('nothing in %j', (marked) => {
  expect(complete(marked)).toBeNull();
});

test('help of the magic under the cursor, and of none in TypeScript', () => {
  expect(inspectMagic('f()\n%generate --n 4', 9)).toContain('--temperature N');
  expect(inspectMagic('%%generate --n 4\ntext', 3)).toContain('The policy writes programs');
  expect(inspectMagic('%%generate --n 4\ntext', 19)).toBeNull();
  expect(inspectMagic('f()\n%generate', 2)).toBeNull();
  expect(inspectMagic('%time f()', 3)).toContain('How long');
  expect(inspectMagic('%time f()', 7)).toBeNull();
  expect(inspectMagic('%nonsense', 3)).toBeNull();
});
