/** What a gradient rule is, and what rules share. */

import type { GraphBuilder } from './builder.ts';
import type { Node, OpKind } from './ops.ts';
import { numberOf, type Tensor } from './tensor.ts';

/**
 * From the gradients of a node's outputs (null where there is none) to those of its inputs (null where there is
 * none). A gradient may still have the shape that its input was broadcast to: the walk sums it. Gradients that
 * nobody asks for cost nothing: their nodes are dead and go when the graph is simplified.
 */
export type GradientRule<K extends OpKind> = (
  builder: GraphBuilder,
  node: Node<K>,
  gradients: readonly (Tensor | null)[],
) => readonly (Tensor | null)[];

/** A rule for an operation of which only the first output is differentiable. */
export function ofFirst<K extends OpKind>(
  rule: (builder: GraphBuilder, node: Node<K>, gradient: Tensor) => readonly (Tensor | null)[],
): GradientRule<K> {
  return (builder, node, [gradient]) => (gradient ? rule(builder, node, gradient) : []);
}

/** Sum over the last axis, which stays as 1. */
export function sumLast(builder: GraphBuilder, x: Tensor): Tensor {
  return builder.sum(x, [-1], true);
}

/** Mean over the last axis, which stays as 1 and has to be a number. */
export function meanLast(builder: GraphBuilder, x: Tensor): Tensor {
  return builder.mul(sumLast(builder, x), builder.scalar(1 / numberOf(x.shape.at(-1))));
}

/** base [V, d] with each row of `rows` [M, d] added at its index [M]; indices may repeat. */
export function addRows(builder: GraphBuilder, base: Tensor, index: Tensor, rows: Tensor): Tensor {
  const [count] = index.shape as readonly [number | string];
  const wide = builder.expand(builder.reshape(index, [count, 1]), rows.shape);
  return builder.scatterElements(base, wide, rows, 0, 'add');
}
