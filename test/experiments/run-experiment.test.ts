import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapt } from '../../src/experiments/plans/adapt.ts';
import { EXPERIMENTS } from '../../src/experiments/plans/find-experiment.ts';
import { sftVsRl } from '../../src/experiments/plans/sft-vs-rl.ts';
import { transfer } from '../../src/experiments/plans/transfer.ts';
import { writeReport } from '../../src/experiments/report/write-report.ts';
import { type Results, readResults } from '../../src/experiments/results.ts';
import { type ExperimentOptions, runExperiment } from '../../src/experiments/run-experiment.ts';
import { createScriptedPolicy } from '../../src/policy/scripted.ts';
import { labelSetOf } from '../../src/problems/label-set.ts';
import { countingOpener, makeRunner, SMALL } from './fakes.ts';

let root: string;
let next = 0;
const newFolder = (): string => join(root, String(next++));
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-experiment-'));
});
afterAll(() => rm(root, { recursive: true }));

function run(options: Partial<ExperimentOptions> & { readonly folder: string }): Promise<Results> {
  const { open } = countingOpener();
  return runExperiment({
    experiment: transfer,
    preset: SMALL,
    verifier: makeRunner(SMALL),
    openPolicy: open,
    ...options,
  });
}

/** Without what a clock says. */
function timeless({ rows, trainings }: Results): unknown {
  return { rows, trainings: trainings.map((training) => ({ ...training, seconds: 0 })) };
}

describe('a run', () => {
  let folder: string;
  let whole: Results;
  beforeAll(async () => {
    folder = newFolder();
    whole = await run({ folder });
  });

  test('judges every arm with every seed, on every solver and set, greedy and sampled; the base once', () => {
    const { heldOut, unseenFamilies, sampled } = SMALL.data;
    const each = (heldOut + unseenFamilies) * (1 + sampled);
    const counts = Map.groupBy(whole.rows, ({ arm, seed, solver }) => `${arm} ${seed} ${solver}`);
    const solvers = ['highs', 'scip', 'ortools'];
    const places = ['base 0', 'sft 0', 'sft 1', 'rl 0', 'rl 1'].flatMap((place) =>
      solvers.map((name) => `${place} ${name}`),
    );
    expect(Object.fromEntries([...counts].map(([place, rows]) => [place, rows.length]))).toEqual(
      Object.fromEntries(places.map((place) => [place, each])),
    );
  });

  test('has a learning curve from step 0 for each training, and keeps the weights of its best point', () => {
    expect(whole.trainings.map(({ arm, seed }) => `${arm} ${seed}`).toSorted()).toEqual([
      'rl 0',
      'rl 1',
      'sft 0',
      'sft 1',
    ]);
    for (const { points, keptStep } of whole.trainings) {
      const best = Math.max(...points.map(({ accuracy }) => accuracy));
      expect(points[0]?.step).toBe(0);
      expect(points.find(({ step }) => step === keptStep)?.accuracy).toBe(best);
    }
  });

  test('leaves a policy for each, and no checkpoints', async () => {
    for (const name of await readdir(join(folder, 'arms'))) {
      if (name.startsWith('base')) continue;
      const arm = join(folder, 'arms', name, 'seed-0');
      expect(existsSync(join(arm, 'policy', 'scripted.json'))).toBe(true);
      const run = join(arm, 'run');
      const left = existsSync(run) ? await readdir(run) : [];
      expect(left.filter((file) => file.startsWith('checkpoint'))).toEqual([]);
    }
  });

  test('is not run again: nothing is opened, nothing is executed, and the results are the same', async () => {
    const { open, opened } = countingOpener();
    const verifier = makeRunner(SMALL);
    const again = await run({ folder, verifier, openPolicy: open });
    expect([opened, verifier.runs]).toEqual([[], 0]);
    expect(again).toEqual(whole);
  });

  test('is shared: another experiment in the folder trains only what it adds', async () => {
    const { open, opened } = countingOpener();
    await run({ folder, experiment: adapt, openPolicy: open });
    expect(opened.filter((path) => /arms\/(rl|sft)-[0-9a-f]{8}\/seed-\d\/run/.test(path))).toEqual([]);
    expect(opened.length).toBeGreaterThan(0);
  });

  test('its report is the same again from what is kept alone', async () => {
    const kept = join(folder, transfer.name);
    const { tables, files } = await writeReport(kept, whole);
    const first = await Promise.all(files.map((path) => readFile(path, 'utf8')));
    const again = await writeReport(kept, await readResults(kept));
    expect(again.tables).toEqual(tables);
    expect(await Promise.all(again.files.map((path) => readFile(path, 'utf8')))).toEqual(first);
  });

  test('with other numbers it is refused, and what is there is left alone', async () => {
    const before = await readFile(join(folder, 'transfer', 'experiment.json'), 'utf8');
    const preset = { ...SMALL, rl: { ...SMALL.rl, learningRate: 1e-3 } };
    await expect(run({ folder, preset })).rejects.toMatchObject({ code: 'other-experiment' });
    expect(await readFile(join(folder, 'transfer', 'experiment.json'), 'utf8')).toBe(before);
  });

  test('with more seeds, or the sweep, it goes on with what is there', async () => {
    const { open, opened } = countingOpener();
    const more = await run({ folder, seeds: 3, isSweep: true, openPolicy: open });
    const before = whole.rows.map((row) => JSON.stringify(row));
    expect(more.rows.map((row) => JSON.stringify(row))).toEqual(expect.arrayContaining(before));
    expect(opened.some((path) => path.includes('seed-0/run'))).toBe(false);
    expect(more.record.arms.filter(({ isMarked }) => !isMarked)).toHaveLength(2);
  });

  test('arms side by side give the same', async () => {
    expect(timeless(await run({ folder: newFolder(), jobs: 3 }))).toEqual(timeless(whole));
  });

  test.each([1, 20, 60, 110, 170])('stopped after %i programs, it goes on to the same results', async (stopAt) => {
    const stopped = newFolder();
    const stop = new AbortController();
    const verifier = makeRunner(SMALL, (runs) => {
      if (runs === stopAt) stop.abort(new Error('stopped'));
    });
    await expect(run({ folder: stopped, verifier, signal: stop.signal })).rejects.toThrow('stopped');
    expect(timeless(await run({ folder: stopped }))).toEqual(timeless(whole));
  });

  test('killed between a step and its checkpoint, it learns the stored steps again', async () => {
    const folder = newFolder();
    const { open } = countingOpener();
    const openPolicy: typeof open = async (path, options) => {
      const policy = await open(path, options);
      const save = (to: string): Promise<void> =>
        to.includes('/run/') ? Promise.reject(new Error('killed')) : policy.save(to);
      return { ...policy, save };
    };
    for (let kills = 0; kills < 4; kills++) await expect(run({ folder, openPolicy })).rejects.toThrow('killed');
    expect(timeless(await run({ folder }))).toEqual(timeless(whole));
  });

  test('claims are written down before the first program runs', async () => {
    const fresh = newFolder();
    const stop = new AbortController();
    const verifier = makeRunner(SMALL, () => stop.abort(new Error('stopped')));
    await run({ folder: fresh, verifier, signal: stop.signal }).catch(() => {});
    const { record } = await readResults(join(fresh, 'transfer'));
    expect(record.claims).toEqual(transfer.claims(SMALL));
  });

  test('what fails in one arm is what the run fails with', async () => {
    const { open } = countingOpener();
    const openPolicy: typeof open = (path, options) =>
      path.includes('scripted') ? open(path, options) : Promise.reject(new Error('no such weights'));
    await expect(run({ folder: newFolder(), openPolicy, jobs: 2 })).rejects.toThrow('no such weights');
  });
});

