/**
 * What an experiment is: arms, each a way to make weights, and claims about them. Plain data, so that it is written down
 * before anything runs, and read again when the report is.
 *
 * Differs from the paper in scale, not in shape: a tiny policy of the same family instead of Qwen2.5-7B, problems from
 * the synthetic generator instead of OR-Instruct-3K and the public benchmarks, reference programs by the generator
 * instead of a teacher's, and every score with its rule, n and interval.
 */

import type { RewardObjective } from '../loop/options.ts';
import type { RewardWeights } from '../reward/reward.ts';
import type { SolverName } from '../types.ts';
import type { Claim } from './claims.ts';
import type { Preset } from './presets/preset.ts';

/** Learning from reference programs: the demonstrations that RL does without. */
export interface SupervisedTraining {
  readonly kind: 'sft';
  readonly solver: SolverName;
  /** The first so many training problems, each with its reference program. */
  readonly samples: number;
  readonly epochs: number;
  /** Programs of an update. */
  readonly batch: number;
  readonly learningRate: number;
  /** Epochs between two validations. */
  readonly validateEvery: number;
  /** False: reference programs without a `<think>` block. */
  readonly isThinking: boolean;
}

/** Learning from rewards, by `train`. */
export interface ReinforcedTraining {
  readonly kind: 'rl';
  /** Several: they take turns. */
  readonly solvers: readonly SolverName[];
  readonly objective: RewardObjective;
  /** The first so many training problems, only their answers. */
  readonly problems: number;
  readonly steps: number;
  /** B and G. */
  readonly problemsPerStep: number;
  readonly samples: number;
  readonly learningRate: number;
  readonly klWeight: number;
  /** Steps between two validations; the run ends after `patience` of them without a new best. */
  readonly validateEvery: number;
  readonly patience: number;
  readonly rewardWeights: RewardWeights;
  readonly isThinking: boolean;
}

export type Training = SupervisedTraining | ReinforcedTraining;

/** A way to make weights. */
export interface Arm {
  /** Short, in kebab-case; unique in an experiment. */
  readonly name: string;
  readonly label: string;
  /** Whose weights it goes on from; null: it is the base. */
  readonly from: Arm | null;
  /** Null: the base as it is. */
  readonly training: Training | null;
  readonly judgedOn: readonly SolverName[];
  /** Runs with every seed and is in the tables; the others are points of the sweep, with one seed. */
  readonly isMarked: boolean;
}

/** One of the paper's comparisons. */
export interface Experiment {
  readonly name: string;
  readonly title: string;
  /** What it is to find out, in a sentence or two. */
  readonly question: string;
  arms(preset: Preset, options: { readonly isSweep: boolean }): readonly Arm[];
  claims(preset: Preset): readonly Claim[];
}

/** The arms and all that they go on from, each after what it needs. */
export function withAncestors(arms: readonly Arm[]): readonly Arm[] {
  const all = new Map<string, Arm>();
  const add = (arm: Arm): void => {
    if (arm.from !== null) add(arm.from);
    if (!all.has(arm.name)) all.set(arm.name, arm);
  };
  for (const arm of arms) add(arm);
  return [...all.values()];
}

/** What an arm was trained on, in words. */
export function describeTraining(training: Training | null): string {
  if (training === null) return 'as it is';
  const { learningRate } = training;
  if (training.kind === 'sft') {
    const { samples, epochs, batch, solver, isThinking } = training;
    const thinking = isThinking ? '' : ', without <think>';
    return `SFT on ${samples} ${solver} programs × ${epochs} epochs, batch ${batch}, learning rate ${learningRate}${thinking}`;
  }
  const { objective, solvers, steps, problemsPerStep, samples, klWeight, problems } = training;
  const kl = klWeight > 0 ? `, KL ${klWeight}` : '';
  return (
    `${objective.toUpperCase()} on ${problems} answers, ${solvers.join(' and ')}, ` +
    `up to ${steps} steps of ${problemsPerStep} × ${samples}, learning rate ${learningRate}${kl}`
  );
}
