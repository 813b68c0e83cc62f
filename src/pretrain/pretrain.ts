/**
 * Pretraining: ordinary supervised steps over the recipe's stream, stage after stage, through the same
 * {@link TrainablePolicy.update} that SFT and reinforcement learning use.
 */

import { DEFAULT_UPDATE } from '../config.ts';
import type { TrainablePolicy, TrainingGroup } from '../types.ts';
import { learningRateAt } from '../update/schedule.ts';
import { batchOf, type Example } from './corpus.ts';
import type { Recipe, Stage } from './recipe.ts';

export interface PretrainOptions {
  /** Of the data; default: the recipe's. */
  readonly seed?: number;
  /** Of all stages together, each shortened alike; default: the recipe's. */
  readonly steps?: number;
  /** Steps that the policy has taken already, over all stages; default 0. */
  readonly taken?: number;
  /** Stops before the next step; what was learnt is kept. */
  readonly signal?: AbortSignal;
}

export interface PretrainStep {
  readonly stage: string;
  /** 0-based, over all stages. */
  readonly index: number;
  /** Of all stages. */
  readonly steps: number;
  readonly learningRate: number;
  /** Share of the batch's completions that hold a mistake, as the recipe wants it. */
  readonly mistaken: number;
  readonly statistics: Readonly<Record<string, number>>;
}

/** Yields after each step. */
export async function* pretrain(
  policy: TrainablePolicy,
  recipe: Recipe,
  { seed = recipe.seed, steps, taken = 0, signal }: PretrainOptions = {},
): AsyncGenerator<PretrainStep> {
  const stages = shortened(recipe.stages, steps);
  const all = stepsOf(stages);
  let index = 0;
  for (const stage of stages) {
    const schedule = { name: 'cosine', warmUp: Math.min(stage.warmUp, stage.steps), steps: stage.steps } as const;
    for (let step = 0; step < stage.steps && !signal?.aborted; step++, index++) {
      if (index < taken) continue;
      const batch = batchOf(recipe, stage, seed, step);
      const learningRate = learningRateAt(step, stage.learningRate, schedule);
      const statistics = await policy.update(
        batch.map((example) => groupOf(policy, example)),
        {
          ...DEFAULT_UPDATE,
          objective: 'sft',
          learningRate,
          weightDecay: recipe.weightDecay,
          maxGradientNorm: recipe.maxGradientNorm,
        },
      );
      const mistaken = batch.filter(({ mistakes }) => mistakes.length > 0).length / batch.length;
      yield { stage: stage.name, index, steps: all, learningRate, mistaken, statistics };
    }
  }
}

export function stepsOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { steps }) => sum + steps, 0);
}

/** Stages in their proportion, at least a step each. */
export function shortened(stages: readonly Stage[], steps: number = stepsOf(stages)): readonly Stage[] {
  const share = steps / stepsOf(stages);
  return stages.map((stage) => ({ ...stage, steps: Math.max(1, Math.round(stage.steps * share)) }));
}

function groupOf(policy: TrainablePolicy, { problem, solver, completion }: Example): TrainingGroup {
  return { prompt: { problem, solver }, samples: [{ completion: policy.completionOf(completion), advantage: 1 }] };
}
