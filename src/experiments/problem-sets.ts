/** The problems of a preset: to learn from, to stop by, and to be judged on. No text is in two of them. */

import { recipeProblems } from '../pretrain/corpus.ts';
import { findRecipe } from '../pretrain/recipe.ts';
import { labelSetOf } from '../problems/label-set.ts';
import { generateProblems, type SyntheticProblem } from '../problems/synthetic/generate.ts';
import type { Problem, ProblemSet } from '../types.ts';
import type { Preset } from './presets/preset.ts';

/** Problems under one heading: scores of two sets are never added up. */
export interface JudgedSet {
  /** `held-out`, `unseen-families`, or the name of the user's set. */
  readonly split: string;
  readonly labelSet: string;
  readonly problems: readonly Problem[];
}

export interface ProblemSets {
  /** As many as the preset's hungriest training asks for; every training takes the first ones. */
  readonly training: readonly SyntheticProblem[];
  readonly validation: readonly SyntheticProblem[];
  readonly judged: readonly JudgedSet[];
}

/** Wordings that nothing was trained on, families that were; claims are about these. */
export const HELD_OUT = 'held-out';
/** Families that nothing was trained on. */
const UNSEEN_FAMILIES = 'unseen-families';

/** The two families that the generator keeps out of training. */
const HELD_OUT_FAMILIES: readonly string[] = ['blending', 'portfolio'];

/** `given`: a set of the user's own, judged besides. */
export function problemSets({ data, sft, rl, coldStart }: Preset, given: ProblemSet | null): ProblemSets {
  const training = Math.max(sft.samples, rl.problems, coldStart.small.samples, coldStart.large.samples);
  const recipe = findRecipe(data.recipe);
  const { trainingSeed, validationSeed, validation, heldOutSeed, heldOut, unseenFamilies } = data;
  const trained = recipeProblems(recipe, { seed: trainingSeed, split: 'train', count: training });
  const texts = new Set(trained.map(({ text }) => text));
  const unseen = generateProblems({
    seed: heldOutSeed,
    split: 'held-out',
    count: unseenFamilies,
    families: HELD_OUT_FAMILIES,
    difficulty: 1,
    answers: recipe.answers,
  });
  return {
    training: trained,
    validation: recipeProblems(recipe, { seed: validationSeed, split: 'train', count: validation }).filter(
      ({ text }) => !texts.has(text),
    ),
    judged: [
      judgedSet(HELD_OUT, recipeProblems(recipe, { seed: heldOutSeed, split: 'held-out', count: heldOut })),
      judgedSet(UNSEEN_FAMILIES, unseen),
      ...(given === null ? [] : [{ split: given.name, labelSet: given.labelSet, problems: given.problems }]),
    ],
  };
}

function judgedSet(split: string, problems: readonly Problem[]): JudgedSet {
  return { split, labelSet: labelSetOf(problems), problems };
}
