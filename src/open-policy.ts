/** From a policy's name to the policy, a run's among them. */

import { findCheckpoint } from './loop/checkpoints.ts';
import { type FindPolicyOptions, findPolicy } from './policy/find-policy.ts';
import type { Policy } from './types.ts';

/** As {@link findPolicy}; of a run's folder its newest checkpoint. */
export async function openPolicy(source: string, options: FindPolicyOptions = {}): Promise<Policy> {
  const checkpoint = await findCheckpoint(source);
  return findPolicy(checkpoint?.folder ?? source, options);
}
