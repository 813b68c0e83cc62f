/** The workbench on the real verifier and HiGHS: what a notebook does, twice, with the same numbers. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChildEngine } from '../../kernel/engine/child-engine.ts';
import type { CellEvent } from '../../kernel/engine/engine.ts';
import { SOLVER_NAMES } from '../../src/types.ts';
import { createWorkbench, type Workbench } from '../../src/workbench/workbench.ts';
import { evom, highsProgram, leftovers, testFolder } from './cli.ts';
import { stepsOf } from './steps.ts';

const folder = testFolder();
const TRAINING = { solver: 'highs', run: 'a', samples: 4, problemsPerStep: 4, checkpointEvery: 1 } as const;

async function open(runs: string): Promise<Workbench> {
  const bench = createWorkbench({ runs, jobs: 2 });
  await bench.problems('synthetic:1:24', { limit: 8 });
  await bench.policy('scripted');
  return bench;
}

/** Top to bottom: every number that it shows, without what a clock or the execution cache decides. */
async function session(runs: string): Promise<unknown> {
  await using bench = await open(runs);
  const completions = await bench.generate({ solver: 'highs', samples: 4, limit: 4 });
  const observations = await bench.verify();
  const { mean, score } = await bench.reward();
  const { statistics } = await bench.update();
  const training = await bench.train({ ...TRAINING, steps: 3 });
  const { scores } = await bench.evaluate({ solvers: ['highs', 'scip'], problems: 'held-out:1:4' });
  const { rows } = await bench.transfer({ solvers: ['highs', 'scip'], problems: 'held-out:1:4' });
  const outcomes = await bench.sql('SELECT outcome, count(*) AS n FROM rollouts GROUP BY outcome ORDER BY outcome');
  const timeless = (told: Readonly<Record<string, number>>) =>
    Object.entries(told).filter(([name]) => !name.endsWith('Seconds') && name !== 'cached');
  return {
    completions,
    observations: observations.map(({ id, outcome, status, objective }) => ({ id, outcome, status, objective })),
    ...{ mean, score, scores, rows, outcomes },
    statistics: timeless(statistics),
    steps: training.steps.map((step) => timeless(step.statistics)),
  };
}

test('a session gives the same numbers twice, in another folder and in the same one', async () => {
  const first = await session(join(folder, 'first'));
  expect(await session(join(folder, 'second'))).toEqual(first);
  expect(await session(join(folder, 'first'))).toEqual(first);
  expect(first).toMatchObject({ score: { n: 16 }, rows: [{ policy: 'base' }, { policy: 'a', trainedOn: ['highs'] }] });
  expect(leftovers(process.pid)).toEqual([]);
});

test('a run is gone on with by `evom train --resume` as by the workbench', async () => {
  const runs = join(folder, 'shared');
  for (const name of ['here', 'there']) {
    await using bench = createWorkbench({ runs: join(runs, name), jobs: 2 });
    await bench.problems('synthetic:1:24');
    await bench.policy('scripted');
    await bench.train({ ...TRAINING, steps: 2 });
    if (name === 'here') await bench.train({ ...TRAINING, steps: 4 });
  }
  const there = join(runs, 'there', 'a');
  const { code, stderr } = await evom(['train', '--out', there, '--resume', '--steps', '4', '--jobs', '2']);
  expect(stderr).toContain('2 steps are there already');
  expect(code).toBe(0);
  expect(await stepsOf(there)).toEqual(await stepsOf(join(runs, 'here', 'a')));
});

test('an interrupted verification and an interrupted training end at once, and leave no process', async () => {
  const bench = await open(join(folder, 'interrupted'));
  const started = performance.now();
  const cut = new AbortController();
  setTimeout(() => cut.abort('too long'), 1500);
  await expect(bench.verify({ program: highsProgram(3, 30), signal: cut.signal })).rejects.toBe('too long');
  expect(performance.now() - started).toBeLessThan(5000);
  const stop = new AbortController();
  const training = bench.train({ ...TRAINING, steps: 50, signal: stop.signal, onStep: () => stop.abort('enough') });
  await expect(training).rejects.toBe('enough');
  await bench.close();
  expect(leftovers(process.pid)).toEqual([]);
  expect(JSON.parse(readFileSync(join(folder, 'interrupted', 'a', 'manifest.json'), 'utf8'))).toMatchObject({
    configuration: { policy: 'scripted', solver: ['highs'], steps: 50 },
  });
});

test('in a notebook a call is followed by one display, which ends with its result or with the state it was left in', async () => {
  const displays: CellEvent[] = [];
  const engine = createChildEngine(
    {
      onEvent: (_, event) => void (event.kind === 'display' && displays.push(event)),
      onQuestion: async () => '',
    },
    { folder },
  );
  const run = (code: string) => engine.execute({ id: code, code, name: '[1]', expressions: {} });
  const verify = (seconds: number) =>
    `const seen = await evom.verify({ program: ${JSON.stringify(highsProgram(7, seconds))} }); seen`;
  const shown = () => displays.map((event) => (event.kind === 'display' ? event.display.data : {}));
  try {
    await run('await evom.verify({ program: "" })'); // the solver's first start
    displays.length = 0;
    expect(await run(verify(0.6))).toMatchObject({ status: 'ok', result: null });
    expect(shown().at(-1)).toMatchObject({
      'application/vnd.evom.observation.v1+json': { outcome: 'solved', objective: 7 },
    });
    expect(await run('seen')).toMatchObject({ result: { data: shown().at(-1) } });
    expect(await run('[{ ...seen[0] }].length')).toMatchObject({ result: { data: { 'text/plain': '1' } } });

    displays.length = 0;
    setTimeout(() => engine.interrupt(), 1000);
    expect(await run(verify(30))).toMatchObject({ status: 'error', error: { ename: 'KeyboardInterrupt' } });
    expect(shown().at(-1)).toMatchObject({
      'application/vnd.evom.rollouts.v1+json': { progress: { state: 'stopped', done: 0, total: 1 } },
      'text/html': expect.stringContaining('Stopped'),
    });
    expect(new Set(displays.map((event) => event.kind === 'display' && event.displayId)).size).toBe(1);
  } finally {
    await engine.close();
  }
});

test('one program is observed on the solver that it is for, and the solvers are listed one by one', async () => {
  await using bench = createWorkbench({ jobs: 1 });
  expect(await bench.verify({ program: highsProgram(220) })).toMatchObject([{ outcome: 'solved', objective: 220 }]);
  const told: string[] = [];
  const rows = await bench.solvers({
    onProgress: ({ item, done, total }) => told.push(`${item.solver} ${done}/${total}`),
  });
  expect(told).toEqual(SOLVER_NAMES.map((name, index) => `${name} ${index + 1}/5`));
  expect(rows.find(({ solver }) => solver === 'highs')).toMatchObject({ installed: true, licence: 'open' });
});
