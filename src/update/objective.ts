/**
 * The objectives as data. Every one of them is the same loss over the M scored tokens of a step, with other weights:
 *
 *     L = Σ_t w_t · [ a · −min(ρ_t·A_t, clip(ρ_t, 1 − lo, 1 + hi)·A_t)  +  b · −log π(t)  +  β · k3_t ]
 *
 *     ρ_t  = π(t) / π_old(t); π_old is the policy that wrote the completion
 *     k3_t = π_ref(t)/π(t) − log(π_ref(t)/π(t)) − 1, an estimate of KL(π ‖ π_ref) that is never negative
 *            (Schulman 2020, "Approximating KL divergence")
 *
 * With n completions of |y_i| tokens each in the step (masked ones are not among them) and T the length limit:
 *
 * | name | w_t | a | b | lo / hi | A divided by std | source |
 * |---|---|---|---|---|---|---|
 * | sft | 1 / Σ|y| | 0 | 1 | – | – | cross-entropy, mean over the step's tokens, as transformers and TRL's SFTTrainer |
 * | grpo | 1 / (n·|y_i|) | 1 | 0 | 0.2 / 0.2 | yes | Shao et al. 2024 (DeepSeekMath), eq. 3; TRL `loss_type="grpo"` |
 * | dapo | 1 / Σ|y| | 1 | 0 | 0.2 / 0.28 | yes | Yu et al. 2025, arXiv 2503.14476, eq. 8; TRL `loss_type="dapo"` |
 * | dr-grpo | 1 / (n·T) | 1 | 0 | 0.2 / 0.2 | no | Liu et al. 2025, arXiv 2503.20783, eq. 2; TRL `loss_type="dr_grpo"` |
 *
 * DAPO besides draws further problems in place of groups that are all right or all wrong (`resample.ts`), and takes
 * something off for long completions (`overlong.ts`). The paper of this project names GRPO and DAPO and no constants.
 *
 * Differs from TRL: a masked completion counts neither in n nor in Σ|y|; TRL's grpo and dr_grpo keep it in n. TRL 1.16
 * multiplies k3 by ρ unless `use_bias_correction_kl=False` is given; here it stands alone, as in GRPO's eq. 4.
 */

import type { ObjectiveName, UpdateOptions } from '../types.ts';

/** What a step's loss depends on besides {@link UpdateOptions}. */
export interface Objective {
  readonly name: ObjectiveName;
  /** a: weight of the clipped policy gradient. */
  readonly policyWeight: number;
  /** b: weight of the likelihood. */
  readonly likelihoodWeight: number;
  /** How tokens are averaged: see the table. */
  readonly average: 'completions' | 'tokens' | 'constant';
  /** Advantages are divided by the group's standard deviation. */
  readonly isStandardised: boolean;
  /** Groups that are all right or all wrong are replaced. */
  readonly isResampled: boolean;
  /** Long completions lose reward. */
  readonly isLengthPenalised: boolean;
  readonly clipLow: number;
  readonly clipHigh: number;
}

const POLICY_GRADIENT = { policyWeight: 1, likelihoodWeight: 0, isResampled: false, isLengthPenalised: false } as const;

/** The objectives by name. */
export const OBJECTIVES: Readonly<Record<ObjectiveName, Objective>> = {
  sft: {
    ...POLICY_GRADIENT,
    name: 'sft',
    policyWeight: 0,
    likelihoodWeight: 1,
    average: 'tokens',
    isStandardised: false,
    clipLow: 0.2,
    clipHigh: 0.2,
  },
  grpo: {
    ...POLICY_GRADIENT,
    name: 'grpo',
    average: 'completions',
    isStandardised: true,
    clipLow: 0.2,
    clipHigh: 0.2,
  },
  dapo: {
    ...POLICY_GRADIENT,
    name: 'dapo',
    average: 'tokens',
    isStandardised: true,
    isResampled: true,
    isLengthPenalised: true,
    clipLow: 0.2,
    clipHigh: 0.28,
  },
  'dr-grpo': {
    ...POLICY_GRADIENT,
    name: 'dr-grpo',
    average: 'constant',
    isStandardised: false,
    clipLow: 0.2,
    clipHigh: 0.2,
  },
};

/** An objective's own settings, on top of `DEFAULT_UPDATE`: its clip range. */
export function updateDefaults(name: ObjectiveName): Pick<UpdateOptions, 'objective' | 'clipLow' | 'clipHigh'> {
  const { clipLow, clipHigh } = OBJECTIVES[name];
  return { objective: name, clipLow, clipHigh };
}

/**
 * w of each completion's tokens, [n]: all tokens of a completion weigh the same. `lengths` are those of *all* the step's
 * completions, [n], also where the step is computed in micro-batches: their losses and gradients then add up.
 */
export function completionWeights(name: ObjectiveName, lengths: readonly number[], maxTokens: number): Float64Array {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  switch (OBJECTIVES[name].average) {
    case 'completions':
      return Float64Array.from(lengths, (length) => 1 / (lengths.length * Math.max(1, length)));
    case 'tokens':
      return new Float64Array(lengths.length).fill(1 / Math.max(1, total));
    case 'constant':
      return new Float64Array(lengths.length).fill(1 / (lengths.length * maxTokens));
  }
}

/** w_t, [M]: {@link completionWeights} spread over the tokens, completion after completion. */
export function tokenWeights(name: ObjectiveName, lengths: readonly number[], maxTokens: number): Float64Array {
  const weights = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
  let offset = 0;
  for (const [index, weight] of completionWeights(name, lengths, maxTokens).entries()) {
    const end = offset + (lengths[index] as number);
    weights.fill(weight, offset, end);
    offset = end;
  }
  return weights;
}
