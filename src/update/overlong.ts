/**
 * The soft overlong penalty of DAPO (Yu et al. 2025, arXiv 2503.14476, eq. 13). Pure. With T the length limit and c the
 * soft part of it:
 *
 *     0                    |y| ≤ T − c
 *     (T − c − |y|) / c    T − c < |y| ≤ T
 *     −1                   T < |y|
 *
 * A completion that was cut off at T is masked before this is asked, as DAPO's overlong filtering does.
 */

import type { Reward } from '../types.ts';

/** c / T: DAPO's 4096 of 20480 tokens. */
const SOFT_SHARE = 0.2;

/** The penalty of a completion of `length` tokens, in [−1, 0]. Default of `soft`: a fifth of `maxTokens`. */
export function overlongPenalty(length: number, maxTokens: number, soft: number = SOFT_SHARE * maxTokens): number {
  const excess = length - (maxTokens - soft);
  if (excess <= 0) return 0;
  return length > maxTokens ? -1 : -excess / soft;
}

/** The reward with the penalty as its part `overlong`, added to the total. Masked rewards stay as they are. */
export function penaliseLength(reward: Reward, length: number, maxTokens: number): Reward {
  if (reward.masked) return reward;
  const overlong = overlongPenalty(length, maxTokens);
  return { parts: { ...reward.parts, overlong }, total: reward.total + overlong, masked: false };
}
