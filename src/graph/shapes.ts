/** What comes out of every operation: its outputs' element types and shapes, worked out from its inputs. */

import type { OpKind, Ops } from './ops.ts';
import {
  axisOf,
  type Dimension,
  numberOf,
  type Shape,
  sameShape,
  shapeError,
  type Tensor,
  type TensorType,
} from './tensor.ts';

/** Throws `graph-shape` where the inputs do not fit. */
export type ShapeRule<K extends OpKind> = (
  inputs: Ops[K]['inputs'],
  attributes: Ops[K]['attributes'],
) => readonly TensorType[];

/** NumPy's rule. A name meets only itself or 1; a number greater than 1 settles an unlike name. */
function broadcast(left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [left[axis - rank + left.length] ?? 1, right[axis - rank + right.length] ?? 1];
    if (one === other || other === 1) return one;
    if (one === 1) return other;
    if (typeof one === 'number' && typeof other === 'string') return one;
    if (typeof other === 'number' && typeof one === 'string') return other;
    throw shapeError(
      `Expected shapes [${left}] and [${right}] to broadcast, got \`${one}\` beside \`${other}\`. Reshape one of them, or name equal sizes alike.`,
    );
  });
}

const like = ([x]: readonly [x: Tensor, ...rest: readonly (Tensor | null)[]]): readonly TensorType[] => [
  { type: x.type, shape: x.shape },
];
const elementwise = ([left, right]: readonly [Tensor, Tensor]): readonly TensorType[] => {
  sameTypes(left, right);
  return [{ type: left.type, shape: broadcast(left.shape, right.shape) }];
};
const compare = ([left, right]: readonly [Tensor, Tensor]): readonly TensorType[] => {
  sameTypes(left, right);
  return [{ type: 'bool', shape: broadcast(left.shape, right.shape) }];
};
const reduce = (
  [x]: readonly [x: Tensor],
  { axes, keepDimensions }: Ops['ReduceSum']['attributes'],
): readonly TensorType[] => [
  {
    type: x.type,
    shape: x.shape.flatMap((dimension, axis) => (axes.includes(axis) ? (keepDimensions ? [1] : []) : [dimension])),
  },
];

