import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import type { OpKind } from '../../src/graph/ops.ts';
import { SHAPE_RULES } from '../../src/graph/shapes.ts';
import type { DataType, Dimension, Tensor, TensorData } from '../../src/graph/tensor.ts';
import { floats, numbers, run } from './run.ts';

/** x and y are float32 ['n', 3] with n = 2; n and n·3 are what the run knows. */
interface Values {
  readonly builder: GraphBuilder;
  readonly x: Tensor;
  readonly y: Tensor;
}
type Use = (values: Values) => readonly Tensor[];

const binary =
  (
    kind:
      | 'Add'
      | 'Sub'
      | 'Mul'
      | 'Div'
      | 'Min'
      | 'Max'
      | 'Less'
      | 'LessOrEqual'
      | 'Greater'
      | 'GreaterOrEqual'
      | 'Equal',
  ): Use =>
  ({ builder, x }) =>
    builder.node(kind, [x, builder.constant('float32', [4, 1, 1], [1, 2, 3, 4])], {});
const unary =
  (kind: 'Identity' | 'Neg' | 'Abs' | 'Exp' | 'Log' | 'Sqrt' | 'Reciprocal' | 'Sigmoid' | 'Floor' | 'Softmax'): Use =>
  ({ builder, x }) =>
    builder.node(kind, [x], {});
const reduction =
  (kind: 'ReduceSum' | 'ReduceMax' | 'ReduceMin' | 'ReduceSumSquare'): Use =>
  ({ builder, x }) => [
    builder.op(kind, [x], { axes: [1], keepDimensions: true }),
    builder.op(kind, [x], { axes: [0], keepDimensions: false }),
    builder.op(kind, [x], { axes: [0, 1], keepDimensions: false }),
  ];
const logic =
  (kind: 'And' | 'Or'): Use =>
  ({ builder, x, y }) =>
    builder.node(kind, [builder.less(x, y), builder.constant('bool', [3], [1, 0, 1])], {});
const bits =
  (kind: 'BitwiseAnd' | 'BitwiseXor'): Use =>
  ({ builder }) =>
    builder.node(kind, [builder.integers(12, 10), builder.integers(10, 3)], {});

