/** log softmax(x·headᵀ)[target], and the entropy of the same distribution. */

import type { GraphBuilder } from '../builder.ts';
import { addRows, ofFirst, sumLast } from '../gradient-rule.ts';
import type { Tensor } from '../tensor.ts';
import type { Composite } from './composite.ts';

/**
 * With p = softmax(x·headᵀ) and g the gradient [M]: ∂x = g·(head[target] − p·head), and ∂head = −pᵀ·(g·x) with g·x
 * added to the targets' rows. The gradient of the logits [M, V] is never written.
 */
export const tokenLogProbability: Composite<'TokenLogProbability'> = {
  lower: (builder, { inputs: [x, head, targets] }) => {
    const { logits, logSum } = distributionOf(builder, x, head);
    const [tokens] = targets.shape as readonly [number | string];
    const chosen = builder.gatherElements(logits, builder.reshape(targets, [tokens, 1]), 1);
    return [builder.reshape(builder.sub(chosen, logSum), targets.shape)];
  },
  gradient: ofFirst<'TokenLogProbability'>((builder, { inputs: [x, head, targets] }, gradient) => {
    const { probabilities } = distributionOf(builder, x, head);
    const [tokens] = targets.shape as readonly [number | string];
    const each = builder.reshape(gradient, [tokens, 1]);
    const scaled = builder.mul(x, each);
    const away = builder.sub(builder.gather(head, targets), builder.matmul(probabilities, head));
    const dense = builder.matmul(probabilities, scaled, { transposeLeft: true, scale: -1 });
    return [builder.mul(away, each), addRows(builder, dense, targets, scaled), null];
  }),
};

/** −Σ p·log p of softmax(x·headᵀ), in nats: x [M, d], head [V, d] → [M]. */
export function tokenEntropy(builder: GraphBuilder, x: Tensor, head: Tensor): Tensor {
  const { logits, probabilities, logSum } = distributionOf(builder, x, head);
  return builder.reshape(
    builder.sub(logSum, sumLast(builder, builder.mul(probabilities, logits))),
    x.shape.slice(0, -1),
  );
}

/** log Σ exp(logits) = max logits − log max p, finite for every finite input. */
function distributionOf(
  builder: GraphBuilder,
  x: Tensor,
  head: Tensor,
): { readonly logits: Tensor; readonly probabilities: Tensor; readonly logSum: Tensor } {
  const logits = builder.matmul(x, head, { transposeRight: true });
  const probabilities = builder.softmax(logits);
  const greatest = builder.greatest(logits, [-1], true);
  return {
    logits,
    probabilities,
    logSum: builder.sub(greatest, builder.log(builder.greatest(probabilities, [-1], true))),
  };
}
