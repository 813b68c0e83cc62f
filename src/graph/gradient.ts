/**
 * Reverse-mode gradients: a rule for every operation, and one walk from the loss backwards.
 *
 * `null` says that an operation has no gradient here; to ask for one through it is an error, not a zero.
 */

import { EvomError } from '../errors.ts';
import type { GraphBuilder } from './builder.ts';
import { addRows, type GradientRule, meanLast, ofFirst, sumLast } from './gradient-rule.ts';
import { COMPOSITES } from './lower.ts';
import type { Node, OpKind } from './ops.ts';
import { type DataType, type Dimension, type Shape, sameShape, type Tensor } from './tensor.ts';

export const GRADIENT_RULES: { readonly [K in OpKind]: GradientRule<K> | null } = {
  Identity: ofFirst((_, __, gradient) => [gradient]),
  Add: ofFirst((_, __, gradient) => [gradient, gradient]),
  Sub: ofFirst((builder, _, gradient) => [gradient, builder.neg(gradient)]),
  Mul: ofFirst((builder, { inputs: [left, right] }, gradient) => [
    builder.mul(gradient, right),
    builder.mul(gradient, left),
  ]),
  Div: ofFirst((builder, { inputs: [, right], outputs: [quotient] }, gradient) => {
    const numerator = builder.div(gradient, right);
    return [numerator, builder.neg(builder.mul(numerator, quotient as Tensor))];
  }),
  // Where both are equal the whole gradient goes to the left one.
  Min: ofFirst((builder, { inputs: [left, right] }, gradient) =>
    chosen(builder, builder.lessOrEqual(left, right), gradient),
  ),
  Max: ofFirst((builder, { inputs: [left, right] }, gradient) =>
    chosen(builder, builder.op('GreaterOrEqual', [left, right], {}), gradient),
  ),
  Mod: null,
  Neg: ofFirst((builder, _, gradient) => [builder.neg(gradient)]),
  Abs: null,
  Exp: ofFirst((builder, { outputs: [y] }, gradient) => [builder.mul(gradient, y as Tensor)]),
  Log: ofFirst((builder, { inputs: [x] }, gradient) => [builder.div(gradient, x)]),
  Sqrt: ofFirst((builder, { outputs: [y] }, gradient) => [
    builder.div(builder.mul(gradient, builder.scalar(0.5)), y as Tensor),
  ]),
  Reciprocal: ofFirst((builder, { outputs: [y] }, gradient) => [
    builder.neg(builder.mul(gradient, builder.mul(y as Tensor, y as Tensor))),
  ]),
  Sigmoid: ofFirst((builder, { outputs: [y] }, gradient) => {
    const slope = builder.mul(y as Tensor, builder.sub(builder.scalar(1), y as Tensor));
    return [builder.mul(gradient, slope)];
  }),
  Floor: null,
  QuickGelu: null,
  Less: null,
  LessOrEqual: null,
  Greater: null,
  GreaterOrEqual: null,
  Equal: null,
  And: null,
  Or: null,
  Not: null,
  BitShift: null,
  BitwiseAnd: null,
  BitwiseXor: null,
  Where: ofFirst((builder, { inputs: [condition] }, gradient) => [null, ...chosen(builder, condition, gradient)]),
  Cast: null,
  ReduceSum: ofFirst((builder, { inputs: [x], attributes: { axes } }, gradient) => {
    const kept = x.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension));
    return [builder.expand(builder.reshape(gradient, kept), x.shape)];
  }),
  ReduceMax: null,
  ReduceMin: null,
  ReduceSumSquare: null,
  MatMul: ofFirst((builder, { inputs: [left, right], attributes }, gradient) => {
    const { transposeLeft, transposeRight, scale } = attributes;
    return [
      transposeLeft
        ? builder.matmul(right, gradient, { transposeLeft: transposeRight, transposeRight: true, scale })
        : builder.matmul(gradient, right, { transposeRight: !transposeRight, scale }),
      transposeRight
        ? builder.matmul(gradient, left, { transposeLeft: true, transposeRight: transposeLeft, scale })
        : builder.matmul(left, gradient, { transposeLeft: !transposeLeft, scale }),
    ];
  }),
  Softmax: ofFirst((builder, { outputs: [y] }, gradient) => {
    const weighted = builder.mul(gradient, y as Tensor);
    return [builder.sub(weighted, builder.mul(y as Tensor, sumLast(builder, weighted)))];
  }),
  CumSum: null,
  ArgMax: null,
  TopK: null,
  Reshape: ofFirst((builder, { inputs: [x] }, gradient) => [builder.reshape(gradient, x.shape), null]),
  Expand: ofFirst((_, __, gradient) => [gradient, null]),
  Transpose: ofFirst((builder, { attributes: { permutation } }, gradient) => [
    builder.transpose(
      gradient,
      permutation.map((_, axis) => permutation.indexOf(axis)),
    ),
  ]),
  Concat: ofFirst((builder, { inputs, attributes: { axis } }, gradient) =>
    builder.split(
      gradient,
      axis,
      inputs.map(({ shape }) => shape[axis] as Dimension),
    ),
  ),
  Split: (builder, { outputs, attributes: { axis } }, gradients) => [
    builder.concat(
      outputs.map(({ shape }, index) => gradients[index] ?? builder.filled(shape, 0)),
      axis,
    ),
    null,
  ],
  Slice: null,
  // Along the first axis, by an index [M]: looking up embeddings.
  Gather: ofFirst((builder, { inputs: [x, index], attributes: { axis } }, gradient) => {
    if (axis !== 0 || x.shape.length !== 2 || index.shape.length !== 1)
      throw noGradient('Gather other than of rows by an index [M]');
    return [addRows(builder, builder.filled(x.shape, 0), index, gradient), null];
  }),
  GatherElements: ofFirst((builder, { inputs: [x, index], attributes: { axis } }, gradient) => [
    builder.scatterElements(builder.filled(x.shape, 0), index, gradient, axis, 'add'),
    null,
  ]),
  GatherND: null,
  ScatterElements: null,
  ScatterND: null,
  Shape: null,
  ConstantOfShape: null,
  Range: null,
  // With r = 1/√(mean x² + ε) and h = x·r: ∂x = r·(∂y·w − h·mean(∂y·w·h)), ∂w = ∂y·h.
  SimplifiedLayerNormalization: ofFirst((builder, { inputs: [x, weight], outputs: [, inverse] }, gradient) => {
    const normal = builder.mul(x, inverse as Tensor);
    const scaled = builder.mul(gradient, weight);
    const along = builder.mul(normal, meanLast(builder, builder.mul(scaled, normal)));
    return [builder.mul(builder.sub(scaled, along), inverse as Tensor), builder.mul(gradient, normal)];
  }),
  // A rotation's transpose is the rotation back: the same angles with −sin.
  RotaryEmbedding: ofFirst((builder, { inputs: [, positions, cosine, sine], attributes }, gradient) => [
    builder.op('RotaryEmbedding', [gradient, positions, cosine, builder.neg(sine)], attributes),
    null,
    null,
    null,
  ]),
  GroupQueryAttention: null,
  Loop: null,
  Swiglu: COMPOSITES.Swiglu.gradient,
  Spread: COMPOSITES.Spread.gradient,
  Collect: COMPOSITES.Collect.gradient,
  Attention: COMPOSITES.Attention.gradient,
  TokenLogProbability: COMPOSITES.TokenLogProbability.gradient,
};

