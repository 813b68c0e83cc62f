/** Attention, with a gradient that passes over the scores once less than softmax's own would. */

import type { GraphBuilder } from '../builder.ts';
import { ofFirst, sumLast } from '../gradient-rule.ts';
import type { Node } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import type { Composite } from './composite.ts';

/** With p the probabilities, o the output and δ = Σ ∂o·o along D: ∂scores = (∂o·valueᵀ − δ)·p. */
export const attention: Composite<'Attention'> = {
  lower: (builder, node) => [builder.matmul(probabilitiesOf(builder, node), node.inputs[3])],
  gradient: ofFirst<'Attention'>((builder, node, gradient) => {
    const { inputs, attributes, outputs } = node;
    const [query, , key, value] = inputs;
    const { scale } = attributes;
    const probabilities = probabilitiesOf(builder, node);
    const delta = sumLast(builder, builder.mul(gradient, outputs[0] as Tensor));
    const slopes = builder.sub(builder.matmul(gradient, value, { transposeRight: true }), delta);
    const scores = builder.mul(slopes, probabilities);
    return [
      builder.matmul(scores, key, { scale }),
      null,
      builder.matmul(scores, query, { transposeLeft: true, scale }),
      builder.matmul(probabilities, gradient, { transposeLeft: true }),
    ];
  }),
};

function probabilitiesOf(builder: GraphBuilder, { inputs, attributes }: Node<'Attention'>): Tensor {
  const [query, mask, key] = inputs;
  const scores = builder.matmul(query, key, { transposeRight: true, scale: attributes.scale });
  return builder.softmax(builder.add(scores, mask));
}