export const SHAPE_RULES: { readonly [K in OpKind]: ShapeRule<K> } = {
  Identity: like,
  Add: elementwise,
  Sub: elementwise,
  Mul: elementwise,
  Div: elementwise,
  Min: elementwise,
  Max: elementwise,
  Mod: elementwise,
  Neg: like,
  Abs: like,
  Exp: like,
  Log: like,
  Sqrt: like,
  Reciprocal: like,
  Sigmoid: like,
  Floor: like,
  QuickGelu: like,
  Less: compare,
  LessOrEqual: compare,
  Greater: compare,
  GreaterOrEqual: compare,
  Equal: compare,
  And: elementwise,
  Or: elementwise,
  Not: like,
  BitShift: elementwise,
  BitwiseAnd: elementwise,
  BitwiseXor: elementwise,
  Where: ([condition, then, otherwise]) => {
    sameTypes(then, otherwise);
    return [{ type: then.type, shape: broadcast(condition.shape, broadcast(then.shape, otherwise.shape)) }];
  },
  Cast: ([x], { to }) => [{ type: to, shape: x.shape }],
  ReduceSum: reduce,
  ReduceMax: reduce,
  ReduceMin: reduce,
  ReduceSumSquare: reduce,
  MatMul: ([left, right], { transposeLeft, transposeRight }) => {
    sameTypes(left, right);
    const [rows, inner] = matrixOf(left, transposeLeft);
    const [otherInner, columns] = matrixOf(right, transposeRight);
    if (inner !== otherInner)
      throw shapeError(
        `Expected inner sizes to agree, got \`${inner}\` and \`${otherInner}\` in [${left.shape}]·[${right.shape}]. Look at the transposes.`,
      );
    return [
      { type: left.type, shape: [...broadcast(left.shape.slice(0, -2), right.shape.slice(0, -2)), rows, columns] },
    ];
  },
  Softmax: like,
  CumSum: like,
  ArgMax: ([x], { axis, keepDimensions }) => [
    { type: 'int64', shape: replaced(x.shape, axis, keepDimensions ? [1] : []) },
  ],
  TopK: ([x], { axis, dimension }) => {
    const shape = replaced(x.shape, axis, [dimension]);
    return [
      { type: x.type, shape },
      { type: 'int64', shape },
    ];
  },
  Reshape: ([x], { shape }) => {
    if ([...x.shape, ...shape].every((dimension) => typeof dimension === 'number')) {
      const size = (dimensions: Shape) => dimensions.reduce<number>((product, each) => product * numberOf(each), 1);
      if (size(x.shape) !== size(shape))
        throw shapeError(`Expected [${x.shape}] and [${shape}] to hold as much as each other.`);
    }
    return [{ type: x.type, shape }];
  },
  Expand: ([x], { shape }) => [{ type: x.type, shape: broadcast(x.shape, shape) }],
  Transpose: ([x], { permutation }) => [{ type: x.type, shape: permutation.map((axis) => at(x.shape, axis)) }],
  Concat: (inputs, { axis }) => {
    const [first] = inputs as readonly [Tensor];
    const dimensions = inputs.map(({ shape }) => at(shape, axis));
    const total = dimensions.every((dimension) => typeof dimension === 'number')
      ? dimensions.reduce<number>((sum, dimension) => sum + numberOf(dimension), 0)
      : dimensions.join('+');
    return [{ type: first.type, shape: replaced(first.shape, axis, [total]) }];
  },
  Split: ([x], { axis, sizes }) => sizes.map((size) => ({ type: x.type, shape: replaced(x.shape, axis, [size]) })),
  Slice: ([x], { axis, dimension }) => [{ type: x.type, shape: replaced(x.shape, axis, [dimension]) }],
  Gather: ([x, index], { axis }) => [{ type: x.type, shape: replaced(x.shape, axis, index.shape) }],
  GatherElements: ([x, index]) => [{ type: x.type, shape: index.shape }],
  GatherND: ([x, index], { batchAxes }) => {
    const addressed = numberOf(index.shape.at(-1));
    return [{ type: x.type, shape: [...index.shape.slice(0, -1), ...x.shape.slice(batchAxes + addressed)] }];
  },
  ScatterElements: like,
  ScatterND: like,
  Shape: (_, { start, end }) => [{ type: 'int64', shape: [end - start] }],
  ConstantOfShape: (_, { shape, type }) => [{ type, shape }],
  Range: ([start], { dimension }) => [{ type: start.type, shape: [dimension] }],
  SimplifiedLayerNormalization: ([x]) => [
    { type: x.type, shape: x.shape },
    { type: 'float32', shape: [...x.shape.slice(0, -1), 1] },
  ],
  RotaryEmbedding: like,
  GroupQueryAttention: ([query, key, , pastKey], { heads, keyValueHeads, presentLength }) => {
    const width = numberOf(query.shape.at(-1));
    const headSize = width / (key === null ? heads + 2 * keyValueHeads : heads);
    const present: TensorType = {
      type: pastKey?.type ?? query.type,
      shape: [at(query.shape, 0), keyValueHeads, presentLength, headSize],
    };
    return [{ type: query.type, shape: [...query.shape.slice(0, -1), headSize * heads] }, present, present];
  },
  Loop: (_, { body, trips }) => {
    const states = body.inputs.length - 2;
    return body.outputs.slice(1).map(({ tensor }, index) => ({
      type: tensor.type,
      shape: index < states ? tensor.shape : [trips, ...tensor.shape],
    }));
  },
  Swiglu: elementwise,
  Spread: ([x, ...indices]) => indices.map(({ shape }) => ({ type: x.type, shape: [...shape, ...x.shape.slice(1)] })),
  Collect: (inputs, { rows }) => {
    const [first, index] = [inputs[0], inputs[inputs.length / 2]] as readonly [Tensor, Tensor];
    return [{ type: first.type, shape: [rows, ...first.shape.slice(index.shape.length)] }];
  },
  Attention: ([query, , , value]) => [{ type: query.type, shape: [...query.shape.slice(0, -1), at(value.shape, -1)] }],
  TokenLogProbability: ([x, head, targets]) => {
    if (x.shape.at(-1) !== head.shape.at(-1) || !sameShape(targets.shape, x.shape.slice(0, -1)))
      throw shapeError(`Expected [M, d], [V, d] and [M], got [${x.shape}], [${head.shape}] and [${targets.shape}].`);
    return [{ type: x.type, shape: targets.shape }];
  },
};

function matrixOf({ shape }: Tensor, isTransposed: boolean): readonly [rows: Dimension, columns: Dimension] {
  if (shape.length < 2)
    throw shapeError(`Expected a matrix, got the shape [${shape}]. Reshape it to two axes or more.`);
  const [rows, columns] = [at(shape, -2), at(shape, -1)];
  return isTransposed ? [columns, rows] : [rows, columns];
}

function replaced(shape: Shape, axis: number, by: Shape): Shape {
  const counted = axisOf(axis, shape.length);
  return [...shape.slice(0, counted), ...by, ...shape.slice(counted + 1)];
}

function at(shape: Shape, axis: number): Dimension {
  return shape[axisOf(axis, shape.length)] as Dimension;
}

function sameTypes(left: Tensor, right: Tensor): void {
  if (left.type !== right.type)
    throw shapeError(`Expected one element type, got \`${left.type}\` and \`${right.type}\`. Cast one of them.`);
}
