/** What an update tells of itself, summed over its micro-batches. */

import type { Pack } from '../../graph/transformer/pack.ts';
import type { UpdateOptions } from '../../types.ts';
import { lossOf } from '../../update/loss.ts';
import { OBJECTIVES } from '../../update/objective.ts';

/** A micro-batch's results, by scored token [M]. */
export interface BatchResults {
  readonly loss: number;
  readonly logProbs: Float32Array;
  readonly entropy: Float32Array;
  readonly referenceLogProbs: Float32Array | null;
}

export class StepStatistics {
  readonly #options: UpdateOptions;
  #loss = 0;
  #tokens = 0;
  #entropy = 0;
  #ratio = 0;
  #clipped = 0;
  #kl = 0;
  #prompts = 0;
  #batches = 0;

  constructor(options: UpdateOptions) {
    this.#options = options;
  }

  add({ feeds, sizes }: Pack, { loss, logProbs, entropy, referenceLogProbs }: BatchResults): void {
    const [oldLogProbs, advantages, weights] = [feeds.oldLogProbs, feeds.advantages, feeds.weights].map(
      ({ data }) => data as Float32Array,
    ) as [Float32Array, Float32Array, Float32Array];
    const { clipFraction, kl } = lossOf(
      { logProbs, oldLogProbs, referenceLogProbs, advantages, weights },
      this.#options,
    );
    this.#loss += loss;
    this.#tokens += sizes.scored;
    this.#entropy += entropy.reduce((sum, value) => sum + value, 0);
    this.#ratio += logProbs.reduce((sum, value, index) => sum + Math.exp(value - (oldLogProbs[index] as number)), 0);
    this.#clipped += clipFraction * sizes.scored;
    this.#kl += kl * sizes.scored;
    this.#prompts += sizes.tokens;
    this.#batches++;
  }

  /**
   * `loss` L; `entropy` mean of the tokens' entropies, in nats; of policy gradients `ratio`, the mean of π/π_old, and
   * `clipFraction`; where there is a reference `kl`, the mean of k3; `trainedTokens` M; `computedTokens` N, prompts
   * among them; `microBatches`.
   */
  result(): Readonly<Record<string, number>> {
    const mean = (sum: number): number => sum / Math.max(1, this.#tokens);
    const isPolicyGradient = OBJECTIVES[this.#options.objective].policyWeight !== 0;
    return {
      loss: this.#loss,
      entropy: mean(this.#entropy),
      ...(isPolicyGradient && { ratio: mean(this.#ratio), clipFraction: mean(this.#clipped) }),
      ...(this.#options.klWeight > 0 && { kl: mean(this.#kl) }),
      trainedTokens: this.#tokens,
      computedTokens: this.#prompts,
      microBatches: this.#batches,
    };
  }
}
