/**
 * `train`: the loop on the chosen problems and policy, kept in a run folder.
 *
 * The same call goes on with the same run: steps that are there are told and not made again, so that a notebook gives
 * the same numbers twice, also where the first time was interrupted. After an interruption the policy has the weights
 * of some moment of the step that was under way, until `train` is called again or another policy is chosen.
 */

import { DEFAULT_REWARD_WEIGHTS } from '../config.ts';
import { checkTrainOptions, type TrainOptions } from '../loop/options.ts';
import { train as trainPolicy } from '../loop.ts';
import { openProblems } from '../open-problems.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward } from '../reward/reward.ts';
import type { SolverName, Step } from '../types.ts';
import { type TrainCall, WORKBENCH_DEFAULTS } from './calls.ts';
import { chosenPolicy } from './choose.ts';
import type { Training } from './results.ts';
import { namedReward, type OwnReward } from './reward.ts';
import {
  type ChosenPolicy,
  checkSolvers,
  checkWhole,
  chosenProblems,
  digestOf,
  type State,
  trainable,
} from './state.ts';
import { type OpenedRun, openTrainingRun } from './training-run.ts';

/** Trains the chosen policy, which has the run's weights from then on. Rejects with the reason of `signal`. */
export async function train(state: State, call: TrainCall): Promise<Training> {
  checkWhole('steps', call.steps, 1);
  checkWhole('checkpointEvery', call.checkpointEvery, 1);
  const settings = settingsOf(call);
  const solvers = [...new Set([settings.solver].flat())];
  const set = chosenProblems(state);
  const own = call.reward === undefined ? null : namedReward(state, call.reward);
  const described = await trainOptions(settings, solvers, own);
  checkTrainOptions({ ...described, problems: set.problems });
  const chosen = await chosenPolicy(state);
  trainable(chosen);
  await checkSolvers(state, solvers);
  call.signal?.throwIfAborted();

  const { steps, checkpointEvery } = settings;
  const configuration = configurationOf(settings, chosen, set.name, solvers, own);
  const plan = { name: call.run ?? null, set, configuration, steps, checkpointEvery };
  const run = await openTrainingRun(state, chosen, plan);
  try {
    remember(state, chosen, run, solvers);
    call.onOpen?.({ run: run.name, folder: run.store.location });
    const told = await followRun(state, chosen, run, settings, { ...described, problems: set.problems });
    chosen.lineage = digestOf([run.lineage, configuration, set.labelSet, steps]);
    return { run: run.name, folder: run.store.location, solvers, ...told };
  } finally {
    await run.store.close();
  }
}

type Settings = ReturnType<typeof settingsOf>;

/** The call, with what it leaves open. */
function settingsOf(call: TrainCall) {
  return { ...WORKBENCH_DEFAULTS, ...call };
}

/** From here on the policy's weights are the run's. */
function remember(state: State, chosen: ChosenPolicy, run: OpenedRun, solvers: readonly SolverName[]): void {
  const { location: folder } = run.store;
  chosen.lineage = run.lineage;
  chosen.run = folder;
  chosen.isAsOpened = false;
  chosen.taughtOn = [];
  const index = state.trained.findIndex((known) => known.folder === folder);
  if (index >= 0) state.trained.splice(index, 1);
  state.trained.push({ run: run.name, folder, solvers, weights: chosen.weights });
  state.newest = 'run';
}

async function followRun(
  state: State,
  chosen: ChosenPolicy,
  { store, policyStep }: OpenedRun,
  settings: Settings,
  options: TrainOptions,
): Promise<Pick<Training, 'steps' | 'stored'>> {
  const { signal, onStep, betweenSteps, onText, onProgress, checkpointEvery, problemsPerStep, samples } = settings;
  const steps: Omit<Step, 'rollouts'>[] = [];
  const tell = (step: Step): void => {
    steps.push({ index: step.index, statistics: step.statistics });
    onStep?.(step);
  };
  const indices = (await store.indices()).filter((index) => index < settings.steps);
  for (const index of indices) {
    signal?.throwIfAborted();
    tell(await store.read(index));
  }
  let done = 0;
  const total = Math.min(problemsPerStep, options.problems.length) * samples;
  const training = trainPolicy(trainable(chosen), {
    ...options,
    ...{ store, policyStep, verifier: state.verifier() },
    checkpoints: { folder: store.location, every: checkpointEvery },
    ...(signal && { signal }),
    ...(onText && { onText }),
    ...(onProgress && { onRollout: (item) => onProgress({ done: ++done, total, item }) }),
  });
  for await (const step of training) {
    done = 0;
    tell(step);
    if (step.index + 1 < settings.steps) await betweenSteps?.();
  }
  return { steps, stored: indices.length };
}

async function trainOptions(
  settings: Settings,
  solvers: readonly SolverName[],
  own: OwnReward | null,
): Promise<Omit<TrainOptions, 'problems'>> {
  const { steps, samples, problemsPerStep, objective, learningRate, klWeight, temperature } = settings;
  const { maxTokens, seed, epsilon, weights, validation, validateEvery: every, patience } = settings;
  const rule = createEvomRule({ epsilon });
  const reward = own?.reward ?? createReward({ rule, ...(weights && { weights }) });
  return {
    ...{ solvers, steps, samples, problemsPerStep, objective, seed, rule, reward },
    update: { learningRate, klWeight },
    sampling: { temperature, maxTokens },
    ...(validation !== undefined && {
      validation: { problems: (await openProblems(validation)).problems, every, patience },
    }),
  };
}

/** All that a step depends on but the label set and the weights, under the names of `evom train`'s options. */
function configurationOf(
  settings: Settings,
  { weights: policy }: ChosenPolicy,
  problems: string,
  solver: readonly SolverName[],
  own: OwnReward | null,
) {
  const { samples, problemsPerStep, objective, learningRate, klWeight: kl, temperature, maxTokens, seed } = settings;
  const { epsilon, weights, validation, validateEvery, patience } = settings;
  const drawing = { temperature, topP: 1, topK: 0, maxTokens, seed };
  return {
    ...{ policy, problems, solver, samples, problemsPerStep, objective, learningRate, kl, epsilon, ...drawing },
    ...{ schedule: 'constant', warmUp: 0, rewardWeights: weights ?? DEFAULT_REWARD_WEIGHTS },
    ...(validation !== undefined && { validation, validateEvery, patience }),
    // A function that reads differently is another one; what it takes from outside itself is not seen.
    ...(own !== null && { rewardFunction: `${own.name} ${digestOf(String(own.reward))}` }),
  };
}
