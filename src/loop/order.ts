/**
 * Which prompts a step takes: a pure function of (seed, step), so that a resumed run takes the same ones.
 *
 * An epoch is a random order of the problems; each step takes the next B of it. Where B does not divide their number,
 * the last few sit out, others in every epoch, so that no step meets a problem twice. With several solvers they take
 * turns along the order, which moves by one every epoch.
 */

import { fold, keyOf, sample } from '../random.ts';
import type { Problem, Prompt, SolverName } from '../types.ts';

export interface Order {
  readonly problems: readonly Problem[];
  readonly solvers: readonly SolverName[];
  /** B; at most all problems. */
  readonly problemsPerStep: number;
  readonly seed: number;
}

/** The B prompts of step `index`. */
export function promptsOfStep(index: number, { problems, solvers, problemsPerStep, seed }: Order): readonly Prompt[] {
  const count = Math.min(problemsPerStep, problems.length);
  const stepsPerEpoch = Math.floor(problems.length / count);
  const epoch = Math.floor(index / stepsPerEpoch);
  const start = (index % stepsPerEpoch) * count;
  const order = sample(keyOf(seed), `epoch ${epoch}`, problems, problems.length);
  return order.slice(start, start + count).map((problem, offset) => ({
    problem,
    solver: solvers[(start + offset + epoch) % solvers.length] as SolverName,
  }));
}

/**
 * Further prompts of step `index`, in a fixed order, where those that it took taught nothing. They are drawn from all
 * problems apart from its own, so that the other steps' prompts stay what they are.
 */
export function furtherPrompts(index: number, order: Order): readonly Prompt[] {
  const { problems, solvers, seed } = order;
  const taken = new Set(promptsOfStep(index, order).map(({ problem }) => problem.id));
  const key = fold(keyOf(seed), `further problems of step ${index}`);
  return sample(key, 'order', problems, problems.length)
    .filter(({ id }) => !taken.has(id))
    .map((problem, offset) => ({ problem, solver: solvers[(index + offset) % solvers.length] as SolverName }));
}