const USES: { readonly [K in OpKind]: Use } = {
  Identity: unary('Identity'),
  Add: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  Min: binary('Min'),
  Max: binary('Max'),
  Mod: ({ builder }) => builder.node('Mod', [builder.integers(7, 8), builder.integers(5)], {}),
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Reciprocal: unary('Reciprocal'),
  Sigmoid: unary('Sigmoid'),
  Floor: unary('Floor'),
  QuickGelu: ({ builder, x }) => [builder.silu(x)],
  Less: binary('Less'),
  LessOrEqual: binary('LessOrEqual'),
  Greater: binary('Greater'),
  GreaterOrEqual: binary('GreaterOrEqual'),
  Equal: binary('Equal'),
  And: logic('And'),
  Or: logic('Or'),
  Not: ({ builder, x, y }) => [builder.not(builder.less(x, y))],
  BitShift: ({ builder }) =>
    builder.node('BitShift', [builder.constant('uint32', [2], [12, 1]), builder.constant('uint32', [], [3])], {
      direction: 'RIGHT',
    }),
  BitwiseAnd: bits('BitwiseAnd'),
  BitwiseXor: bits('BitwiseXor'),
  Where: ({ builder, x, y }) => [builder.where(builder.constant('bool', [2, 1], [1, 0]), x, builder.sum(y, [0]))],
  Cast: ({ builder, x }) =>
    (['int64', 'int32', 'bool', 'uint8', 'uint32'] as const).map((type) => builder.cast(x, type)),
  ReduceSum: reduction('ReduceSum'),
  ReduceMax: reduction('ReduceMax'),
  ReduceMin: reduction('ReduceMin'),
  ReduceSumSquare: reduction('ReduceSumSquare'),
  MatMul: ({ builder, x, y }) => [
    builder.matmul(x, y, { transposeRight: true }),
    builder.matmul(x, y, { transposeLeft: true, scale: 2 }),
    builder.matmul(builder.reshape(x, [1, 'n', 3]), builder.expand(builder.reshape(y, [1, 3, 'n']), [4, 3, 'n'])),
  ],
  Softmax: unary('Softmax'),
  CumSum: ({ builder, x }) => [builder.cumSum(x, -1), builder.cumSum(x, 0, { exclusive: true, reverse: true })],
  ArgMax: ({ builder, x }) => [builder.argMax(x, -1), builder.argMax(x, 0, true)],
  TopK: ({ builder, x }) => [...builder.topK(x, 2, 2), ...builder.topK(x, builder.dimension('n'), 'n')],
  Reshape: ({ builder, x }) => [
    builder.reshape(x, [3, 'n']),
    builder.reshape(x, ['n', 1, 3]),
    builder.reshape(x, ['all']),
    builder.reshape(x, [1, 3, 1, 'n', 'one']),
  ],
  Expand: ({ builder, x }) => [builder.expand(x, [4, 'n', 3]), builder.expand(builder.scalar(1), ['n'])],
  Transpose: ({ builder, x }) => [builder.transpose(x, [1, 0])],
  Concat: ({ builder, x, y }) => [
    builder.concat([x, y], 1),
    builder.concat([x, builder.constant('float32', [1, 3], [1, 2, 3])], 0),
  ],
  Split: ({ builder, x }) => [
    ...builder.split(x, 1, [1, 2]),
    ...builder.split(builder.concat([x, x], 0), 0, ['n', 'n']),
  ],
  Slice: ({ builder, x }) => [builder.slice(x, 1, 1, 3, 2), builder.slice(x, 0, 0, builder.dimension('n'), 'n')],
  Gather: ({ builder, x }) => [
    builder.gather(x, builder.constant('int64', [2, 2], [0, -1, 1, 0])),
    builder.gather(x, builder.scalar(-1, 'int64'), 1),
  ],
  GatherElements: ({ builder, x }) => [builder.gatherElements(x, builder.constant('int64', [2, 1], [2, 0]), 1)],
  GatherND: ({ builder, x }) => [
    builder.op('GatherND', [x, builder.constant('int64', [4, 2], [0, 0, 1, 2, 0, 1, 1, 0])], { batchAxes: 0 }),
    builder.op('GatherND', [x, builder.constant('int64', [2, 1], [2, 0])], { batchAxes: 1 }),
  ],
  ScatterElements: ({ builder, x }) => [
    builder.scatterElements(
      x,
      builder.constant('int64', [2, 1], [1, 1]),
      builder.constant('float32', [2, 1], [9, 8]),
      1,
    ),
    builder.scatterElements(
      x,
      builder.constant('int64', [2, 1], [1, 1]),
      builder.constant('float32', [2, 1], [9, 8]),
      0,
      'add',
    ),
  ],
  ScatterND: ({ builder, x }) =>
    builder.node(
      'ScatterND',
      [x, builder.constant('int64', [1, 2], [1, 2]), builder.constant('float32', [1], [7])],
      {},
    ),
  Shape: ({ builder, x }) => [
    builder.dimension('n'),
    builder.dimensions(['n', 3]),
    builder.op('Shape', [x], { start: 0, end: 2 }),
  ],
  ConstantOfShape: ({ builder }) => [
    builder.filled(['n', 2], 0.5),
    builder.filled([2], -1, 'int64'),
    builder.filled([2], 1, 'bool'),
  ],
  Range: ({ builder }) => [builder.range('n')],
  SimplifiedLayerNormalization: ({ builder, x }) =>
    builder.node('SimplifiedLayerNormalization', [x, builder.constant('float32', [3], [1, 1, 2])], { epsilon: 1e-5 }),
  RotaryEmbedding: ({ builder, x }) => {
    const table = builder.constant('float32', [4, 4], numbers(16, 3));
    const wide = builder.gather(
      builder.reshape(x, ['n', 3, 1]),
      builder.constant('int64', [16], new Array(16).fill(0)),
      2,
    );
    const positions = builder.constant('int64', [2, 3], [0, 1, 2, 1, 2, 3]);
    return builder.node('RotaryEmbedding', [wide, positions, table, table], { heads: 2 });
  },
  GroupQueryAttention: ({ builder }) => {
    const query = builder.constant('float32', [1, 2, 32], numbers(64, 1));
    const keys = builder.constant('float32', [1, 2, 16], numbers(32, 2));
    const past = builder.constant('float32', [1, 2, 5, 8], new Float32Array(80));
    const [last, total] = [builder.constant('int32', [1], [1]), builder.constant('int32', [1], [2])];
    return builder.node('GroupQueryAttention', [query, keys, keys, past, past, last, total, null, null], {
      heads: 4,
      keyValueHeads: 2,
      scale: 0.5,
      isRotary: false,
      presentLength: 5,
    });
  },
  Loop: ({ builder, x, y }) => {
    const { states, scans } = builder.loop(
      { trips: builder.scalar(3, 'int64'), condition: null, states: [x], dimension: 'turns' },
      (body, iteration, [state]) => ({
        condition: body.less(iteration, body.scalar(1, 'int64')),
        states: [body.add(state!, y)],
        scans: [body.sum(state!, [0])],
      }),
    );
    return [...states, ...scans];
  },
  Swiglu: ({ builder, x, y }) => [builder.swiglu(x, y)],
  Spread: ({ builder, x }) => builder.spread(x, [builder.constant('int64', [3, 1], [1, -1, 0])]),
  Collect: ({ builder, x }) => [builder.collect([x], [builder.integers(2, -1)], 4)],
  Attention: ({ builder, x, y }) => builder.node('Attention', [x, builder.scalar(0), y, y], { scale: 1 }),
  TokenLogProbability: ({ builder, x }) => [
    builder.tokenLogProbability(
      x,
      builder.constant('float32', [4, 3], numbers(12, 8)),
      builder.renamed(builder.integers(3, 0), ['n']),
    ),
  ],
};

