/** generate, train and evaluate on the real verifier, with the policy that needs no weights. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { evom, finished, leftovers, shell, startEvom, testFolder } from './cli.ts';
import { stepsOf } from './steps.ts';

const folder = testFolder();
const SMALL = ['--policy', 'scripted', '--problems', 'synthetic:1:24', '--problems-per-step', '4', '--samples', '4'];
const train = (...more: string[]): string[] => ['train', ...SMALL, '--solver', 'highs', '--jobs', '2', ...more];

describe('train', () => {
  const whole = join(folder, 'whole');

  test('learns, keeps every step and the weights, and says its accuracy with intervals', async () => {
    const { code, stdout, stderr, pid } = await evom(train('--steps', '6', '--checkpoint-every', '2', '--out', whole));
    expect(stderr).toMatch(/^step 0: accuracy [\d.]+ % \[[\d.]+, [\d.]+\], reward [\d.]+, loss/m);
    expect(stdout).toMatch(/^steps +accuracy +95 % interval/m);
    expect(stdout).toMatch(/raw accuracy on highs: .*→.*rule evom, ε 0\.05/);
    expect(code).toBe(0);
    expect(readdirSync(whole).toSorted()).toEqual([
      ...['checkpoint-000002', 'checkpoint-000004', 'checkpoint-000006', 'manifest.json'],
      ...[0, 1, 2, 3, 4, 5].map((index) => `step-00000${index}.parquet`),
    ]);
    expect(leftovers(pid)).toEqual([]);
  });

  test('a run that was killed goes on as if it had not been', async () => {
    const out = join(folder, 'killed');
    const args = train('--steps', '6', '--checkpoint-every', '2', '--out', out);
    const child = startEvom(args);
    const ended = finished(child);
    while (!existsSync(join(out, 'step-000002.parquet'))) await sleep(5);
    child.kill('SIGKILL');
    const { pid } = await ended;
    const { code, stderr } = await evom(['train', '--out', out, '--resume']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/\d steps are there already; going on from the weights after \d/);
    expect(await stepsOf(out)).toEqual(await stepsOf(whole));
    expect(leftovers(pid)).toEqual([]);
  });

  test('Ctrl-C keeps the steps so far, says how to go on, and exits with 130', async () => {
    const out = join(folder, 'interrupted');
    const child = startEvom(train('--steps', '6', '--checkpoint-every', '2', '--out', out));
    const ended = finished(child);
    while (!existsSync(join(out, 'step-000001.parquet'))) await sleep(5);
    child.kill('SIGINT');
    const { code, stderr, pid } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain(`evom train --out ${out} --resume`);
    expect(leftovers(pid)).toEqual([]);
    expect((await evom(['train', '--out', out, '--resume'])).code).toBe(0);
    expect(await stepsOf(out)).toEqual(await stepsOf(whole));
  });

  test('a finished run has nothing left to do, and may be made longer', async () => {
    const again = await evom(['train', '--out', whole, '--resume']);
    expect(again).toMatchObject({ code: 0, stdout: '' });
    const longer = await evom(['train', '--out', whole, '--resume', '--steps', '7', '--json']);
    expect(
      longer.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toMatchObject([{ step: 6, accuracy: expect.any(Number), 'verdict/correct': expect.any(Number), staleness: 0 }]);
  });

  test('trains on two solvers by DAPO, with validation', async () => {
    const flags = ['--objective', 'dapo', '--steps', '2', '--validation', 'held-out:1:4', '--validate-every', '1'];
    const { code, stderr, stdout } = await evom([...train(...flags), '--solver', 'highs,scip']);
    expect(stderr).toMatch(/step 1: .*validation [\d.]+ %/);
    expect(stdout).toMatch(/highs +scip/);
    expect(code).toBe(0);
  });

  test.each([
    [['--policy', 'nowhere'], /Expected `policy` to be scripted, tiny/],
    [['--policy', 'http://localhost:9/v1', '--model', 'm'], /An endpoint can be evaluated; to train/],
    [['--problems', 'nowhere.jsonl'], /nowhere\.jsonl/],
    [['--solver', 'cplex'], /Expected `solver` to be one of/],
    [['--samples', '1'], /Expected `--samples` to be a whole number of at least 2/],
    [['--temperature', '0'], /Expected `temperature` to be above 0/],
    [['--objective', 'sft'], /Allowed choices are grpo, dapo, dr-grpo/],
    [['--resume'], /Expected `--out` to be a run's folder, for --resume, got `none`/],
    [['--validation', 'synthetic:1:24'], /Expected `validation` to be problems apart from the training set/],
  ])('bad input is refused with exit code 2: %o', async (flags, message) => {
    const out = join(folder, 'refused');
    const isWithout = flags.includes('--resume');
    const { code, stderr } = await evom(train('--steps', '1', ...flags, ...(isWithout ? [] : ['--out', out])));
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  test('a run is not begun twice, and not gone on with under other options', async () => {
    const again = await evom(train('--out', whole));
    expect(again.stderr).toContain('Add --resume to go on with it');
    const other = await evom(['train', '--out', whole, '--resume', '--seed', '5']);
    expect(other.stderr).toContain('Expected `seed` to be 0, as the run began, got `5`');
    expect([again.code, other.code]).toEqual([2, 2]);
  });

  test('without a Python no run is begun, and the exit code is 3', async () => {
    const out = join(folder, 'never');
    const { code } = await evom(train('--out', out), { environment: { EVOM_PYTHON: '/nowhere/python' } });
    expect(code).toBe(3);
    expect(existsSync(out)).toBe(false);
  });
});

describe('generate', () => {
  const args = ['generate', '--policy', 'scripted', '--problems', 'synthetic:1:6', '--solver', 'highs,scip'];

  test('writes what `verify` reads', async () => {
    const command = `"${process.execPath}" src/cli.ts`;
    const { code, stdout, stderr } = await shell(`${command} ${args.join(' ')} | ${command} verify - --jobs 2`);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(12);
    expect(stderr).toMatch(/accuracy .*\/12, 6 problems/);
  });

  test('more samples are added to a file that is there; nothing is written twice', async () => {
    const out = join(folder, 'completions.jsonl');
    expect((await evom([...args, '--out', out])).code).toBe(0);
    const first = readFileSync(out, 'utf8');
    const more = await evom([...args, '--out', out, '--samples', '3']);
    expect(more.stderr).toMatch(/12 completions are there already[\s\S]*24 completions in/);
    const all = readFileSync(out, 'utf8');
    expect(all.startsWith(first)).toBe(true);
    expect(
      new Set(
        all
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: string }).id),
      ).size,
    ).toBe(36);
    const other = await evom([...args, '--out', out, '--seed', '9']);
    expect(other.code).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe(all);
  });

  test('gives the same completions again', async () => {
    const [one, other] = await Promise.all([evom([...args, '--seed', '4']), evom([...args, '--seed', '4'])]);
    expect(one.stdout).toBe(other.stdout);
    expect(one.stdout).not.toBe((await evom(args)).stdout);
  });
});

describe('evaluate', () => {
  test('judges greedy and sampled completions on each solver at both ε, and `score` reads its rows', async () => {
    const out = join(folder, 'rollouts.jsonl');
    const flags = ['--problems', 'held-out:1:6', '--solver', 'highs,scip', '--samples', '2', '--out', out];
    const { code, stdout } = await evom(['evaluate', '--policy', 'scripted', '--jobs', '2', ...flags]);
    expect(code).toBe(0);
    for (const line of ['highs +greedy +6 +6', 'highs +sampled +6 +12', 'scip +greedy +6 +6', 'scip +sampled +6 +12']) {
      expect(stdout).toMatch(new RegExp(`^${line} `, 'm'));
    }
    expect(stdout).toMatch(/ε 0\.05 +95 % +ε 0\.0001/);
    expect(stdout).toMatch(/pass@1 % +pass@2 %/);
    const score = await evom(['score', out]);
    expect(score.code).toBe(0);
    expect(score.stdout).toContain('/36, 6 problems');
  });

  test("opens a run's newest weights, under one ε", async () => {
    const out = join(folder, 'evaluated');
    await evom(train('--steps', '1', '--out', out));
    const { code, stdout } = await evom([
      ...[
        'evaluate',
        '--policy',
        out,
        '--problems',
        'held-out:1:4',
        '--no-greedy',
        '--samples',
        '1',
        '--epsilon',
        '0.01',
      ],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('rule evom with ε 0.01; labels');
    expect(stdout).not.toContain('greedy');
  });

  test('a bad ε is refused with exit code 2', async () => {
    const { code, stderr } = await evom(['evaluate', '--policy', 'scripted', '--epsilon', '-1']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Expected `--epsilon` to be a number of at least 0, or both/);
  });
});
