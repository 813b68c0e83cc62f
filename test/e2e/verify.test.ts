import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JudgedRow } from '../../src/commands/rows/judged-row.ts';
import { evom, type Finished, highsProgram, leftovers, ROOT, readOutput, shell, testFolder, writeRows } from './cli.ts';

const folder = testFolder();
const EVOM = `"${process.execPath}" "${join(ROOT, 'src/cli.ts')}"`;

function completion(program: string): string {
  return `<think>Two variables.</think>\n<code>\n\`\`\`python\n${program}\n\`\`\`\n</code>`;
}

describe('a mixed file', () => {
  let run: Finished;
  let rows: Readonly<Record<string, JudgedRow>>;

  beforeAll(async () => {
    const input = writeRows(join(folder, 'mixed.jsonl'), [
      { id: 'right', solver: 'highs', program: highsProgram(220), answer: 220, problem: 'beds' },
      { id: 'wrong', solver: 'highs', program: highsProgram(221), answer: 400, problem: 'beds' },
      { id: 'near', solver: 'highs', program: highsProgram(221), answer: 220, problem: 'beds' },
      { id: 'unlabelled', solver: 'highs', program: highsProgram(3) },
      { id: 'raises', solver: 'highs', program: '1 / 0', answer: 1 },
      { id: 'whole', solver: 'highs', completion: completion(highsProgram(7)), answer: 7 },
      { id: 'unformatted', solver: 'highs', completion: `<code>${highsProgram(7)}</code>`, answer: 7 },
      { id: 'empty', solver: 'highs', completion: 'The answer is 7.', answer: 7 },
      { id: 'cut', solver: 'highs', completion: '<think>First', truncated: true, answer: 7 },
      { id: 'twin', solver: 'highs', program: highsProgram(5), answer: 5 },
      { id: 'twin', solver: 'highs', program: highsProgram(6), answer: 5 },
      { id: 'other', solver: 'scip', program: 'from pyscipopt import Model\nModel().optimize()', answer: 0 },
      { id: 'strange', solver: 'cplex', program: 'pass' },
      { id: 'nothing', solver: 'highs', answer: 7 },
      '{"id": "broken", ',
    ]);
    run = await evom(['verify', input]);
    rows = readOutput(run.stdout);
  });

  test('exits with 2, names file, row and field of each bad row, and judges the good ones', () => {
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/mixed\.jsonl, row 13, field solver: Expected `solver`.*`cplex`/);
    expect(run.stderr).toMatch(/mixed\.jsonl, row 14, field program: /);
    expect(run.stderr).toMatch(/mixed\.jsonl, row 15/);
    expect(Object.keys(rows)).toHaveLength(12);
  });

  test('verdict, reward, status and objective follow from the certificate', () => {
    const { right, wrong, near, unlabelled, raises } = rows;
    expect(right).toMatchObject({ verdict: 'correct', status: 'optimal', objective: 220 });
    expect(right?.reward).toMatchObject({ total: 1, masked: false });
    expect(right?.certified).toEqual({ status: 'optimal', objective: 220 });
    expect(right?.claimed).toMatchObject({ status: 'optimal', objective: 220 });
    expect(wrong).toMatchObject({ verdict: 'wrong-objective', outcome: 'solved', reward: { total: 0 } });
    expect(near?.verdict).toBe('correct');
    expect(unlabelled).toMatchObject({ verdict: null, reward: null, outcome: 'solved', objective: 3 });
    expect(raises).toMatchObject({ verdict: 'exception', certified: null, claimed: null, status: null });
  });

  test('every row carries what the interface promises', () => {
    const fields = ['id', 'solver', 'outcome', 'verdict', 'status', 'objective', 'certified', 'claimed', 'stdout'];
    for (const row of Object.values(rows)) {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining([...fields, 'durationMs', 'cpuMs', 'memoryBytes', 'reward', 'isolation']),
      );
    }
    expect(rows['right']?.stdout).toContain('Just print the best solution: 220');
    expect(rows['right']).toMatchObject({
      durationMs: expect.any(Number),
      cpuMs: expect.any(Number),
      memoryBytes: expect.any(Number),
    });
    expect(rows['right']?.memoryBytes).toBeGreaterThan(1e6);
  });

  test('a completion earns format and answer apart; one without a program is `no-program`, one cut short is masked', () => {
    expect(rows['whole']?.reward).toEqual({ parts: { format: 1, answer: 1 }, total: 1.2, masked: false });
    expect(rows['unformatted']?.reward).toEqual({ parts: { format: 0, answer: 1 }, total: 1, masked: false });
    expect(rows['empty']).toMatchObject({ outcome: 'no-program', reward: { total: 0, masked: false } });
    expect(rows['cut']).toMatchObject({ outcome: 'truncated', reward: { total: 0, masked: true } });
  });

  test('a repeated id is made unique, and neither row is lost', () => {
    expect(rows['twin']).toMatchObject({ verdict: 'correct', objective: 5 });
    expect(rows['twin#2']).toMatchObject({ verdict: 'wrong-objective', objective: 6 });
  });

  test('the summary has verdicts by solver, accuracy at both ε, pass@k and the rate', () => {
    expect(run.stderr).toMatch(/solver +programs +.*correct/);
    expect(run.stderr).toMatch(/highs +11/);
    expect(run.stderr).toMatch(/accuracy .*ε 0\.05, labels [0-9a-f]{12}/);
    expect(run.stderr).toMatch(/accuracy .*ε 0\.0001/);
    expect(run.stderr).toMatch(/pass@1 .*\n(.*\n)?.*pass@2/);
    expect(run.stderr).toMatch(/12 programs in .* programs\/s/);
  });

  test('nothing is left behind, and no bar is drawn where there is no terminal', () => {
    expect(leftovers(run.pid)).toEqual([]);
    expect(run.stderr).not.toMatch(/[█░]/);
    expect(run.stderr).not.toContain('\u001b');
  });
});

