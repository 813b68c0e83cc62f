/** `problems` and `policy`: what the other primitives work on. */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import { findCheckpoint } from '../loop/checkpoints.ts';
import { openProblems } from '../open-problems.ts';
import { findPolicy, isTrainable } from '../policy/find-policy.ts';
import { labelSetOf } from '../problems/label-set.ts';
import type { Problem, ProblemSet } from '../types.ts';
import { type PolicyCall, type ProblemsCall, WORKBENCH_DEFAULTS } from './calls.ts';
import type { PolicyChoice } from './results.ts';
import { type ChosenPolicy, checkWhole, digestOf, type State } from './state.ts';

/** Opens and chooses a set, or a part of it; a part has a label-set version of its own. */
export async function chooseProblems(state: State, source: string, call: ProblemsCall = {}): Promise<ProblemSet> {
  const { limit, where, signal, onProgress } = call;
  checkWhole('limit', limit, 1);
  signal?.throwIfAborted();
  const set = await openProblems(source);
  signal?.throwIfAborted();
  const kept = (where === undefined ? set.problems : set.problems.filter(matcher(where))).slice(0, limit);
  if (kept.length === 0) {
    const next = `None of the ${set.problems.length} problems of ${source} does. Ask for something else.`;
    throw new EvomError('problem', 'no-problems', expected('where', 'something that a problem has', where, next));
  }
  const isWhole = kept.length === set.problems.length;
  state.problems = isWhole ? set : { ...set, labelSet: labelSetOf(kept), problems: kept };
  onProgress?.({ done: 1, total: 1, item: source });
  return state.problems;
}

/** Opens and chooses a policy: as `--policy` takes it, or a run's name. The one before is closed. */
export async function choosePolicy(state: State, source: string, call: PolicyCall = {}): Promise<PolicyChoice> {
  const { signal, onProgress, ...options } = call;
  signal?.throwIfAborted();
  const ownRun = join(state.runs, source);
  const run = !existsSync(source) && existsSync(join(ownRun, 'manifest.json')) ? ownRun : source;
  const checkpoint = await findCheckpoint(run);
  const weights = checkpoint?.folder ?? run;
  const reopen = (folder = weights) => findPolicy(folder, options);
  const policy = await reopen();
  if (signal?.aborted) await policy.close();
  signal?.throwIfAborted();
  await state.policy?.policy.close();
  const lineage = lineageOf(weights, options);
  const runFolder = checkpoint === null ? null : resolve(run);
  const untaught = { isAsOpened: true, taughtOn: [], updates: 0 };
  state.policy = { source, weights, reopen, policy, lineage, run: runFolder, ...untaught };
  onProgress?.({ done: 1, total: 1, item: source });
  return { source, name: policy.name, isTrainable: isTrainable(policy) };
}

/** The chosen policy; where none was chosen, the bundled one. */
export async function chosenPolicy(state: State): Promise<ChosenPolicy> {
  if (state.policy === null) await choosePolicy(state, WORKBENCH_DEFAULTS.policy);
  return state.policy as ChosenPolicy;
}

/** Of weights that nothing was learnt on yet. Where they run and on how many threads makes no other policy of them. */
export function lineageOf(weights: string, { isThinking, model }: PolicyCall): string {
  return digestOf([weights, isThinking ?? true, model ?? null]);
}

function matcher(where: string | RegExp): (problem: Problem) => boolean {
  const part = typeof where === 'string' ? where.toLowerCase() : null;
  const fits = (text: string): boolean =>
    part === null ? text.search(where as RegExp) >= 0 : text.toLowerCase().includes(part);
  return ({ id, text, source }) => fits(text) || fits(id) || fits(source);
}
