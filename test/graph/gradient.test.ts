import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { GRADIENT_RULES, gradientsOf } from '../../src/graph/gradient.ts';
import type { Graph, OpKind } from '../../src/graph/ops.ts';
import { type Shape, sizeOf, type Tensor } from '../../src/graph/tensor.ts';
import { floats, numbers, run, sessionOf } from './run.ts';

/** One use of an operation: its variables, and a value of any shape made from them. */
interface Case {
  readonly variables: readonly { readonly shape: readonly number[]; readonly isPositive?: boolean }[];
  readonly dimensions?: readonly Shape[];
  readonly value: (builder: GraphBuilder, variables: readonly Tensor[]) => Tensor;
}

const of = (...shapes: readonly (readonly number[])[]): Case['variables'] => shapes.map((shape) => ({ shape }));
const positive = (...shapes: readonly (readonly number[])[]): Case['variables'] =>
  shapes.map((shape) => ({ shape, isPositive: true }));
const binary = (value: (builder: GraphBuilder, left: Tensor, right: Tensor) => Tensor): readonly Case[] => [
  { variables: positive([2, 3], [2, 3]), value: (builder, [x, y]) => value(builder, x!, y!) },
  { variables: positive([2, 3], [3]), value: (builder, [x, y]) => value(builder, x!, y!) },
  { variables: positive([2, 1], [4, 1, 3]), value: (builder, [x, y]) => value(builder, x!, y!) },
];
/** Values apart by more than a step: a minimum has no slope where both are equal. */
const apart = (value: (builder: GraphBuilder, left: Tensor, right: Tensor) => Tensor): readonly Case[] =>
  binary((builder, x, y) => value(builder, builder.mul(x, builder.constant('float32', [3], [0.2, 5, 0.2])), y));
const unary = (value: (builder: GraphBuilder, x: Tensor) => Tensor): readonly Case[] => [
  { variables: positive([2, 3]), value: (builder, [x]) => value(builder, x!) },
];
/** Two layouts of four rows: [2, 2] and [3], with padding; row 3 is in neither. */
const indicesOf = (builder: GraphBuilder): readonly Tensor[] => [
  builder.constant('int64', [2, 2], [2, -1, -1, 0]),
  builder.integers(-1, 1, -1),
];
const joined = (builder: GraphBuilder, parts: readonly Tensor[]): Tensor =>
  builder.concat(
    parts.map((part) =>
      builder.reshape(part, [part.shape.slice(0, -1).reduce<number>((size, each) => size * Number(each), 1), 2]),
    ),
    0,
  );

