/** Writes composites as primitives. */

import { GraphBuilder } from './builder.ts';
import { attention } from './composites/attention.ts';
import type { Composite } from './composites/composite.ts';
import { collect, spread } from './composites/spread.ts';
import { swiglu } from './composites/swiglu.ts';
import { tokenLogProbability } from './composites/token-log-probability.ts';
import type { CompositeKind, Graph, Node, PrimitiveGraph } from './ops.ts';
import type { Tensor } from './tensor.ts';

export const COMPOSITES: { readonly [K in CompositeKind]: Composite<K> } = {
  Swiglu: swiglu,
  Spread: spread,
  Collect: collect,
  Attention: attention,
  TokenLogProbability: tokenLogProbability,
};

/** The same graph without composites; their outputs keep their names. */
export function lower(graph: Graph, outer: GraphBuilder | null = null): PrimitiveGraph {
  const builder = new GraphBuilder(graph.name, outer, '~');
  for (const { name, type, shape } of graph.inputs) builder.input(name, type, shape);
  for (const { tensor, data } of graph.initialisers) builder.initialiser(tensor.name, tensor.type, tensor.shape, data);
  for (const node of graph.nodes) {
    if (isComposite(node)) {
      for (const [index, result] of lowered(builder, node).entries())
        builder.push({ kind: 'Identity', inputs: [result], attributes: {}, outputs: [node.outputs[index] as Tensor] });
    } else if (node.kind === 'Loop') {
      builder.push({ ...node, attributes: { ...node.attributes, body: lower(node.attributes.body, builder) } });
    } else builder.push(node);
  }
  for (const { name, tensor } of graph.outputs) builder.output(name, tensor);
  return builder.build() as PrimitiveGraph;
}

function isComposite(node: Node): node is Node<CompositeKind> {
  return node.kind in COMPOSITES;
}

function lowered<K extends CompositeKind>(builder: GraphBuilder, node: Node<K>): readonly Tensor[] {
  const composite: Composite<K> = COMPOSITES[node.kind as K];
  return composite.lower(builder, node);
}
