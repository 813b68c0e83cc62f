/**
 * DAPO's dynamic sampling (Yu et al. 2025, arXiv 2503.14476, eq. 11): a group that is all right or all wrong has no
 * gradient, so further problems are drawn in its place. Pure.
 *
 * It looks at *raw accuracy*, never at the shaped reward: filtered on the shaped score, groups that differ in format
 * alone stay in, and such training destroyed a policy within 40 steps (verl-recipe #125, NeMo-RL #2431).
 *
 * Differs from DAPO: it samples until the batch is full; here after {@link MAX_DRAWS} draws the step goes on with the
 * groups that it has, so that a policy which knows everything or nothing ends its step.
 */

import type { Rollout } from '../types.ts';

/** Draws for one step, the first included. verl's recipe for DAPO has the same bound (`max_num_gen_batches`: 10). */
export const MAX_DRAWS = 10;

/** Whether a group has a right and a wrong completion; masked ones are neither. */
export function isMixed(group: readonly Pick<Rollout, 'verdict' | 'reward'>[]): boolean {
  const kept = group.filter(({ reward }) => !reward.masked);
  const hits = kept.filter(({ verdict }) => verdict === 'correct').length;
  return hits > 0 && hits < kept.length;
}

/** How many further problems to draw after `draws` draws, where the step wants `wanted` mixed groups. */
export function lackingGroups(
  groups: readonly (readonly Pick<Rollout, 'verdict' | 'reward'>[])[],
  wanted: number,
  draws: number,
): number {
  return draws >= MAX_DRAWS ? 0 : Math.max(0, wanted - groups.filter(isMixed).length);
}
