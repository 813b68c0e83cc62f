/** The bundled policy through the command line: it writes, is judged by real solvers, learns, and can be killed. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { evom, finished, leftovers, startEvom, testFolder } from './cli.ts';
import { stepsOf } from './steps.ts';

const folder = testFolder();
const whole = join(folder, 'whole');
const timeout = 240_000; // eight steps of a real policy, on a machine that may be busy
const train = (out: string): string[] => [
  ...['train', '--policy', 'tiny', '--problems', 'tiny:1:24', '--solver', 'gurobi', '--jobs', '2', '--device', 'cpu'],
  ...['--problems-per-step', '4', '--samples', '4', '--max-tokens', '320', '--steps', '4', '--checkpoint-every', '2'],
  ...['--out', out],
];

const weights = (out: string): Buffer => readFileSync(join(out, 'checkpoint-000004', 'model.safetensors'));

test('the same seed gives the same rollouts, byte for byte, and the same weights', { timeout }, async () => {
  const again = join(folder, 'again');
  for (const out of [whole, again]) expect(await evom(train(out))).toMatchObject({ code: 0 });
  expect(await stepsOf(again)).toEqual(await stepsOf(whole));
  expect(weights(again)).toEqual(weights(whole));
});

test('a run that was killed goes on as if it had not been', { timeout }, async () => {
  const out = join(folder, 'killed');
  const child = startEvom(train(out));
  const ended = finished(child);
  while (!existsSync(join(out, 'step-000002.parquet'))) await sleep(5);
  child.kill('SIGKILL');
  const { pid } = await ended;
  expect(await evom(['train', '--out', out, '--resume'])).toMatchObject({ code: 0 });
  expect(await stepsOf(out)).toEqual(await stepsOf(whole));
  expect(weights(out)).toEqual(weights(whole));
  expect(leftovers(pid)).toEqual([]);
});

test('it can do much and not all, in words that it has never read, and nothing on a solver that it does not know', {
  timeout,
}, async () => {
  const flags = ['--problems', 'tiny-held-out:5:60', '--solver', 'gurobi,ortools,copt', '--samples', '2'];
  const { code, stdout } = await evom(['evaluate', '--policy', 'tiny', '--max-tokens', '320', ...flags]);
  expect(code).toBe(0);
  const greedy = Object.fromEntries(
    [...stdout.matchAll(/^(\w+) +greedy +60 +60 +0 +([\d.]+)/gm)].map(([, solver, accuracy]) => [
      solver,
      Number(accuracy),
    ]),
  );
  expect(greedy).toEqual({ gurobi: expect.any(Number), ortools: expect.any(Number), copt: 0 });
  for (const solver of ['gurobi', 'ortools']) {
    expect(greedy[solver]).toBeGreaterThan(35);
    expect(greedy[solver]).toBeLessThan(85);
  }
});