describe('every operation', () => {
  it.each(Object.keys(SHAPE_RULES) as OpKind[])(
    '%s: its outputs have the types and shapes that its rule says',
    async (kind) => {
      const builder = new GraphBuilder('use');
      const x = builder.input('x', 'float32', ['n', 3]);
      const y = builder.input('y', 'float32', ['n', 3]);
      const outputs = USES[kind]({ builder, x, y });
      expect(builder.nodes.map((node) => node.kind)).toContain(kind);
      for (const [index, output] of outputs.entries()) {
        // The size of every dimension, by running: Shape of the output.
        builder.output(`output${index}`, output);
        builder.output(
          `shape${index}`,
          builder.op('Shape', [output], { start: 0, end: Math.max(1, output.shape.length) }),
        );
      }
      const results = await run(builder.build(), {
        x: floats([2, 3], [0.5, 1.5, 2.5, 3, 2, 1]),
        y: floats([2, 3], [1, 1, 1, 2, 2, 2]),
      });
      const sizes = new Map<string, number>([['n', 2]]);
      for (const [index, { type, shape }] of outputs.entries()) {
        const measured = Array.from(results[`shape${index}`] as BigInt64Array, Number);
        for (const [axis, dimension] of shape.entries())
          sizes.set(String(dimension), sizes.get(String(dimension)) ?? measured[axis]!);
        expect(measured).toEqual(
          shape.map((dimension: Dimension) => (typeof dimension === 'number' ? dimension : sizes.get(dimension))),
        );
        expect(results[`output${index}`]).toBeInstanceOf(ARRAYS[type]);
      }
    },
  );
});

const ARRAYS: Readonly<Partial<Record<DataType, new (...arguments_: never[]) => TensorData>>> = {
  float32: Float32Array,
  int64: BigInt64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

describe('shape rules', () => {
  const start = () => {
    const builder = new GraphBuilder('wrong');
    return { builder, a: builder.input('a', 'float32', ['n', 3]), b: builder.input('b', 'float32', ['m', 4]) };
  };

  it.each<[string, (builder: GraphBuilder, a: Tensor, b: Tensor) => unknown]>([
    ['sizes that do not broadcast', (builder, a, b) => builder.add(a, b)],
    ['inner sizes that differ', (builder, a, b) => builder.matmul(a, b)],
    ['element types that differ', (builder, a) => builder.add(a, builder.integers(1))],
    ['an axis that is not there', (builder, a) => builder.sum(a, [2])],
    ['a reshape to another size', (builder) => builder.reshape(builder.integers(1, 2, 3), [2, 2])],
    ['two new names in a reshape', (builder, a) => builder.reshape(a, ['p', 'q'])],
    ['a dimension that no tensor has', (builder) => builder.dimension('nowhere')],
    ['a vector as a matrix', (builder, a) => builder.matmul(builder.integers(1), a)],
  ])('refuse %s', (_, wrong) => {
    const { builder, a, b } = start();
    expect(() => wrong(builder, a, b)).toThrow(expect.objectContaining({ code: 'graph-shape' }));
  });
});
