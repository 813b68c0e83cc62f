/**
 * The pretraining data: a stream of (problem, solver, completion), each a pure function of (recipe, stage, seed,
 * index). Nothing is stored and nothing is shuffled: batch `b` of a stage is examples `b·B … b·B + B − 1`.
 */

import { generateProblems, type SyntheticProblem } from '../problems/synthetic/generate.ts';
import type { Split } from '../problems/synthetic/wording.ts';
import { fold, integer, type Key, keyOf, uniform } from '../random.ts';
import type { SolverName } from '../types.ts';
import { corrupt, type Mistake, type MistakeRates } from './corrupt.ts';
import type { Recipe, Stage } from './recipe.ts';
import { writeTarget } from './target.ts';

/** One thing to learn from, right or wrong. */
export interface Example {
  readonly problem: SyntheticProblem;
  readonly solver: SolverName;
  readonly completion: string;
  /** Empty where the completion is correct. */
  readonly mistakes: readonly Mistake[];
}

export interface ProblemOptions {
  readonly seed: number;
  readonly split: Split;
  readonly count: number;
  /** Index of the first problem; default 0. */
  readonly start?: number;
}

/** Problems within the recipe's range, for pretraining, training and evaluation alike; they differ by seed and split. */
export function recipeProblems(recipe: Recipe, options: ProblemOptions): readonly SyntheticProblem[] {
  const { seed, split, count, start = 0 } = options;
  return Array.from({ length: count }, (_, offset) => {
    const index = start + offset;
    const { family, difficulty } = weighted(fold(keyOf(seed), `cell ${index}`), 'cell', recipe.cells);
    const order = { seed, split, start: index, count: 1, difficulty, families: [family], answers: recipe.answers };
    return generateProblems(order)[0] as SyntheticProblem;
  });
}

/** Example `index` of a stage. Stages of one recipe see different problems. */
export function exampleOf(recipe: Recipe, stage: Stage, seed: number, index: number): Example {
  const key = fold(fold(keyOf(seed), `stage ${stage.name}`), `example ${index}`);
  const own = integer(fold(keyOf(seed), stage.name), 'seed', 0, 2 ** 31);
  const problem = recipeProblems(recipe, { seed: own, split: 'train', count: 1, start: index })[0] as SyntheticProblem;
  const { solver } = weighted(
    key,
    'solver',
    Object.entries(recipe.solvers).map(([solver, weight]) => ({ solver: solver as SolverName, weight })),
  );
  const { model, mistakes } = corrupt(problem.model, ratesOf(stage, problem.family), fold(key, 'corrupt'));
  return { problem, solver, completion: writeTarget(model, solver), mistakes };
}

/** Batch `step` of a stage, [B]. */
export function batchOf(recipe: Recipe, stage: Stage, seed: number, step: number): readonly Example[] {
  return Array.from({ length: stage.batch }, (_, offset) =>
    exampleOf(recipe, stage, seed, step * stage.batch + offset),
  );
}

/** The family's own rates, and those of every family where it names none. */
export function ratesOf({ mistakes }: Stage, family: string): MistakeRates {
  return { ...mistakes.everywhere, ...mistakes.families[family] };
}

/** One of the items, as often as their weights say. */
function weighted<Item extends { readonly weight: number }>(key: Key, label: string, items: readonly Item[]): Item {
  let left = uniform(key, label) * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items.at(-1) as Item;
}
