/** The folder of a training run: begun, or gone on with, and the chosen policy with the weights that go with it. */

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import { saveCheckpoint } from '../loop/checkpoints.ts';
import { checkConfiguration, checkLabelSet, describeRun, resumeFrom } from '../open-run.ts';
import { createRunFolder, openRunFolder } from '../store/run-folder.ts';
import type { RunStore } from '../store/store.ts';
import type { ProblemSet } from '../types.ts';
import { lineageOf } from './choose.ts';
import { type ChosenPolicy, digestOf, type State, trainable } from './state.ts';

/** What a run is to be. */
export interface PlannedRun {
  /** Null: {@link openTrainingRun} finds a name. */
  readonly name: string | null;
  readonly set: ProblemSet;
  /** Under the names of `evom train`, so that `evom train --resume` goes on with it too. */
  readonly configuration: Readonly<Record<string, unknown>> & { readonly seed: number };
  readonly steps: number;
  readonly checkpointEvery: number;
}

export interface OpenedRun {
  readonly name: string;
  readonly store: RunStore;
  /** Steps that the weights of the chosen policy have seen. */
  readonly policyStep: number;
  /** What the weights were when the run began. */
  readonly lineage: string;
}

/** Options that a run may have, and the call that goes on with it may not. */
const UNLESS_GIVEN = { rewardFunction: undefined, validation: undefined, overlap: undefined } as const;

const BEGINNING = 'checkpoint-000000';

/**
 * Opens the run's folder, and gives the chosen policy the newest weights there. Throws `config/other-…` where the folder
 * holds a run of other options, problems or weights.
 */
export async function openTrainingRun(state: State, chosen: ChosenPolicy, plan: PlannedRun): Promise<OpenedRun> {
  const { set, configuration } = plan;
  const begun = digestOf([configuration, set.labelSet, chosen.lineage]);
  const name = plan.name ?? `${configuration['objective']}-${[configuration['solver']].flat().join('-')}-${begun}`;
  checkName(name);
  const folder = join(state.runs, name);
  if (!existsSync(join(folder, 'manifest.json'))) return begin(folder, name, chosen, plan);
  const store = await openRunFolder(folder);
  try {
    const next = 'Choose another `run`, or call it as it was called.';
    const { policy: _, ...unlessOwn } = configuration;
    checkConfiguration(store, { ...UNLESS_GIVEN, ...(hasItsWeights(store, chosen) ? unlessOwn : configuration) }, next);
    checkLabelSet(store, set.labelSet, 'problems');
    checkLineage(store, chosen);
    const policyStep = await takeWeights(store, chosen, plan.steps);
    return { name, store, policyStep, lineage: store.manifest.hashes['policy'] ?? chosen.lineage };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Weights that `update` changed exist nowhere else, so that they are kept before the run exists. */
async function begin(folder: string, name: string, chosen: ChosenPolicy, plan: PlannedRun): Promise<OpenedRun> {
  const policy = trainable(chosen);
  const { lineage } = chosen;
  await rm(join(folder, BEGINNING), { recursive: true, force: true }); // of a beginning that was killed
  if (!chosen.isAsOpened) await saveCheckpoint(policy, folder, 0);
  const { set, configuration, steps, checkpointEvery } = plan;
  const description = describeRun(
    { ...configuration, steps, checkpointEvery },
    { seed: configuration.seed, hashes: { labelSet: set.labelSet, policy: lineage } },
  );
  return { name, store: await createRunFolder(folder, description), policyStep: 0, lineage };
}

/** Opens the newest weights that steps of this run were learnt on; those of the beginning where there are none. */
async function takeWeights(store: RunStore, chosen: ChosenPolicy, steps: number): Promise<number> {
  const stored = Math.min(await store.nextIndex(), steps);
  const checkpoint = await resumeFrom(store, stored, false);
  const { policy: weights } = store.manifest.configuration as { readonly policy: string };
  const policy = await chosen.reopen(checkpoint?.folder ?? weights);
  await chosen.policy.close();
  chosen.policy = policy;
  return checkpoint?.step ?? 0;
}

/** The chosen policy is the one that the run began with, or has this run's own weights. */
function checkLineage(store: RunStore, chosen: ChosenPolicy): void {
  if (hasItsWeights(store, chosen)) return;
  const { policy: begun } = store.manifest.hashes;
  const { policy: weights } = store.manifest.configuration as { readonly policy?: string };
  // A run of the command line says its policy's name alone.
  if (chosen.lineage === (begun ?? lineageOf(weights ?? '', {}))) return;
  const next = `Choose the policy once more as it was then, by \`policy("${weights}")\`, or another \`run\`.`;
  throw new EvomError(
    'config',
    'other-weights',
    expected('policy', 'the weights that the run began with', chosen.source, next),
  );
}

function hasItsWeights({ location }: RunStore, { run }: ChosenPolicy): boolean {
  return run === resolve(location);
}

function checkName(name: string): void {
  if (/^[\w-][\w.-]*$/.test(name)) return;
  const next = 'It is the name of a folder below `runs`.';
  throw new EvomError('config', 'bad-run', expected('run', 'letters, digits, points and dashes', name, next));
}
