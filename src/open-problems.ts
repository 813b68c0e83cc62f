/** From a set's name to its problems, for the command line and the workbench alike. */

import { existsSync } from 'node:fs';
import { EvomError, expected } from './errors.ts';
import { recipeProblems } from './pretrain/corpus.ts';
import { findRecipe } from './pretrain/recipe.ts';
import { labelSetOf } from './problems/label-set.ts';
import { loadProblems } from './problems/load.ts';
import { generateProblems } from './problems/synthetic/generate.ts';
import type { ProblemSet } from './types.ts';

/** Made problems where no number is given. */
const DEFAULT_COUNT = 256;

const MADE = /^(tiny-(?=held-out)|)(synthetic|tiny|held-out)(?::([^:]*)(?::([^:]*))?)?$/;

/**
 * A file, a fetched public set, or a `KIND[:SEED[:COUNT]]` of made ones: `tiny` (what the tiny policy is for),
 * `synthetic`, and `tiny-held-out` and `held-out` in wordings that those keep back. Rows that cannot be used are in
 * `issues`. Rejects with `problem/no-problems` where nothing is left to use.
 */
export async function openProblems(source: string): Promise<ProblemSet> {
  const made = existsSync(source) ? null : MADE.exec(source);
  if (made !== null) {
    const [, prefix, kind, seed = '0', count = String(DEFAULT_COUNT)] = made;
    const options = {
      seed: wholeNumber(source, seed, Number.MIN_SAFE_INTEGER),
      count: wholeNumber(source, count, 1),
      split: kind === 'held-out' ? 'held-out' : 'train',
    } as const;
    const isTiny = prefix === 'tiny-' || kind === 'tiny';
    const problems = isTiny ? recipeProblems(findRecipe('tiny'), options) : generateProblems(options);
    return { name: source, labelSet: labelSetOf(problems), problems, issues: [] };
  }
  const set = await loadProblems({ name: source });
  if (set.problems.length > 0) return set;
  const next = 'See `evom problems lint`.';
  throw new EvomError('problem', 'no-problems', expected('problems', 'a file with a problem in it', source, next));
}

function wholeNumber(source: string, text: string, low: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= low) return value;
  const what = 'KIND:SEED:COUNT with a whole number for each, the count above 0';
  throw new EvomError('config', 'bad-problems', expected('problems', what, source, 'Write it as in `tiny:1:64`.'));
}
