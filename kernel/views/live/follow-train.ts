/** `train` and `update`: curves by step, and what the policy writes just now. */

import { type TrainCall, type UpdateCall, WORKBENCH_DEFAULTS } from '../../../src/workbench/calls.ts';
import type { ProgressData, RunData } from '../../spec/mime.ts';
import { type RunHistory, runHistory, type SeenStep, seeStep } from '../data/run-data.ts';
import { DONE, progressOf } from '../data/values.ts';
import { runView } from '../run-view.ts';
import type { Follower } from './follower.ts';

/** Characters of what is being written. */
const WRITING = 2000;

export function followTrain(call: TrainCall): Follower<'train'> {
  const { steps: total, reward = 'evom' } = call;
  const solvers = [...new Set([call.solver ?? WORKBENCH_DEFAULTS.solver].flat())];
  const seen: SeenStep[] = [];
  let place: Pick<RunData, 'run' | 'folder'> = { run: call.run ?? 'without a name', folder: null };
  let stored = 0;
  let stepProgress: RunData['stepProgress'] = null;
  let writing = '';
  let history: RunHistory = runHistory(seen, reward);
  const dataOf = (progress: ProgressData): RunData => {
    if (history.steps.length !== seen.length) history = runHistory(seen, reward);
    return { ...place, stored, solvers, progress, stepProgress, writing: writing === '' ? null : writing, ...history };
  };
  return {
    hooks: {
      onOpen(opened) {
        place = opened;
      },
      onText(text, promptIndex, sampleIndex) {
        if (promptIndex === 0 && sampleIndex === 0) writing = `${writing}${text}`.slice(-WRITING);
      },
      onProgress({ done, total }) {
        stepProgress = { done, total };
      },
      onStep(step) {
        // Steps that were in the folder come before anything is made.
        if (stepProgress === null && writing === '' && seen.length === stored) stored++;
        seen.push(seeStep(step));
        stepProgress = null;
        writing = '';
      },
    },
    live: {
      reach: () => ({ done: seen.length, total, before: stored }),
      draw: (progress) => runView(dataOf(progress)),
    },
    run: dataOf,
    view: ({ steps }) => runView(dataOf(progressOf('done', steps.length, total))),
  };
}

export function followUpdate({ steps = 1 }: UpdateCall): Follower<'update'> {
  let done = 0;
  const dataOf = (seen: readonly SeenStep[], progress: ProgressData): RunData => {
    const solvers = [...new Set(seen.flatMap(({ rewards }) => rewards.samples.map(({ solver }) => solver)))];
    const nothing = { run: null, folder: null, stored: 0, stepProgress: null, writing: null };
    return { ...nothing, solvers, progress, ...runHistory(seen, null) };
  };
  return {
    hooks: {
      onProgress(told) {
        done = told.done;
      },
    },
    live: { reach: () => ({ done, total: steps }), draw: (progress) => runView(dataOf([], progress)) },
    view: (update) => runView(dataOf([seeStep(update)], DONE)),
  };
}
