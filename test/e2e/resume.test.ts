/** `--out`: nothing is lost, nothing is doubled, whatever ends the run. */

import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { evom, finished, highsProgram, leftovers, startEvom, testFolder, writeRows } from './cli.ts';

const folder = testFolder();
const COUNT = 40;
let out: string;
let input: string;
let next = 0;

beforeEach(() => {
  out = join(folder, `out-${next++}.jsonl`);
  const rows = Array.from({ length: COUNT }, (_, index) => ({
    id: `p${index}`,
    program: highsProgram(index + 1, 0.1),
    answer: index + 1,
  }));
  input = writeRows(join(folder, 'input.jsonl'), rows);
});

const args = (...more: string[]): string[] => [
  'verify',
  input,
  '--solver',
  'highs',
  '--out',
  out,
  '--jobs',
  '2',
  ...more,
];

function ids(): string[] {
  return readFileSync(out, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: string }).id);
}

function lines(): number {
  try {
    return readFileSync(out, 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

async function untilLines(count: number): Promise<void> {
  while (lines() < count) await sleep(20);
}

function expectWhole(): void {
  expect(ids().toSorted()).toEqual(Array.from({ length: COUNT }, (_, index) => `p${index}`).toSorted());
}

test('a run killed in the middle goes on where it stopped', async () => {
  const child = startEvom(args());
  const ended = finished(child);
  await untilLines(5);
  child.kill('SIGKILL');
  const { pid } = await ended;
  const before = lines();
  expect(before).toBeLessThan(COUNT);
  const again = await evom(args());
  expect(again.code).toBe(0);
  expect(again.stderr).toContain(`${before} rows are there already`);
  expect(again.stderr).toContain(`${COUNT} `);
  expectWhole();
  expect(leftovers(pid)).toEqual([]);
});

test('Ctrl-C keeps the rows so far, says how to go on, and exits with 130', async () => {
  const child = startEvom(args());
  const ended = finished(child);
  await untilLines(5);
  child.kill('SIGINT');
  const { code, stderr, pid } = await ended;
  expect(code).toBe(130);
  expect(stderr).toMatch(new RegExp(`Interrupted: ${lines()} of ${COUNT} rows are in .*The same command again`));
  expect(leftovers(pid)).toEqual([]);
  expect((await evom(args())).code).toBe(0);
  expectWhole();
});

test('a last line that broke off is judged again', async () => {
  await evom(args());
  truncateSync(out, readFileSync(out).length - 300);
  const again = await evom(args());
  expect(again.stderr).toContain(`${COUNT - 1} rows are there already`);
  expect(again.stderr).toContain('1 programs in');
  expectWhole();
});

test('a finished run has nothing left to do and says its scores again', async () => {
  await evom(args());
  const whole = readFileSync(out);
  const again = await evom(args());
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('Nothing was left to run.');
  expect(again.stderr).toContain(`100.0 % (${COUNT}/${COUNT}`);
  expect(readFileSync(out)).toEqual(whole);
});

test('output of another input, or of other limits, is refused and left as it is', async () => {
  writeRows(input, [{ id: 'p0', program: highsProgram(1), answer: 1 }]);
  await evom(args());
  const whole = readFileSync(out);
  const limits = await evom(args('--timeout', '3'));
  writeRows(input, [{ id: 'p0', program: highsProgram(2), answer: 1 }]);
  const program = await evom(args());
  for (const run of [limits, program]) {
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/row `p0` is of another program, solver, answer, limit or rule\. Choose another --out/);
  }
  expect(readFileSync(out)).toEqual(whole);
});

test('the input named as --out by mistake is left as it is', async () => {
  const text = JSON.stringify({ id: 'p0', program: highsProgram(1), answer: 1 });
  writeFileSync(input, text);
  const run = await evom(['verify', input, '--solver', 'highs', '--out', input]);
  expect(run.code).toBe(2);
  expect(readFileSync(input, 'utf8')).toBe(text);
});
