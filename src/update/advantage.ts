/**
 * Group-relative advantages (GRPO, Shao et al. 2024, arXiv 2402.03300, eq. 3): how much better a completion is than the
 * others of its prompt. Pure.
 *
 *     A_i = (R_i − mean R) / (std R + 1e-4)     grpo, dapo: as TRL's GRPOTrainer, std with G − 1 in its denominator
 *     A_i = R_i − mean R                        dr-grpo (Liu et al. 2025, arXiv 2503.20783): no division, which would
 *                                               favour prompts that are nearly all right or nearly all wrong
 *
 * Masked rollouts are in neither mean nor std, and have no advantage.
 */

import type { Reward } from '../types.ts';

/** TRL's ε, against a division by zero. */
const STD_FLOOR = 1e-4;

/** The advantages of one group. */
export interface GroupAdvantages {
  /** [G]; null for masked rollouts. */
  readonly values: readonly (number | null)[];
  /** All kept rewards are equal, so that every advantage is 0 and the group teaches nothing. False where none is kept. */
  readonly isZeroVariance: boolean;
}

/** The advantages of one prompt's completions, [G]. `isStandardised`: divided by the group's standard deviation. */
export function groupAdvantages(
  rewards: readonly Pick<Reward, 'total' | 'masked'>[],
  isStandardised: boolean,
): GroupAdvantages {
  const kept = rewards.filter(({ masked }) => !masked).map(({ total }) => total);
  const isZeroVariance = kept.length > 0 && kept.every((total) => total === kept[0]);
  const mean = isZeroVariance ? (kept[0] as number) : kept.reduce((sum, total) => sum + total, 0) / kept.length;
  const variance = kept.reduce((sum, total) => sum + (total - mean) ** 2, 0) / Math.max(1, kept.length - 1);
  const scale = isStandardised ? 1 / (Math.sqrt(variance) + STD_FLOOR) : 1;
  return { values: rewards.map(({ total, masked }) => (masked ? null : (total - mean) * scale)), isZeroVariance };
}
