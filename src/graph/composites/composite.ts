/** An operation made of others, with a gradient rule of its own: one file each, one plain object. */

import type { GraphBuilder } from '../builder.ts';
import type { GradientRule } from '../gradient-rule.ts';
import type { CompositeKind, Node } from '../ops.ts';
import type { Tensor } from '../tensor.ts';

/**
 * Lowering and gradient both write what they need of the forward computation; what is equal becomes one node when
 * the graph is simplified.
 */
export interface Composite<K extends CompositeKind> {
  /** All outputs. */
  lower(builder: GraphBuilder, node: Node<K>): readonly Tensor[];
  readonly gradient: GradientRule<K>;
}
