import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JudgedRow, judgeRow } from '../../src/commands/rows/judged-row.ts';
import type { ProgramRow } from '../../src/commands/rows/program-rows.ts';
import { RowWriter } from '../../src/commands/rows/row-writer.ts';
import { createEvomRule } from '../../src/reward/evom.ts';
import { honest, observe, optimal, type Told } from '../../src/reward/lint-observation.ts';
import { createReward } from '../../src/reward/reward.ts';

const ROWS = ['a', 'b', 'c'].map(
  (id): ProgramRow => ({
    id,
    solver: 'highs',
    program: `# ${id}`,
    noProgram: null,
    completion: null,
    truncated: false,
    answer: 5,
    problem: null,
    digest: `digest of ${id}`,
  }),
);

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evom-writer-'));
  path = join(folder, 'out.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function judged(index: number, told: Told = {}): JudgedRow {
  const row = ROWS[index]!;
  const observation =
    told.outcome === undefined ? honest(optimal(5), { id: row.id }) : observe({ id: row.id, ...told });
  return judgeRow(row, observation, { rule: createEvomRule(), reward: createReward() });
}

function write(...rows: readonly JudgedRow[]): void {
  using writer = new RowWriter(path, ROWS);
  for (const row of rows) writer.write(row);
}

function state(): { kept: string[]; remaining: string[] } {
  using writer = new RowWriter(path, ROWS);
  return { kept: writer.kept.map(({ id }) => id), remaining: writer.remaining.map(({ id }) => id) };
}

test('rows that are there are kept, the others remain', () => {
  expect(state()).toEqual({ kept: [], remaining: ['a', 'b', 'c'] });
  write(judged(1));
  expect(state()).toEqual({ kept: ['b'], remaining: ['a', 'c'] });
});

test('a last half row is cut off, wherever it breaks', () => {
  write(judged(0), judged(1));
  const whole = readFileSync(path);
  const start = whole.indexOf('\n') + 1;
  for (const end of [start + 6, start + 40, whole.length - 2]) {
    writeFileSync(path, whole.subarray(0, end));
    expect(state()).toEqual({ kept: ['a'], remaining: ['b', 'c'] });
    expect(readFileSync(path)).toEqual(whole.subarray(0, start));
  }
});

test('a last row that lacks only its line feed is kept', () => {
  write(judged(0), judged(1));
  writeFileSync(path, readFileSync(path, 'utf8').trimEnd());
  expect(state()).toEqual({ kept: ['a', 'b'], remaining: ['c'] });
  write(judged(2));
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
});

test('what failed by our own fault is judged again, what the program did is not', () => {
  write(judged(0, { outcome: 'infra' }), judged(1, { outcome: 'time' }));
  expect(state()).toEqual({ kept: ['b'], remaining: ['a', 'c'] });
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

test('output of another program, solver, answer or rule is refused and left as it is', () => {
  write({ ...judged(0), digest: 'of something else' });
  const before = readFileSync(path);
  expect(state).toThrow(expect.objectContaining({ code: 'output-of-another-run' }));
  expect(readFileSync(path)).toEqual(before);
});

test.each([
  '{"id":"a","program":"pass","answer":3}',
  '{"id":"a","program":"pass"}\n{"id":"b"}',
  'a text without a line feed',
  '[1, 2]\n',
])('a file named by mistake is refused and left as it is: %s', (text) => {
  writeFileSync(path, text);
  expect(state).toThrow(expect.objectContaining({ boundary: 'config' }));
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a place that cannot be written is an error that names it', () => {
  path = join(folder, 'missing', 'out.jsonl');
  expect(state).toThrow(/missing.*Choose another --out/);
});
