/**
 * Says the same in fewer nodes: equal computations become one, what changes nothing or is not read goes.
 * Left to onnxruntime, which does it when it loads: to fold constants and to fuse.
 */

import { lower } from './lower.ts';
import type { Graph, Initialiser, Node, PrimitiveGraph, PrimitiveKind } from './ops.ts';
import { sameShape, type Tensor } from './tensor.ts';

/** Lowers composites, then simplifies. The graph's inputs and outputs stay as they are. */
export function simplify(graph: Graph): PrimitiveGraph {
  const merged = mergeEqual(lower(graph), { aliases: new Map(), seen: new Map(), makers: new Map() });
  return withoutDead(merged, new Set());
}

/** What is known while walking forward; a body starts from what the graph around it knows. */
interface Known {
  /** Value → the equal value to read instead. */
  readonly aliases: Map<string, Tensor>;
  /** Computation → its outputs. */
  readonly seen: Map<string, readonly Tensor[]>;
  /** Value → the node that makes it. */
  readonly makers: Map<string, Node<PrimitiveKind>>;
}

function mergeEqual(graph: PrimitiveGraph, outer: Known): PrimitiveGraph {
  const known: Known = {
    aliases: new Map(outer.aliases),
    seen: new Map(outer.seen),
    makers: new Map(outer.makers),
  };
  const initialisers = mergeConstants(graph.initialisers, known);
  const nodes: Node<PrimitiveKind>[] = [];
  for (const original of graph.nodes) {
    const node = withInputs(original, known);
    const same = unchanged(node, known);
    const first = node.outputs[0] as Tensor;
    if (same) {
      known.aliases.set(first.name, same);
      continue;
    }
    const key = keyOf(node);
    const equal = known.seen.get(key);
    if (equal) {
      for (const [index, output] of node.outputs.entries()) known.aliases.set(output.name, equal[index] as Tensor);
      continue;
    }
    known.seen.set(key, node.outputs);
    for (const output of node.outputs) known.makers.set(output.name, node);
    nodes.push(node);
  }
  const outputs = graph.outputs.map(({ name, tensor }) => ({ name, tensor: resolved(tensor, known) }));
  return { ...graph, initialisers, nodes, outputs };
}

/** Small equal constants become one. */
function mergeConstants(initialisers: readonly Initialiser[], known: Known): readonly Initialiser[] {
  return initialisers.filter(({ tensor, data }) => {
    if (data.length > 16) return true;
    const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `constant ${tensor.type} [${tensor.shape}] ${bits}`;
    const [equal] = known.seen.get(key) ?? [];
    if (equal) known.aliases.set(tensor.name, equal);
    else known.seen.set(key, [tensor]);
    return !equal;
  });
}

/** The value keeps the shape that its reader knows it by. */
function resolved(tensor: Tensor, { aliases }: Known): Tensor {
  const alias = aliases.get(tensor.name);
  return alias ? { ...tensor, name: alias.name } : tensor;
}

function withInputs(node: Node<PrimitiveKind>, known: Known): Node<PrimitiveKind> {
  const inputs = (node.inputs as readonly (Tensor | null)[]).map((input) => input && resolved(input, known));
  const attributes =
    node.kind === 'Loop'
      ? { ...node.attributes, body: mergeEqual(node.attributes.body as PrimitiveGraph, known) }
      : node.attributes;
  return { ...node, inputs, attributes } as unknown as Node<PrimitiveKind>;
}

/** The input that a node gives back as it is; null where it does something. */
function unchanged(node: Node<PrimitiveKind>, { makers }: Known): Tensor | null {
  switch (node.kind) {
    case 'Identity':
      return node.inputs[0];
    case 'Reshape':
      return sameShape(node.inputs[0].shape, node.attributes.shape) ? node.inputs[0] : null;
    case 'Neg': {
      const inner = makers.get(node.inputs[0].name);
      return inner?.kind === 'Neg' ? inner.inputs[0] : null;
    }
    default:
      return null;
  }
}

function keyOf(node: Node<PrimitiveKind>): string {
  const inputs = (node.inputs as readonly (Tensor | null)[]).map((input) => input?.name ?? '');
  // A loop is one of its kind: its body would have to be compared node by node.
  const attributes = node.kind === 'Loop' ? node.outputs[0]?.name : JSON.stringify(node.attributes);
  return `${node.kind}(${inputs}) ${attributes}`;
}

/** `live`: values of this graph that a graph inside or around it reads. */
function withoutDead(graph: PrimitiveGraph, live: Set<string>): PrimitiveGraph {
  for (const { tensor } of graph.outputs) live.add(tensor.name);
  const kept: Node<PrimitiveKind>[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some(({ name }) => live.has(name))) continue;
    for (const input of node.inputs as readonly (Tensor | null)[]) if (input) live.add(input.name);
    if (node.kind !== 'Loop') kept.push(node);
    else {
      const body = withoutDead(node.attributes.body as PrimitiveGraph, live);
      kept.push({ ...node, attributes: { ...node.attributes, body } });
    }
  }
  return {
    ...graph,
    nodes: kept.reverse(),
    initialisers: graph.initialisers.filter(({ tensor }) => live.has(tensor.name)),
  };
}