const CASES: Readonly<Partial<Record<OpKind, readonly Case[]>>> = {
  Identity: unary((builder, x) => builder.identity(x)),
  Add: binary((builder, x, y) => builder.add(x, y)),
  Sub: binary((builder, x, y) => builder.sub(x, y)),
  Mul: binary((builder, x, y) => builder.mul(x, y)),
  Div: binary((builder, x, y) => builder.div(x, y)),
  Min: apart((builder, x, y) => builder.min(x, y)),
  Max: apart((builder, x, y) => builder.max(x, y)),
  Neg: unary((builder, x) => builder.neg(x)),
  Exp: unary((builder, x) => builder.exp(x)),
  Log: unary((builder, x) => builder.log(x)),
  Sqrt: unary((builder, x) => builder.sqrt(x)),
  Reciprocal: unary((builder, x) => builder.op('Reciprocal', [x], {})),
  Sigmoid: unary((builder, x) => builder.sigmoid(x)),
  Where: binary((builder, x, y) => builder.where(builder.constant('bool', [3], [1, 0, 1]), x, y)),
  ReduceSum: [
    { variables: of([2, 3, 2]), value: (builder, [x]) => builder.sum(x!, [1]) },
    { variables: of([2, 3, 2]), value: (builder, [x]) => builder.sum(x!, [0, -1], true) },
    { variables: of([2, 3]), value: (builder, [x]) => builder.sum(x!) },
  ],
  MatMul: [
    ...[
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ].flatMap(([transposeLeft, transposeRight]) =>
      [[], [2]].map((batch) => ({
        variables: of(
          [...batch, ...(transposeLeft ? [4, 3] : [3, 4])],
          [...batch, ...(transposeRight ? [2, 4] : [4, 2])],
        ),
        value: (builder: GraphBuilder, [x, y]: readonly Tensor[]) =>
          builder.matmul(x!, y!, { transposeLeft: transposeLeft!, transposeRight: transposeRight!, scale: 0.5 }),
      })),
    ),
    {
      variables: of([2, 3, 3, 4], [2, 1, 2, 4]),
      value: (builder, [x, y]) => builder.matmul(x!, y!, { transposeRight: true }),
    },
    { variables: of([2, 3, 4], [4, 2]), value: (builder, [x, y]) => builder.matmul(x!, y!) },
  ],
  Softmax: unary((builder, x) => builder.softmax(x)),
  Reshape: [
    { variables: of([2, 3]), value: (builder, [x]) => builder.reshape(x!, [3, 1, 2]) },
    {
      variables: of([2, 3, 2]),
      dimensions: [['a', 'b', 2]],
      value: (builder, [x]) => builder.reshape(builder.reshape(x!, ['a·b', 2]), [2, 'b', 'a']),
    },
  ],
  Expand: [{ variables: of([2, 1]), value: (builder, [x]) => builder.expand(x!, [3, 2, 4]) }],
  Transpose: [{ variables: of([2, 3, 4]), value: (builder, [x]) => builder.transpose(x!, [2, 0, 1]) }],
  Concat: [
    { variables: of([2, 3], [2, 1]), value: (builder, [x, y]) => builder.concat([x!, y!], 1) },
    {
      variables: of([2, 3], [4, 3]),
      dimensions: [
        ['a', 3],
        ['b', 3],
      ],
      value: (builder, [x, y]) => builder.concat([x!, y!], 0),
    },
  ],
  Split: [
    {
      variables: of([2, 5]),
      value: (builder, [x]) => {
        const [first, second] = builder.split(x!, 1, [2, 3]);
        return builder.concat([builder.exp(second!), first!], 1);
      },
    },
    { variables: of([5, 2]), value: (builder, [x]) => builder.split(x!, 0, [2, 3])[1]! },
  ],
  Gather: [{ variables: of([4, 3]), value: (builder, [x]) => builder.gather(x!, builder.integers(2, 0, 2, 2)) }],
  GatherElements: [
    {
      variables: of([2, 3]),
      value: (builder, [x]) => builder.gatherElements(x!, builder.constant('int64', [2, 2], [2, 2, 0, 1]), 1),
    },
  ],
  SimplifiedLayerNormalization: [
    { variables: of([3, 4], [4]), value: (builder, [x, weight]) => builder.rmsNorm(x!, weight!, 1e-3) },
  ],
  RotaryEmbedding: [
    {
      variables: of([3, 1, 8]),
      value: (builder, [x]) => {
        const angles = Array.from({ length: 10 }, (_, index) => index * 0.3);
        const cosine = builder.constant('float32', [5, 2], angles.map(Math.cos));
        const sine = builder.constant('float32', [5, 2], angles.map(Math.sin));
        const positions = builder.constant('int64', [3, 1], [4, 0, 2]);
        return builder.op('RotaryEmbedding', [x!, positions, cosine, sine], { heads: 2 });
      },
    },
  ],
  Swiglu: [{ variables: of([2, 3], [2, 3]), value: (builder, [gate, up]) => builder.swiglu(gate!, up!) }],
  Spread: [
    { variables: of([4, 2]), value: (builder, [x]) => joined(builder, builder.spread(x!, indicesOf(builder))) },
    {
      variables: of([4, 2]),
      dimensions: [['a', 2]],
      value: (builder, [x]) => joined(builder, builder.spread(x!, indicesOf(builder))),
    },
  ],
  Collect: [
    {
      variables: of([2, 2, 2], [3, 2]),
      value: (builder, [x, y]) => builder.collect([x!, y!], indicesOf(builder), 5),
    },
  ],
  Attention: [[], [2], [2, 3]].map((batch) => ({
    variables: of([...batch, 3, 4], [...batch, 5, 4], [...batch, 5, 2]),
    value: (builder: GraphBuilder, [query, key, value]: readonly Tensor[]) => {
      const mask = builder.constant('float32', [3, 5], numbers(15, 9));
      return builder.op('Attention', [query!, mask, key!, value!], { scale: 0.7 });
    },
  })),
  TokenLogProbability: [
    {
      variables: of([4, 3], [5, 3]),
      value: (builder, [x, head]) => builder.tokenLogProbability(x!, head!, builder.integers(1, 4, 1, 0)),
    },
  ],
};

