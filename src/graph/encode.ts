/**
 * A graph as ONNX bytes: opset 21 and `com.microsoft` 1, IR version 10.
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (ModelProto and what it holds).
 *
 * Not covered: external data, so that a graph with more than 2 GiB of initialisers cannot be encoded (protobuf's
 * limit); give such weights as inputs.
 */

import { DATA_TYPE_CODES } from './data-types.ts';
import { type AttributeValue, NODE_FORMS, type NodeForm } from './node-forms.ts';
import type { Graph, GraphOutput, Initialiser, Node, PrimitiveGraph, PrimitiveKind } from './ops.ts';
import { ProtobufWriter } from './protobuf.ts';
import { simplify } from './simplify.ts';
import { arrayOf, type DataType, type Shape, type Tensor } from './tensor.ts';

/** AttributeProto.AttributeType, and the field that holds such a value. */
const ATTRIBUTES = {
  float: { type: 1, field: 2 },
  integer: { type: 2, field: 3 },
  text: { type: 3, field: 4 },
  tensor: { type: 4, field: 5 },
  graph: { type: 5, field: 6 },
  integers: { type: 7, field: 8 },
} as const;

/** Lowers, simplifies and encodes. */
export function encodeModel(graph: Graph): Uint8Array {
  const model = new ProtobufWriter()
    .integer(1, 10)
    .text(2, 'evom')
    .message(7, graphMessage(simplify(graph), new Map()))
    .message(8, operatorSet('', 21))
    .message(8, operatorSet('com.microsoft', 1));
  return model.bytes();
}

function operatorSet(domain: string, version: number): ProtobufWriter {
  return new ProtobufWriter().text(1, domain).integer(2, version);
}

/** `outer`: names that the graphs around this one have given to their outputs. */
function graphMessage(graph: PrimitiveGraph, outer: ReadonlyMap<string, string>): ProtobufWriter {
  const { names, copies } = nameOutputs(graph, outer);
  const nameOf = (name: string) => names.get(name) ?? name;
  const used = new Set(
    graph.nodes.flatMap((node) => namesRead(node)).concat(graph.outputs.map(({ tensor }) => tensor.name)),
  );
  const message = new ProtobufWriter();
  const extra = new Map<string, Initialiser>();
  for (const node of graph.nodes) message.message(1, nodeMessage(node, { graphName: graph.name, names, used, extra }));
  for (const { name, tensor } of copies)
    message.message(
      1,
      new ProtobufWriter().text(1, nameOf(tensor.name)).text(2, name).text(3, name).text(4, 'Identity'),
    );
  message.text(2, graph.name);
  for (const { tensor, data } of [...graph.initialisers, ...extra.values()])
    message.message(5, tensorMessage(tensor, data));
  for (const input of graph.inputs) message.message(11, valueMessage(input.name, input));
  for (const { name, tensor } of graph.outputs) message.message(12, valueMessage(name, tensor));
  return message;
}

/** An output's name goes to the node that makes it; where that is not possible the value is copied. */
function nameOutputs(
  graph: PrimitiveGraph,
  outer: ReadonlyMap<string, string>,
): { readonly names: ReadonlyMap<string, string>; readonly copies: readonly GraphOutput[] } {
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  const names = new Map(outer);
  const copies: GraphOutput[] = [];
  for (const output of graph.outputs) {
    if (made.delete(output.tensor.name)) names.set(output.tensor.name, output.name);
    else copies.push(output);
  }
  return { names, copies };
}

interface NodeContext {
  readonly graphName: string;
  readonly names: ReadonlyMap<string, string>;
  /** Every value that something reads; an optional output that nothing reads is left out. */
  readonly used: ReadonlySet<string>;
  /** By name, the small tensors that ONNX wants as inputs and we hold as attributes: one for equal ones. */
  readonly extra: Map<string, Initialiser>;
}

function nodeMessage<K extends PrimitiveKind>(
  node: Node<K>,
  { graphName, names, used, extra }: NodeContext,
): ProtobufWriter {
  const { kind, inputs, outputs } = node as Node<PrimitiveKind>;
  const form: NodeForm = (NODE_FORMS[kind] as (node: Node<K>) => NodeForm)(node);
  const first = outputs[0] as Tensor;
  const read = inputs.map((input) => (input === null ? '' : (names.get(input.name) ?? input.name)));
  for (const values of form.inputs ?? []) {
    const name = `${graphName}[${values}]`;
    extra.set(name, { tensor: { name, type: 'int64', shape: [values.length] }, data: arrayOf('int64', values) });
    read.push(name);
  }
  const written = outputs.map(({ name }, index) =>
    used.has(name) || index < (form.optionalOutput ?? Number.POSITIVE_INFINITY) ? (names.get(name) ?? name) : '',
  );
  const message = new ProtobufWriter();
  for (const name of withoutTrailing(read)) message.text(1, name);
  for (const name of withoutTrailing(written)) message.text(2, name);
  message.text(3, first.name).text(4, form.operator ?? kind);
  for (const [name, value] of Object.entries(form.attributes ?? {}))
    message.message(5, attributeMessage(name, value, names));
  if (form.domain) message.text(7, form.domain);
  return message;
}

function withoutTrailing(names: readonly string[]): readonly string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function attributeMessage(name: string, value: AttributeValue, names: ReadonlyMap<string, string>): ProtobufWriter {
  const [kind] = Object.keys(value) as [keyof typeof ATTRIBUTES];
  const { type, field } = ATTRIBUTES[kind];
  const message = new ProtobufWriter().text(1, name);
  if ('float' in value) message.float(field, value.float);
  else if ('integer' in value) message.integer(field, value.integer);
  else if ('text' in value) message.text(field, value.text);
  else if ('integers' in value) for (const integer of value.integers) message.integer(field, integer);
  else if ('tensor' in value) message.message(field, tensorMessage({ name: '', ...value.tensor }, value.tensor.data));
  else message.message(field, graphMessage(value.graph, names));
  return message.integer(20, type);
}

function tensorMessage({ name, type, shape }: Tensor, data: Initialiser['data']): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const dimension of shape) message.integer(1, Number(dimension));
  message.integer(2, DATA_TYPE_CODES[type]);
  if (name !== '') message.text(8, name);
  return message.raw(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function valueMessage(
  name: string,
  { type, shape }: { readonly type: DataType; readonly shape: Shape },
): ProtobufWriter {
  const shapeMessage = new ProtobufWriter();
  for (const dimension of shape) {
    const one = new ProtobufWriter();
    shapeMessage.message(1, typeof dimension === 'string' ? one.text(2, dimension) : one.integer(1, dimension));
  }
  const tensorType = new ProtobufWriter().integer(1, DATA_TYPE_CODES[type]).message(2, shapeMessage);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

/** Names that a node reads, those that its body takes from outside among them. */
function namesRead(node: Node): readonly string[] {
  const read = (node.inputs as readonly (Tensor | null)[]).flatMap((input) => (input === null ? [] : [input.name]));
  if (node.kind !== 'Loop') return read;
  const { nodes, outputs } = node.attributes.body;
  return [...read, ...nodes.flatMap(namesRead), ...outputs.map(({ tensor }) => tensor.name)];
}
