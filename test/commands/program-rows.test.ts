import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type ReadOptions, readProgramRows } from '../../src/commands/rows/program-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(rows: readonly unknown[], options: ReadOptions = { solver: 'highs' }) {
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return readProgramRows(path, options);
}

test('a bad row is reported with its row and field, and the good ones are read', async () => {
  const { rows, bad } = await read([
    { program: 'pass' },
    { completion: 7 },
    { id: 'both', program: 'pass', completion: 'x' },
    { program: 'pass', answer: 'about 5' },
    { program: 'pass', truncated: 'yes' },
    { program: 'pass', id: {} },
    { program: 'pass', problem: 3 },
    {},
    'no json',
    { id: 'last', program: 'pass', answer: '1,000' },
  ]);
  expect(rows.map(({ id, answer }) => [id, answer])).toEqual([
    ['row-1', null],
    ['last', 1000],
  ]);
  expect(bad.map(({ row, field }) => [row, field]).toSorted()).toEqual([
    [2, 'completion'],
    [3, 'completion'],
    [4, 'answer'],
    [5, 'truncated'],
    [6, 'id'],
    [7, 'problem'],
    [8, 'program'],
    [9, null],
  ]);
});

test('ids are made unique, also where the made-up id is taken', async () => {
  const { rows } = await read(['a', 'a#2', 'a', 'a'].map((id) => ({ id, program: 'pass' })));
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
  expect(ids.slice(0, 2)).toEqual(['a', 'a#2']);
});

test('a row without a solver is bad unless one is chosen for all', async () => {
  expect((await read([{ program: 'pass' }], {})).bad[0]?.field).toBe('solver');
  expect((await read([{ program: 'pass', solver: 'cplex' }], {})).bad[0]?.message).toContain('gurobi, ortools');
  expect((await read([{ program: 'pass', solver: 'scip' }], { solver: 'copt' })).rows[0]?.solver).toBe('copt');
});

test('an empty file is most likely the wrong one', async () => {
  await expect(read([''])).rejects.toMatchObject({ code: 'empty-input' });
});

describe('the digest', () => {
  const digest = async (row: object, options?: ReadOptions) => (await read([row], options)).rows[0]?.digest;
  const row = { program: 'pass', answer: 1, problem: 'p' };

  test('does not change with the id', async () => {
    expect(await digest({ ...row, id: 'other' })).toBe(await digest(row));
  });

  test.each([{ program: 'x = 1' }, { answer: 2 }, { answer: undefined }, { problem: 'q' }])(
    'changes with %o',
    async (change) => {
      expect(await digest({ ...row, ...change })).not.toBe(await digest(row));
    },
  );

  test('changes with the solver and the settings', async () => {
    const all = [{ solver: 'highs' }, { solver: 'scip' }, { solver: 'highs', settings: { cpuMs: 1 } }] as const;
    expect(new Set(await Promise.all(all.map((options) => digest(row, options)))).size).toBe(3);
  });
});
