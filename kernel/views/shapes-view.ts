/** Rollouts, observations and completions that no call of the workbench has just given. */

import { readCompletion } from '../../src/reward/format.ts';
import type { Observation, Rollout } from '../../src/types.ts';
import type { ProblemCompletion } from '../../src/workbench/results.ts';
import type { Bundle } from './bundle.ts';
import { observationData, UNKNOWN_CONTEXT } from './data/observation-data.ts';
import {
  fromCompletion,
  fromObservation,
  fromRollout,
  type PartialRollout,
  rolloutsData,
} from './data/rollouts-data.ts';
import { DONE } from './data/values.ts';
import { observationView } from './observation-view.ts';
import { rolloutsView } from './rollouts-view.ts';

export function viewRollouts(rollouts: readonly Rollout[], isOne: boolean): Bundle {
  const [first] = rollouts;
  if (!isOne || first === undefined) return table(rollouts.map(fromRollout));
  const { program } = readCompletion(first.completion.text);
  return observationView(observationData(first.observation, { ...UNKNOWN_CONTEXT, ...first, program }));
}

export function viewObservations(observations: readonly Observation[], isOne: boolean): Bundle {
  const [first] = observations;
  if (!isOne || first === undefined) return table(observations.map(fromObservation));
  return observationView(observationData(first, UNKNOWN_CONTEXT));
}

export function viewCompletions(completions: readonly ProblemCompletion[]): Bundle {
  return table(completions.map((completion) => fromCompletion(completion)));
}

function table(rollouts: readonly PartialRollout[]): Bundle {
  return rolloutsView(rolloutsData(rollouts, { progress: DONE }));
}
