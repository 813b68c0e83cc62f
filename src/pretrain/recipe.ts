/** Every number of a pretraining recipe, in one place. */

import { EvomError, expected } from '../errors.ts';
import type { TransformerConfig } from '../graph/transformer/parameters.ts';
import type { AnswerKind, Difficulty } from '../problems/synthetic/family.ts';
import type { SolverName } from '../types.ts';
import type { MistakeRates } from './corrupt.ts';

/** A family at a difficulty, and how often it is drawn. */
export interface Cell {
  readonly family: string;
  readonly difficulty: Difficulty;
  readonly weight: number;
}

/** One stretch of pretraining with one kind of data. */
export interface Stage {
  readonly name: string;
  readonly steps: number;
  /** B: (prompt, completion) pairs a step. */
  readonly batch: number;
  /** The peak: reached in `warmUp` steps, then falling as half a cosine to 0. */
  readonly learningRate: number;
  readonly warmUp: number;
  readonly mistakes: {
    /** In every family, where the family's own rates name no other. */
    readonly everywhere: MistakeRates;
    readonly families: Readonly<Record<string, MistakeRates>>;
  };
}

/** The LLaMA block's sizes; the vocabulary's is the tokenizer's. */
export type Architecture = Omit<TransformerConfig, 'vocabularySize'>;

export interface Recipe {
  readonly name: string;
  readonly seed: number;
  /** What the policy is for. Any other problem is out of its range. */
  readonly cells: readonly Cell[];
  readonly answers: readonly AnswerKind[];
  /** How often each solver is asked for. */
  readonly solvers: Readonly<Partial<Record<SolverName, number>>>;
  readonly architecture: Architecture;
  readonly tokenizer: {
    /** How many problems are read for it, each written for every solver. */
    readonly problems: number;
    /** A piece of the text is a token where it occurs so often. */
    readonly leastCount: number;
    /** Merges of bytes, for words that are no token. */
    readonly merges: number;
  };
  readonly weightDecay: number;
  readonly maxGradientNorm: number;
  readonly stages: readonly Stage[];
}

const cell = (family: string, difficulty: Difficulty, weight: number): Cell => ({ family, difficulty, weight });

/**
 * The tiny policy: eight families with two to four variables. Hardly any mistakes first, so that it learns to read
 * and to copy; then mistakes that depend on the family, so that it is wrong in systematic ways.
 */
export const TINY: Recipe = {
  name: 'tiny',
  seed: 20_260_701,
  cells: [
    cell('product-mix', 1, 4),
    cell('diet', 1, 3),
    cell('knapsack', 1, 3),
    cell('investment', 1, 2),
    cell('investment', 2, 2),
    cell('fleet', 1, 3),
    cell('staffing', 1, 2),
    cell('transport', 1, 2),
    cell('assignment', 1, 2),
  ],
  answers: ['number'],
  solvers: { gurobi: 1, ortools: 1 },
  architecture: {
    hiddenSize: 192,
    layers: 4,
    heads: 6,
    keyValueHeads: 6,
    headSize: 32,
    intermediateSize: 576,
    ropeTheta: 10_000,
    ropeScaling: null,
    normEpsilon: 1e-5,
    maxPositions: 512,
    isHeadTied: true,
    hasQkvBias: false,
  },
  tokenizer: { problems: 4000, leastCount: 8, merges: 400 },
  weightDecay: 0.01,
  maxGradientNorm: 1,
  stages: [
    {
      name: 'broad',
      steps: 3000,
      batch: 32,
      learningRate: 2e-3,
      warmUp: 60,
      mistakes: {
        everywhere: { domain: 0.03, constraint: 0.03, ratio: 0.03, sense: 0.02, relation: 0.03, number: 0.03 },
        families: {},
      },
    },
    {
      name: 'slanted',
      steps: 250,
      batch: 32,
      learningRate: 5e-4,
      warmUp: 20,
      mistakes: {
        everywhere: { domain: 0.05, constraint: 0.08, sense: 0.03, relation: 0.04, number: 0.04 },
        families: {
          'product-mix': { domain: 0.6 },
          fleet: { domain: 0.5 },
          knapsack: { domain: 0.55 },
          diet: { constraint: 0.65 },
          investment: { constraint: 0.2, ratio: 0.65 },
          staffing: { constraint: 0.6 },
          transport: { constraint: 0.6 },
        },
      },
    },
  ],
};

const RECIPES: readonly Recipe[] = [TINY];

/** Throws `config/unknown-recipe`. */
export function findRecipe(name: string): Recipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  const names = RECIPES.map((candidate) => candidate.name).join(', ');
  throw new EvomError('config', 'unknown-recipe', expected('--recipe', `among ${names}`, name, 'Correct the name.'));
}
