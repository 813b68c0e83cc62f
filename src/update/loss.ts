/**
 * The loss of `objective.ts` in plain numbers, with its gradient by each token's log-probability. What a graph computes
 * must equal it; policies without a graph (`policy/scripted.ts`) learn by it.
 */

import type { ObjectiveName, UpdateOptions } from '../types.ts';
import { OBJECTIVES } from './objective.ts';

/** The M scored tokens of a step; every array is [M]. */
export interface ScoredTokens {
  /** log π, natural logarithms, at the temperature of the generation. */
  readonly logProbs: ArrayLike<number>;
  /** log π_old: as the completions were drawn. */
  readonly oldLogProbs: ArrayLike<number>;
  /** log π_ref; needed where β is not 0. */
  readonly referenceLogProbs: ArrayLike<number> | null;
  /** A of the token's completion. */
  readonly advantages: ArrayLike<number>;
  /** w_t of `tokenWeights`. */
  readonly weights: ArrayLike<number>;
}

export interface Loss {
  readonly loss: number;
  /** dL / d log π, [M]. */
  readonly gradient: Float64Array;
  /** Share of tokens whose ratio left the clip range on the side where its advantage pushes it, unweighted. */
  readonly clipFraction: number;
  /** Mean of k3 over the tokens; 0 without a reference. */
  readonly kl: number;
}

/** L and dL / d log π. At ρ on the clip boundary the gradient is that of the unclipped side. */
export function lossOf(
  tokens: ScoredTokens,
  options: Pick<UpdateOptions, 'clipLow' | 'clipHigh' | 'klWeight'> & { readonly objective: ObjectiveName },
): Loss {
  const { policyWeight, likelihoodWeight } = OBJECTIVES[options.objective];
  const count = tokens.logProbs.length;
  const gradient = new Float64Array(count);
  let loss = 0;
  let clipped = 0;
  let kl = 0;
  for (let index = 0; index < count; index++) {
    const logProb = tokens.logProbs[index] as number;
    const advantage = tokens.advantages[index] as number;
    const ratio = Math.exp(logProb - (tokens.oldLogProbs[index] as number));
    const bounded = Math.min(Math.max(ratio, 1 - options.clipLow), 1 + options.clipHigh);
    const isClipped = bounded * advantage < ratio * advantage;
    let value = policyWeight * -(isClipped ? bounded : ratio) * advantage - likelihoodWeight * logProb;
    let slope = policyWeight * (isClipped ? 0 : -ratio * advantage) - likelihoodWeight;
    if (tokens.referenceLogProbs !== null) {
      const gap = (tokens.referenceLogProbs[index] as number) - logProb;
      kl += Math.exp(gap) - gap - 1;
      value += options.klWeight * (Math.exp(gap) - gap - 1);
      slope += options.klWeight * (1 - Math.exp(gap));
    }
    if (isClipped) clipped++;
    loss += (tokens.weights[index] as number) * value;
    gradient[index] = (tokens.weights[index] as number) * slope;
  }
  const share = Math.max(1, count);
  return { loss, gradient, clipFraction: clipped / share, kl: kl / share };
}