test.each(EXPERIMENTS.map(({ name }) => name))(
  '%s runs to its end, with a line for each of its claims',
  async (name) => {
    const experiment = EXPERIMENTS.find((candidate) => candidate.name === name) ?? sftVsRl;
    const folder = newFolder();
    const results = await run({ folder, experiment, seeds: 1 });
    const { tables } = await writeReport(join(folder, name), results);
    const claims = tables.find(({ title }) => title.startsWith('Claims'))?.rows ?? [];
    expect(claims.map(([claim]) => claim)).toEqual(experiment.claims(SMALL).map((claim) => claim.name));
    for (const { header, rows } of tables) for (const row of rows) expect(row).toHaveLength(header.length);
  },
);

test("the user's problems are judged besides, as a set of their own", async () => {
  const problems = [{ id: 'mine', text: 'Mine.', answer: 3, source: 'mine.jsonl' }];
  const set = { name: 'mine.jsonl', labelSet: labelSetOf(problems), problems, issues: [] };
  const { rows, record } = await run({ folder: newFolder(), experiment: sftVsRl, seeds: 1, problems: set });
  expect(rows.filter(({ split }) => split === 'mine.jsonl')).toHaveLength(3 * 2);
  expect(record.sets['mine.jsonl']).toEqual({ labelSet: set.labelSet, problems: 1 });
});

test('a checkpoint is begun with by its model alone', async () => {
  const folder = newFolder();
  const checkpoint = newFolder();
  await createScriptedPolicy({ skill: 0.6 }).save(checkpoint);
  await writeFile(join(checkpoint, 'trainer.json'), '{}');
  const { open, opened } = countingOpener();
  await run({ folder, experiment: sftVsRl, seeds: 1, policy: checkpoint, openPolicy: open });
  expect(opened[0]).toBe(join(folder, 'base'));
  expect(await readdir(join(folder, 'base'))).toEqual(['scripted.json']);
});

test('without an experiment there is nothing to report', async () => {
  const folder = newFolder();
  await expect(readResults(folder)).rejects.toMatchObject({ code: 'no-experiment' });
  await writeFile(folder, 'a file');
  await expect(run({ folder })).rejects.toThrow();
});
