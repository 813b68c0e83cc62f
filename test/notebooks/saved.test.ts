/** The walkthroughs as people find them: their parts, their links, and nothing of the machine that made them. */

import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { NOTEBOOKS, readNotebooks } from './read-notebooks.ts';

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const FENCE = /```[\s\S]*?```/g;

test.each(['00-first-minute', '01-verify-one-program', '02-reward-and-how-to-cheat-it', '03-one-grpo-step-by-hand'])(
  'there is %s',
  (name) => expect(readNotebooks().map((notebook) => notebook.name)).toContain(name),
);

describe.each(readNotebooks())('$name', ({ text, kernel, cells, prose }) => {
  const code = cells.filter(({ cell_type }) => cell_type === 'code');
  const outputs = code.flatMap((cell) => cell.outputs);

  test('is for our kernel, and no two cells have the same id', () => {
    expect(kernel).toBe('evom');
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });

  test('begins with what there is to see and how long it takes', () => {
    expect(cells[0]).toMatchObject({ cell_type: 'markdown', source: expect.stringMatching(/^# /) });
    expect(cells[0]?.source).toContain('**What you will see.**');
    expect(cells[0]?.source).toContain('**How long it takes.**');
  });

  test('explains each thing that it does', () => {
    const runs = cells.map(({ cell_type }) => cell_type[0]).join('');
    expect(runs).not.toMatch(/cccc/);
  });

  test('has 2 or 3 exercises with folded solutions', () => {
    const exercises = prose.match(/^\*\*\d\.\*\*/gm) ?? [];
    expect([2, 3]).toContain(exercises.length);
    expect(prose.match(/<details><summary>Solution<\/summary>/g)).toHaveLength(exercises.length);
    expect(prose.match(/^<\/details>$/gm)).toHaveLength(exercises.length);
  });

  test('ends with the paper and with files of this repository', () => {
    const end = cells.at(-1)?.source ?? '';
    expect(end).toContain('https://arxiv.org/abs/2604.00442');
    expect(end).toMatch(/\]\(\.\.\/src\//);
  });

  test('was run to its end without a complaint, and shows a picture', () => {
    expect(code.filter((cell) => cell.outputs.length === 0)).toEqual([]);
    expect(outputs.filter(({ output_type, name }) => output_type === 'error' || name === 'stderr')).toEqual([]);
    expect(outputs.filter(({ data }) => data && 'image/png' in data)).not.toEqual([]);
  });

  test('has links that lead somewhere', () => {
    const targets = [...prose.replace(FENCE, '').matchAll(LINK)].map(([, target = '']) => target);
    const local = targets.filter((target) => !target.startsWith('https://'));
    expect(local).not.toEqual([]);
    expect(local.filter((target) => !leads(target, prose))).toEqual([]);
  });

  test('knows no folder of the machine that made it', () => {
    for (const folder of [PACKAGE_ROOT, `${tmpdir()}/evom`, `${homedir()}/`]) expect(text).not.toContain(folder);
  });
});

/** `file`, `file#heading` or `#heading`. */
function leads(target: string, own: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = join(NOTEBOOKS, file);
  if (!existsSync(path)) return false;
  if (anchor === undefined) return true;
  return headingsOf(file === '' ? own : readFileSync(path, 'utf8')).includes(decodeURIComponent(anchor));
}

/** As JupyterLab names them. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.trim().replaceAll(' ', '-'));
}
