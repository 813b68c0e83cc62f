/** Experiments on the real verifier, with the policy that needs no weights. */

import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readResults } from '../../src/experiments/results.ts';
import { evom, finished, leftovers, startEvom, testFolder } from './cli.ts';

const folder = testFolder();
const experiment = (...more: string[]): string[] => ['experiment', ...more, '--preset', 'smoke', '--programs', '2'];
const whole = join(folder, 'whole');

describe('evom experiment', () => {
  test('prints the matrix and the claims, and writes a report', async () => {
    const { code, stdout, stderr, pid } = await evom(experiment('transfer', '--out', whole));
    expect(stderr).toMatch(/rl, seed 1: step 2 of 2: accuracy [\d.]+, validation [\d.]+/);
    expect(stderr).toMatch(/5 of 5 arms and seeds are done after [\d.]+ min$/m);
    expect(stdout).toMatch(/^trained on +highs, greedy +scip, greedy +ortools, greedy/m);
    expect(stdout).toMatch(/^SFT on highs +[\d.]+ \[[\d.]+, [\d.]+\]/m);
    expect(stdout).toMatch(/^T1 .*(confirmed|refuted|undecided)/m);
    expect(code).toBe(0);
    const figures = ['gain-against-forgetting', 'learning', 'matrix'].flatMap((name) => [`${name}.png`, `${name}.svg`]);
    const files = ['experiment.json', ...figures, 'report.html'];
    expect(await readdir(join(whole, 'transfer'))).toEqual([...files, 'scores.parquet', 'trainings.json']);
    expect(leftovers(pid)).toEqual([]);
  });

  test('--report-only prints the same from the kept folder alone, and runs nothing', async () => {
    const report = join(whole, 'transfer', 'report.html');
    const before = readFileSync(report, 'utf8');
    const args = experiment('transfer', '--out', whole, '--report-only');
    const { code, stdout, stderr } = await evom(args, { environment: { EVOM_PYTHON: '/nowhere/python' } });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^T2a /m);
    expect(readFileSync(report, 'utf8')).toBe(before);
  });

  test('killed in the middle of a training, it goes on to the same results', async () => {
    const out = join(folder, 'killed');
    const args = experiment('transfer', '--out', out);
    const child = startEvom(args);
    const ended = finished(child);
    const arms = join(out, 'arms');
    const hasStep = async (): Promise<boolean> => {
      const names = existsSync(arms) ? await readdir(arms) : [];
      const rl = names.find((name) => name.startsWith('rl-'));
      return rl !== undefined && existsSync(join(arms, rl, 'seed-0', 'run', 'step-000000.parquet'));
    };
    while (!(await hasStep())) await sleep(5);
    child.kill('SIGKILL');
    const { pid } = await ended;
    expect((await evom(args)).code).toBe(0);
    const [one, other] = await Promise.all([whole, out].map((path) => readResults(join(path, 'transfer'))));
    expect(other?.rows).toEqual(one?.rows);
    const curves = [one, other].map((results) =>
      results?.trainings.map(({ points, keptStep }) => ({ points, keptStep })),
    );
    expect(curves[1]).toEqual(curves[0]);
    expect(leftovers(pid)).toEqual([]);
  });

  test('Ctrl-C keeps what is done, says so, and exits with 130', async () => {
    const child = startEvom(experiment('sft-vs-rl', '--out', join(folder, 'interrupted')));
    const ended = finished(child);
    await new Promise((resolve) => child.stderr?.once('data', resolve));
    child.kill('SIGINT');
    const { code, stderr, pid } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('the same command goes on');
    expect(leftovers(pid)).toEqual([]);
  });

  test.each([
    [['magic'], /Allowed choices are sft-vs-rl, transfer/],
    [['transfer', '--preset', 'huge'], /Expected `--preset` to be among tiny, smoke/],
    [['transfer', '--seeds', '0'], /Expected `--seeds` to be a whole number above 0/],
    [['transfer', '--problems', 'nowhere.jsonl'], /nowhere\.jsonl/],
    [['transfer', '--report-only'], /Expected `--out` to be a folder with experiment\.json/],
  ])('bad input is refused with exit code 2: %o', async (args, message) => {
    const out = join(folder, 'refused');
    const { code, stderr } = await evom(['experiment', '--out', out, '--preset', 'smoke', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(existsSync(out)).toBe(false);
  });

  test('without a Python nothing is begun, and the exit code is 3', async () => {
    const out = join(folder, 'never');
    const { code } = await evom(experiment('transfer', '--out', out), {
      environment: { EVOM_PYTHON: '/nowhere/python' },
    });
    expect(code).toBe(3);
    expect(existsSync(out)).toBe(false);
  });
});