describe('every differentiable operation', () => {
  it('has a case here, and only those', () => {
    const differentiable = Object.entries(GRADIENT_RULES).flatMap(([kind, rule]) => (rule === null ? [] : [kind]));
    expect(Object.keys(CASES).toSorted()).toEqual(differentiable.toSorted());
  });

  const cases = Object.entries(CASES).flatMap(([kind, list]) => list.map((one, index) => [kind, index, one] as const));
  it.each(cases)('%s, case %i: gradients equal differences of the fourth order', async (kind, _, one) => {
    const values = one.variables.map(({ shape, isPositive }, index) => {
      const drawn = numbers(sizeOf(shape), 17 + index);
      return isPositive ? drawn.map((each) => each * 0.75 + 1.25) : drawn;
    });
    const feedsOf = (data: readonly Float32Array[]) =>
      Object.fromEntries(one.variables.map(({ shape }, index) => [`variable${index}`, floats(shape, data[index]!)]));
    const forward = await sessionOf(valueGraph(kind, one));
    const valueAt = async (data: readonly Float32Array[]) =>
      (await forward.run(feedsOf(data)))['value'] as Float32Array;
    const weights = numbers((await valueAt(values)).length, 5);
    const backward = await sessionOf(gradientGraph(one));
    const gradients = await backward.run({ ...feedsOf(values), weights: floats([weights.length], weights) });

    for (const [variable, at] of values.entries()) {
      for (const [index, center] of at.entries()) {
        const weighted = async (moved: number) => {
          const value = await valueAt(
            values.map((each, other) => (other === variable ? each.with(index, moved) : each)),
          );
          return value.reduce((sum, each, element) => sum + each * weights[element]!, 0);
        };
        const near = (await weighted(center + STEP)) - (await weighted(center - STEP));
        const far = (await weighted(center + 2 * STEP)) - (await weighted(center - 2 * STEP));
        const slope = (8 * near - far) / (12 * STEP);
        const gradient = (gradients[`gradient${variable}`] as Float32Array)[index]!;
        expect(Math.abs(gradient - slope)).toBeLessThanOrEqual(3e-5 * Math.max(1, Math.abs(slope)));
      }
    }
  });
});

describe('gradientsOf', () => {
  it('refuses a way through an operation without a gradient, and says which', () => {
    const builder = new GraphBuilder('refused');
    const x = builder.input('x', 'float32', [3]);
    const loss = builder.sum(builder.op('Floor', [x], {}));
    expect(() => gradientsOf(builder, loss, [x])).toThrow(/`Floor`/);
  });

  it('gives zeros where the loss does not depend on a variable', async () => {
    const builder = new GraphBuilder('apart');
    const [x, y] = [builder.input('x', 'float32', ['n']), builder.input('y', 'float32', [2])];
    const [gradient] = gradientsOf(builder, builder.sum(y), [x]);
    builder.output('gradient', gradient!);
    const result = await run(builder.build(), { x: floats([3], [1, 2, 3]), y: floats([2], [1, 2]) });
    expect([...(result['gradient'] as Float32Array)]).toEqual([0, 0, 0]);
  });

  it('adds up what comes by several ways, a broadcast summed once', async () => {
    const builder = new GraphBuilder('ways');
    const [x, y] = [builder.input('x', 'float32', [2]), builder.input('y', 'float32', ['n', 2])];
    const loss = builder.sum(builder.add(builder.mul(x, y), builder.add(x, x)));
    const [gradient] = gradientsOf(builder, loss, [x]);
    builder.output('gradient', gradient!);
    const result = await run(builder.build(), { x: floats([2], [1, 1]), y: floats([3, 2], [1, 2, 3, 4, 5, 6]) });
    expect([...(result['gradient'] as Float32Array)]).toEqual([9 + 6, 12 + 6]);
  });
});

/** 2⁻⁵: the truncation error h⁴ and the rounding error of float32 over h are both about 1e-6. */
const STEP = 2 ** -5;

function valueGraph(kind: string, one: Case): Graph {
  const { builder, value } = start(one);
  expect(builder.nodes.map((node) => node.kind)).toContain(kind);
  builder.output('value', value);
  return builder.build();
}

/** Random weights on every element, so that no error cancels. */
function gradientGraph(one: Case): Graph {
  const { builder, variables, value } = start(one);
  const weights = builder.input('weights', 'float32', ['size']);
  const loss = builder.sum(builder.mul(builder.reshape(value, ['size']), weights));
  for (const [index, gradient] of gradientsOf(builder, loss, variables).entries()) {
    expect(gradient.shape).toEqual(variables[index]?.shape);
    builder.output(`gradient${index}`, gradient);
  }
  return builder.build();
}

function start(one: Case): {
  readonly builder: GraphBuilder;
  readonly variables: readonly Tensor[];
  readonly value: Tensor;
} {
  const builder = new GraphBuilder('case');
  const variables = one.variables.map(({ shape }, index) =>
    builder.input(`variable${index}`, 'float32', one.dimensions?.[index] ?? shape),
  );
  return { builder, variables, value: one.value(builder, variables) };
}
