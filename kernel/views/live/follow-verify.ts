/** `verify`: outcomes as programs end, and then one observation or the table of all. */

import { DEFAULT_LIMITS } from '../../../src/config.ts';
import { readCompletion } from '../../../src/reward/format.ts';
import type { Observation } from '../../../src/types.ts';
import type { VerifyCall } from '../../../src/workbench/calls.ts';
import type { ProblemCompletion } from '../../../src/workbench/results.ts';
import { observationData, UNKNOWN_CONTEXT } from '../data/observation-data.ts';
import {
  countsOf,
  fromCompletion,
  fromObservation,
  MAX_STOPPED_ROWS,
  type PartialRollout,
  rolloutsData,
} from '../data/rollouts-data.ts';
import { DONE } from '../data/values.ts';
import { observationView } from '../observation-view.ts';
import { rolloutsView } from '../rollouts-view.ts';
import type { Follower, Reach } from './follower.ts';

/** Rows while programs run. */
const NEWEST = 10;

/** `completions`: the last ones, which are verified where no program is given. */
export function followVerify({ program }: VerifyCall, completions: readonly ProblemCompletion[]): Follower<'verify'> {
  const seen: Observation[] = [];
  const byId = new Map(completions.map((completion) => [`${completion.problem.id}/${completion.sample}`, completion]));
  let reach: Reach = { done: 0, total: program === undefined ? completions.length : 1 };
  const rolloutOf = (observation: Observation): PartialRollout => {
    const completion = program === undefined ? byId.get(observation.id) : undefined;
    return completion === undefined ? fromObservation(observation) : fromCompletion(completion, observation);
  };
  return {
    hooks: {
      onProgress({ done, total, item }) {
        reach = { done, total };
        seen.push(item);
      },
    },
    live: {
      reach: () => reach,
      draw(progress) {
        const rows = progress.state === 'running' ? NEWEST : MAX_STOPPED_ROWS;
        const newest = rolloutsData(seen.slice(-rows).map(rolloutOf), { progress });
        return rolloutsView({ ...newest, counts: countsOf(seen.map(rolloutOf)), total: reach.total });
      },
    },
    view(observations) {
      const [only] = observations;
      if (only === undefined || observations.length > 1)
        return rolloutsView(rolloutsData(observations.map(rolloutOf), { progress: DONE }));
      const completion = rolloutOf(only).completion;
      const problem = byId.get(only.id)?.problem ?? null;
      const run = program ?? (completion === null ? null : readCompletion(completion.text).program);
      const known = {
        program: run,
        completion,
        problem: program === undefined ? problem : null,
        limits: DEFAULT_LIMITS,
      };
      return observationView(observationData(only, { ...UNKNOWN_CONTEXT, ...known }));
    },
  };
}