test('exits with 0 whatever the programs did', async () => {
  const input = writeRows(join(folder, 'bad-programs.jsonl'), [
    { id: 'loop', program: 'while True: pass', answer: 1 },
    { id: 'exit', program: 'import sys; sys.exit(7)', answer: 1 },
    { id: 'file', program: 'open("/etc/passwd")', answer: 1 },
  ]);
  const { code, stdout } = await evom(['verify', input, '--solver', 'highs', '--timeout', '1']);
  expect(code).toBe(0);
  const rows = readOutput(stdout);
  expect(rows['loop']?.verdict).toBe('time');
  expect(rows['exit']?.verdict).toBe('no-solve');
  expect(rows['file']?.verdict).toBe('blocked');
});

test('exits with 3 where the solver asked for is missing, says how to get it, and keeps a masked row', async () => {
  const input = writeRows(join(folder, 'one.jsonl'), [{ program: highsProgram(1), answer: 1 }]);
  const run = await evom(['verify', input, '--solver', 'highs'], { environment: { EVOM_PYTHON: '/usr/bin/env' } });
  expect(run.code).toBe(3);
  const none = await evom(['verify', input, '--solver', 'highs'], { environment: { EVOM_PYTHON: '/nowhere/python' } });
  expect(none.code).toBe(3);
  expect(none.stderr).toMatch(/^evom: Expected `EVOM_PYTHON` to be the path of a Python interpreter/);
});

test.each([
  [['verify', '/nowhere.jsonl'], /nowhere\.jsonl/],
  [['verify', join(ROOT, 'package.json'), '--solver', 'cplex'], /one of gurobi, ortools/],
  [['verify', 'x', '--jobs', '0'], /`--jobs` to be a whole number above 0, got `0`/],
  [['verify', 'x', '--timeout', 'long'], /`--timeout` to be a number above 0/],
  [['verify', 'x', '--reward-weights', '1'], /reward-weights/],
  [['verify', 'x', '--rule', 'best'], /one of evom, orlm/],
  [['verify', 'x', '--tmeout', '3'], /Did you mean --timeout/],
  [['verfy', 'x'], /Did you mean verify/],
  [['lint', 'reward', '--fo'], /unknown option/],
  [['problems', 'genrate'], /Did you mean generate/],
])('bad input exits with 2 and says what is wrong: %o', async (args, message) => {
  const run = await evom(args);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toContain('    at ');
});