/**
 * Gradients of a scalar loss with respect to each variable, each of its variable's shape; zeros where the loss does
 * not depend on one. Throws `graph-gradient` where the way leads through an operation without a gradient.
 */
export function gradientsOf(builder: GraphBuilder, loss: Tensor, variables: readonly Tensor[]): readonly Tensor[] {
  const nodes = [...builder.nodes];
  const dependent = new Set(variables.map(({ name }) => name));
  const isDependent = (input: Tensor | null) => input !== null && dependent.has(input.name);
  for (const node of nodes)
    if (inputsOf(node).some(isDependent))
      for (const { name, type } of node.outputs) if (FLOATS.has(type)) dependent.add(name);

  const gradients = new Map<string, Tensor>([[loss.name, builder.scalar(1)]]);
  for (const node of nodes.reverse()) {
    const above = node.outputs.map(({ name }) => gradients.get(name) ?? null);
    if (above.every((gradient) => gradient === null) || !inputsOf(node).some(isDependent)) continue;
    const below = applyRule(builder, node, above);
    for (const [index, input] of inputsOf(node).entries()) {
      const gradient = below[index];
      if (!input || !dependent.has(input.name)) continue;
      if (!gradient) throw noGradient(`${node.kind}, input ${index}`);
      const summed = sumTo(builder, gradient, input.shape);
      const known = gradients.get(input.name);
      gradients.set(input.name, known ? builder.add(known, summed) : summed);
    }
  }
  return variables.map(({ name, shape }) => gradients.get(name) ?? builder.filled(shape, 0));
}

/** What has a gradient: integers and truth values are constants where they do not jump. */
const FLOATS: ReadonlySet<DataType> = new Set(['float32', 'float16', 'bfloat16']);

function applyRule<K extends OpKind>(
  builder: GraphBuilder,
  node: Node<K>,
  gradients: readonly (Tensor | null)[],
): readonly (Tensor | null)[] {
  const rule = GRADIENT_RULES[(node as Node).kind] as GradientRule<K> | null;
  if (rule === null) throw noGradient((node as Node).kind);
  return rule(builder, node, gradients);
}

/** Undoes a broadcast: sums what was repeated. */
function sumTo(builder: GraphBuilder, gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const added = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((dimension, axis) =>
    axis < added || (shape[axis - added] === 1 && dimension !== 1) ? [axis] : [],
  );
  return builder.reshape(axes.length > 0 ? builder.sum(gradient, axes, true) : gradient, shape);
}

function chosen(builder: GraphBuilder, condition: Tensor, gradient: Tensor): readonly [Tensor, Tensor] {
  const zero = builder.scalar(0);
  return [builder.where(condition, gradient, zero), builder.where(condition, zero, gradient)];
}

function inputsOf(node: Node): readonly (Tensor | null)[] {
  return node.inputs;
}

function noGradient(what: string): EvomError {
  return new EvomError(
    'policy',
    'graph-gradient',
    `Expected every operation between the variables and the loss to have a gradient, got \`${what}\`. Keep it out of the loss, or give it a rule in src/graph/gradient.ts.`,
  );
}
