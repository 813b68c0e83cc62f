/**
 * RL by `train`: a run folder of its own, validated on the way; the weights of the best validation are kept, those that
 * it began with among them. Killed, it goes on from its last step.
 */

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCheckpoint } from '../../loop/checkpoints.ts';
import { train } from '../../loop.ts';
import { labelSetOf } from '../../problems/label-set.ts';
import { createReward } from '../../reward/reward.ts';
import { createRunFolder, openRunFolder } from '../../store/run-folder.ts';
import type { Json, RunStore } from '../../store/store.ts';
import type { ReinforcedTraining } from '../experiment.ts';
import { accuracyOn } from '../judging/judge.ts';
import { RULE } from '../judging/score-row.ts';
import { copyModel } from './model-files.ts';
import { bestPoint, type TrainingRecord, type ValidationPoint } from './training-record.ts';
import type { Place, Workshop } from './workshop.ts';

/** Trains, and leaves the best weights in `<folder>/policy`. */
export async function reinforce(
  training: ReinforcedTraining,
  place: Place,
  workshop: Workshop,
): Promise<TrainingRecord> {
  const { arm, seed, folder, start } = place;
  const run = join(folder, 'run');
  const first = await startPoint(training, place, workshop);
  await using store = await openStore(run, training, place, workshop);
  const checkpoint = await findCheckpoint(run, await store.nextIndex());
  const policy = await workshop.openPolicy(checkpoint?.folder ?? start, training);
  try {
    for await (const step of train(policy, trainOptions(training, place, workshop, store, checkpoint?.step ?? 0))) {
      const { accuracy = Number.NaN, validationAccuracy } = step.statistics;
      const validation = validationAccuracy === undefined ? '' : `, validation ${validationAccuracy.toFixed(3)}`;
      workshop.tell({
        arm,
        seed,
        text: `step ${step.index + 1} of ${training.steps}: accuracy ${accuracy.toFixed(3)}${validation}`,
      });
    }
  } finally {
    await policy.close();
  }
  const points = [first, ...(await validations(store))];
  const keptStep = bestPoint(points)?.step ?? 0;
  await copyModel(await weightsAfter(keptStep, run, start), join(folder, 'policy'));
  return { arm, seed, points, keptStep, steps: await store.nextIndex(), seconds: await secondsOf(store) };
}

function trainOptions(
  training: ReinforcedTraining,
  { seed, folder }: Place,
  { sets, data, verifier, signal }: Workshop,
  store: RunStore,
  policyStep: number,
): Parameters<typeof train>[1] {
  const { objective, solvers, steps, problemsPerStep, samples, learningRate, klWeight } = training;
  const { validateEvery, patience, rewardWeights } = training;
  return {
    problems: sets.training.slice(0, training.problems),
    ...{ objective, solvers, steps, problemsPerStep, samples, seed, verifier, store, policyStep, signal },
    update: { learningRate, klWeight },
    sampling: { maxTokens: data.maxTokens },
    rule: RULE,
    reward: createReward({ rule: RULE, weights: rewardWeights }),
    validation: { problems: sets.validation, every: validateEvery, patience },
    checkpoints: { folder: join(folder, 'run') },
  };
}

/** Validation before the first step. Kept in a file: a run that goes on has other weights by then. */
async function startPoint(
  { solvers, isThinking }: ReinforcedTraining,
  { folder, start }: Place,
  { sets, data, verifier, openPolicy, signal }: Workshop,
): Promise<ValidationPoint> {
  const path = join(folder, 'start.json');
  if (existsSync(path)) return JSON.parse(await readFile(path, 'utf8')) as ValidationPoint;
  const policy = await openPolicy(start, { isThinking });
  try {
    const judging = { verifier, maxTokens: data.maxTokens, signal };
    const point = { step: 0, ...(await accuracyOn(policy, sets.validation, solvers, judging)) };
    await writeFile(path, JSON.stringify(point));
    return point;
  } finally {
    await policy.close();
  }
}

async function openStore(
  run: string,
  training: ReinforcedTraining,
  { seed }: Place,
  { sets, data, versions }: Workshop,
): Promise<RunStore & AsyncDisposable> {
  const store = existsSync(join(run, 'manifest.json'))
    ? await openRunFolder(run)
    : await createRunFolder(run, {
        configuration: JSON.parse(JSON.stringify({ ...training, data })) as Json,
        versions,
        seeds: { run: seed },
        hashes: { labelSet: labelSetOf(sets.training.slice(0, training.problems)) },
      });
  return { ...store, [Symbol.asyncDispose]: () => store.close() };
}

async function validations(store: RunStore): Promise<readonly ValidationPoint[]> {
  const sql = `SELECT "step", statistics['validationAccuracy'] AS accuracy, statistics['validationRollouts'] AS n FROM steps ORDER BY "step"`;
  return (await store.query(sql)).flatMap(({ step, accuracy, n }) =>
    typeof accuracy === 'number'
      ? [{ step: (step as number) + 1, accuracy: Number.isNaN(accuracy) ? 0 : accuracy, n: n as number }]
      : [],
  );
}

async function secondsOf(store: RunStore): Promise<number> {
  const parts = ['generate', 'verify', 'update', 'validation'].map(
    (what) => `coalesce(statistics['${what}Seconds'], 0)`,
  );
  const [row] = await store.query(`SELECT sum(${parts.join(' + ')}) AS seconds FROM steps`);
  return typeof row?.['seconds'] === 'number' ? row['seconds'] : 0;
}

/** The folder with the weights after `step` steps; `train` keeps those of every best validation. */
async function weightsAfter(step: number, run: string, start: string): Promise<string> {
  if (step === 0) return start;
  const found = await findCheckpoint(run, step);
  if (found?.step !== step) throw new Error(`The weights after step ${step} are not in ${run}.`);
  return found.folder;
}