test('rule, ε and weights are the ones asked for, and each row says so', async () => {
  const input = writeRows(join(folder, 'weights.jsonl'), [
    { id: 'a', completion: completion(highsProgram(100)), answer: 101 },
    { id: 'b', program: 'print("Just print the best solution: 101")', answer: 101 },
  ]);
  const strict = await evom(['verify', input, '--solver', 'highs', '--epsilon', '1e-4', '--reward-weights', '1,1']);
  expect(readOutput(strict.stdout)['a']).toMatchObject({
    rule: 'evom',
    epsilon: 1e-4,
    verdict: 'wrong-objective',
    reward: { total: 1, parts: { format: 1, answer: 0 } },
  });
  const forgeable = await evom(['verify', input, '--solver', 'highs', '--rule', 'orlm']);
  expect(readOutput(forgeable.stdout)['b']).toMatchObject({ rule: 'orlm', verdict: 'correct', reward: { total: 1 } });
});

test('a reader that leaves (`| head -n 1`) ends the run without an error and without leftovers', async () => {
  const input = writeRows(
    join(folder, 'many.jsonl'),
    Array.from({ length: 300 }, (_, index) => ({
      program: `${highsProgram(index)}\nprint("x" * 9000)`,
      answer: index,
    })),
  );
  const evom = `sh -c 'echo "pid $$" >&2; exec ${EVOM} verify "${input}" --solver highs'`;
  const run = await shell(`(${evom}; echo "code $?" >&2) | head -n 1`);
  expect(run.stdout.split('\n')).toHaveLength(2);
  expect(run.stderr).toMatch(/^pid \d+\ncode 0\n$/);
  expect(leftovers(Number.parseInt(run.stderr.slice(4), 10))).toEqual([]);
});

test('standard input is read for -, and completions come from CSV too', async () => {
  const piped = await evom(['verify', '-', '--solver', 'highs'], {
    input: `${JSON.stringify({ id: 'p', program: highsProgram(2), answer: 2 })}\n`,
  });
  expect(readOutput(piped.stdout)['p']?.verdict).toBe('correct');
  const csv = writeRows(join(folder, 'rows.csv'), [
    'id,program,answer',
    `c,"${highsProgram(2).replaceAll('"', '""')}",2`,
  ]);
  const run = await evom(['verify', csv, '--solver', 'highs']);
  expect(readOutput(run.stdout)['c']?.verdict).toBe('correct');
});

test('a cache folder answers a second run, under the new ids', async () => {
  const cache = join(folder, 'cache');
  const input = writeRows(join(folder, 'cached.jsonl'), [{ id: 'first', program: highsProgram(9), answer: 9 }]);
  const args = ['--solver', 'highs', '--cache', cache];
  await evom(['verify', input, ...args]);
  writeRows(input, [{ id: 'second', program: highsProgram(9), answer: 9 }]);
  const run = await evom(['verify', input, ...args]);
  expect(readOutput(run.stdout)['second']).toMatchObject({ cached: true, verdict: 'correct' });
  expect(run.stderr).toContain('1 from the cache');
});

test('every command explains itself', async () => {
  for (const command of ['', 'verify', 'score', 'problems generate', 'attack', 'lint reward', 'demo', 'doctor']) {
    const { code, stdout } = await evom([...command.split(' ').filter(Boolean), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: evom/);
  }
});

test('the bundled samples do what their names say', async () => {
  const { code, stdout } = await evom(['verify', join(ROOT, 'samples/programs.jsonl'), '--timeout', '2']);
  expect(code).toBe(0);
  const expected: Record<string, readonly string[]> = {
    honest: ['correct'],
    whole: ['correct'],
    guessed: ['correct'],
    forgot: ['wrong-objective'],
    invented: ['missing-api'],
    exception: ['exception'],
    forged: ['no-solve'],
    reads: ['blocked'],
    starts: ['blocked'],
    calls: ['blocked'],
    no: ['no-program'],
    endless: ['time'],
  };
  const rows = Object.values(readOutput(stdout));
  expect(rows.length).toBeGreaterThanOrEqual(40);
  for (const row of rows) {
    const kind = /\/([a-z]+)/.exec(row.id)?.[1] ?? '';
    expect([row.id, row.verdict]).toEqual([row.id, expected[kind]?.[0]]);
    if (kind === 'guessed') expect(row.certificate?.degenerate).not.toEqual([]);
    if (kind === 'honest') expect(row.certificate?.degenerate).toEqual([]);
  }
  expect(existsSync(join(ROOT, 'samples/programs.jsonl'))).toBe(true);
  expect(readFileSync(join(ROOT, 'samples/programs.jsonl'), 'utf8').split('\n').length).toBe(rows.length + 1);
});
