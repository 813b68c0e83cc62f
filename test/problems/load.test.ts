import { describe, expect, test } from 'vitest';
import { loadProblems } from '../../src/problems/load.ts';
import type { ProblemSet } from '../../src/types.ts';
import { makeFile, makeFolder } from './folder.ts';

async function load(lines: readonly unknown[], name = 'tiny.jsonl'): Promise<ProblemSet> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return loadProblems(await makeFile(name, text));
}

const lamp = { en_question: 'A shop sells 3 lamps.', en_answer: '7.0' };
const desk = { en_question: 'A shop sells 4 desks.', en_answer: 'No Best Solution' };

describe('loadProblems', () => {
  test('gives each problem an id, its text, its answer and its source', async () => {
    const set = await load([lamp, desk]);
    expect(set).toMatchObject({ name: 'tiny', issues: [] });
    expect(set.problems).toStrictEqual([
      { id: 'tiny/1', text: 'A shop sells 3 lamps.', answer: 7, source: 'tiny' },
      { id: 'tiny/2', text: 'A shop sells 4 desks.', answer: 'no-solution', source: 'tiny' },
    ]);
  });

  test('good rows are still used, and every odd row is reported by its line', async () => {
    const set = await load([
      lamp,
      '{"en_question":',
      { ...desk, en_answer: 'seven' },
      { ...desk, en_question: ' \n' },
      { en_question: 'No label 1.' },
      { en_question: 'Null label 1.', en_answer: null },
      { en_answer: 3 },
      { en_question: ['x'], en_answer: 3 },
      { ...desk, en_answer: Number.NaN },
      desk,
    ]);
    expect(set.problems.map(({ id }) => id)).toStrictEqual(['tiny/1', 'tiny/10']);
    expect(set.issues.map(({ row, kind, field }) => [row, kind, field])).toStrictEqual([
      [2, 'unreadable-row', null],
      [3, 'unreadable-label', 'en_answer'],
      [4, 'empty-text', 'en_question'],
      [5, 'missing-field', 'en_answer'],
      [6, 'missing-field', 'en_answer'],
      [7, 'missing-field', 'en_question'],
      [8, 'missing-field', 'en_question'],
      [9, 'missing-field', 'en_answer'],
    ]);
    expect(set.issues.every(({ dropped }) => dropped)).toBe(true);
    expect(set.issues[1]?.message).toContain('seven');
  });

  test('a repeated text is reported up to case, white space and a literal \\n, and both rows are used', async () => {
    const set = await load([lamp, { en_question: ' a SHOP  sells\\n3\u00a0lamps. ', en_answer: 7 }]);
    expect(set.problems).toHaveLength(2);
    expect(set.issues).toMatchObject([{ row: 2, kind: 'duplicate-text', dropped: false }]);
  });

  test('the same text with two labels is a conflict that names both', async () => {
    const set = await load([lamp, { ...lamp, en_answer: 'infeasible' }]);
    expect(set.problems).toHaveLength(2);
    expect(set.issues).toMatchObject([{ row: 2, kind: 'conflicting-label', field: 'en_answer', dropped: false }]);
    expect(set.issues[0]?.message).toMatch(/row 1.*`7`.*`infeasible`/);
  });

  test('a repeated id is reported, and ids are unique all the same', async () => {
    const rows = ['x', 'x', 'x#2', 'x'].map((id, index) => ({ id, text: `Buy ${index} lamps.`, answer: index }));
    const set = await load(rows);
    expect(set.problems.map(({ id }) => id)).toStrictEqual(['x', 'x#2', 'x#2#2', 'x#3']);
    expect(set.issues.map(({ row, kind }) => [row, kind])).toStrictEqual([
      [2, 'duplicate-id'],
      [3, 'duplicate-id'],
      [4, 'duplicate-id'],
    ]);
  });

  test('a user’s own ids are kept; a benchmark’s counters get the set’s name in front', async () => {
    expect((await load([{ id: 7, text: 'Buy 1.', answer: 1 }])).problems[0]?.id).toBe('7');
    expect((await load([{ id: 7, ...lamp }])).problems[0]?.id).toBe('tiny/7');
  });

  test('the same rows give the same problems as JSONL, JSON and CSV', async () => {
    const rows = [
      { id: 'a', text: 'Buy 1, or "2".', answer: '1,000' },
      { id: 'b', text: 'Buy\n3.', answer: 'unbounded' },
    ];
    const csv = `id,text,answer\n${rows.map((row) => Object.values(row).map(quote).join(',')).join('\n')}\n`;
    const fromLines = await load(rows, 'set.jsonl');
    const fromArray = await loadProblems(await makeFile('set.json', JSON.stringify(rows, null, 2)));
    const fromCsv = await loadProblems(await makeFile('set.csv', csv));
    expect(fromArray).toStrictEqual(fromLines);
    expect(fromCsv).toStrictEqual(fromLines);
  });

  test('the label set does not change with the file’s name, the order of rows or the notation of a label', async () => {
    const reference = await load([lamp, desk]);
    const others = [
      await load([lamp, desk], 'other.json'),
      await load([desk, { ...lamp, en_answer: 7 }]),
      await load([desk, '{', lamp]),
    ];
    for (const { labelSet } of others) expect(labelSet).toBe(reference.labelSet);
    expect((await load([lamp, { ...desk, en_answer: 1 }])).labelSet).not.toBe(reference.labelSet);
    expect(reference.labelSet).toMatch(/^[0-9a-f]{12}$/);
  });

  test('an empty file, a lone header and unknown fields are errors that say what to do', async () => {
    await expect(load([])).rejects.toMatchObject({ code: 'empty-file' });
    await expect(load(['id,text,answer'], 'a.csv')).rejects.toMatchObject({ code: 'empty-file' });
    await expect(load([{ prompt: 'p', completion: 'c' }])).rejects.toMatchObject({
      code: 'unknown-format',
      message: expect.stringMatching(/prompt, completion[\s\S]*en_question/),
    });
  });

  test('a file of broken lines only gives a set without problems, and its issues', async () => {
    const set = await load(['{"a":', '[}']);
    expect(set.problems).toStrictEqual([]);
    expect(set.issues).toHaveLength(2);
  });

  test('a format named by the caller is taken, whatever the fields', async () => {
    const path = await makeFile('a.jsonl', JSON.stringify({ ...lamp, text: 'Buy 9.', answer: 9 }));
    expect((await loadProblems(path)).problems[0]?.answer).toBe(7);
    expect((await loadProblems(path, { format: 'plain' })).problems[0]?.answer).toBe(9);
    await expect(loadProblems(path, { format: 'other' as 'plain' })).rejects.toMatchObject({ code: 'unknown-format' });
  });

  test('a public set that is not there says how to get it', async () => {
    const folder = await makeFolder();
    await expect(loadProblems({ name: 'nl4opt' }, { folder })).rejects.toMatchObject({
      code: 'set-not-fetched',
      message: expect.stringContaining('evom problems fetch nl4opt'),
    });
  });
});

function quote(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
