/** Every operation as a method, over the writer that keeps the nodes. */

import type { Ops } from './ops.ts';
import { axisOf, type DataType, type Dimension, type Shape, sameShape, shapeError, type Tensor } from './tensor.ts';
import { GraphWriter } from './writer.ts';

/** What a loop's body gives back: whether to go on (bool []), the states after this turn, and what it adds to the scans. */
export interface LoopTurn {
  readonly condition: Tensor;
  readonly states: readonly Tensor[];
  readonly scans: readonly Tensor[];
}

export class GraphBuilder extends GraphWriter {
  identity(x: Tensor): Tensor {
    return this.op('Identity', [x], {});
  }
  add(left: Tensor, right: Tensor): Tensor {
    return this.op('Add', [left, right], {});
  }
  sub(left: Tensor, right: Tensor): Tensor {
    return this.op('Sub', [left, right], {});
  }
  mul(left: Tensor, right: Tensor): Tensor {
    return this.op('Mul', [left, right], {});
  }
  div(left: Tensor, right: Tensor): Tensor {
    return this.op('Div', [left, right], {});
  }
  min(left: Tensor, right: Tensor): Tensor {
    return this.op('Min', [left, right], {});
  }
  max(left: Tensor, right: Tensor): Tensor {
    return this.op('Max', [left, right], {});
  }
  neg(x: Tensor): Tensor {
    return this.op('Neg', [x], {});
  }
  exp(x: Tensor): Tensor {
    return this.op('Exp', [x], {});
  }
  log(x: Tensor): Tensor {
    return this.op('Log', [x], {});
  }
  sqrt(x: Tensor): Tensor {
    return this.op('Sqrt', [x], {});
  }
  sigmoid(x: Tensor): Tensor {
    return this.op('Sigmoid', [x], {});
  }
  silu(x: Tensor): Tensor {
    return this.op('QuickGelu', [x], { alpha: 1 });
  }
  less(left: Tensor, right: Tensor): Tensor {
    return this.op('Less', [left, right], {});
  }
  equal(left: Tensor, right: Tensor): Tensor {
    return this.op('Equal', [left, right], {});
  }
  lessOrEqual(left: Tensor, right: Tensor): Tensor {
    return this.op('LessOrEqual', [left, right], {});
  }
  and(left: Tensor, right: Tensor): Tensor {
    return this.op('And', [left, right], {});
  }
  or(left: Tensor, right: Tensor): Tensor {
    return this.op('Or', [left, right], {});
  }
  not(x: Tensor): Tensor {
    return this.op('Not', [x], {});
  }
  where(condition: Tensor, then: Tensor, otherwise: Tensor): Tensor {
    return this.op('Where', [condition, then, otherwise], {});
  }
  cast(x: Tensor, to: DataType): Tensor {
    return x.type === to ? x : this.op('Cast', [x], { to });
  }

  /** Over all axes where none are named. */
  sum(x: Tensor, axes: readonly number[] | null = null, keepDimensions = false): Tensor {
    return this.op('ReduceSum', [x], { axes: axesOf(x, axes), keepDimensions });
  }
  greatest(x: Tensor, axes: readonly number[] | null = null, keepDimensions = false): Tensor {
    return this.op('ReduceMax', [x], { axes: axesOf(x, axes), keepDimensions });
  }
  matmul(
    left: Tensor,
    right: Tensor,
    { transposeLeft = false, transposeRight = false, scale = 1 }: Partial<Ops['MatMul']['attributes']> = {},
  ): Tensor {
    return this.op('MatMul', [left, right], { transposeLeft, transposeRight, scale });
  }
  /** x·Wᵀ + b with W [out, in], as in torch. */
  linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
    const product = this.matmul(x, weight, { transposeRight: true });
    return bias === null ? product : this.add(product, bias);
  }
  softmax(x: Tensor): Tensor {
    return this.op('Softmax', [x], {});
  }
  argMax(x: Tensor, axis: number, keepDimensions = false): Tensor {
    return this.op('ArgMax', [x], { axis: axisOf(axis, x.shape.length), keepDimensions });
  }
  cumSum(
    x: Tensor,
    axis: number,
    { exclusive = false, reverse = false }: { readonly exclusive?: boolean; readonly reverse?: boolean } = {},
  ): Tensor {
    return this.op('CumSum', [x], { axis: axisOf(axis, x.shape.length), exclusive, reverse });
  }
  /** Values and int64 indices, greatest first. */
  topK(x: Tensor, count: number | Tensor, dimension: Dimension, axis = -1): readonly [values: Tensor, indices: Tensor] {
    const counts = typeof count === 'number' ? this.integers(count) : count;
    return this.node('TopK', [x, counts], { axis: axisOf(axis, x.shape.length), dimension }) as unknown as readonly [
      Tensor,
      Tensor,
    ];
  }

  /** A name that is new here stands for what is left; one name at most may be new. */
  reshape(x: Tensor, shape: Shape): Tensor {
    if (sameShape(x.shape, shape)) return x;
    const open = shape.filter((dimension, axis) => typeof dimension === 'string' && dimension !== x.shape[axis]);
    const input = open.length <= 1 ? null : this.#openShape(x, shape);
    return this.op('Reshape', input ? [x, input] : [x], { shape });
  }
  transpose(x: Tensor, permutation: readonly number[]): Tensor {
    return this.op('Transpose', [x], { permutation });
  }
  expand(x: Tensor, shape: Shape): Tensor {
    return this.op('Expand', [x, this.dimensions(shape)], { shape });
  }
  concat(parts: readonly Tensor[], axis: number): Tensor {
    const [first, ...rest] = parts;
    if (first && rest.length === 0) return first;
    return this.op('Concat', parts, { axis: axisOf(axis, first?.shape.length ?? 0) });
  }
  split(x: Tensor, axis: number, sizes: Shape): readonly Tensor[] {
    const isFixed = sizes.every((size) => typeof size === 'number');
    const attributes = { axis: axisOf(axis, x.shape.length), sizes };
    return this.node('Split', isFixed ? [x] : [x, this.dimensions(sizes)], attributes);
  }
  /** [start, end) along an axis; `dimension` says how many that is. */
  slice(x: Tensor, axis: number, start: number | Tensor, end: number | Tensor, dimension: Dimension): Tensor {
    const tensorOf = (bound: number | Tensor) => (typeof bound === 'number' ? this.integers(bound) : bound);
    return this.op('Slice', [x, tensorOf(start), tensorOf(end)], { axis: axisOf(axis, x.shape.length), dimension });
  }
  gather(x: Tensor, index: Tensor, axis = 0): Tensor {
    return this.op('Gather', [x, index], { axis: axisOf(axis, x.shape.length) });
  }
  gatherElements(x: Tensor, index: Tensor, axis: number): Tensor {
    return this.op('GatherElements', [x, index], { axis: axisOf(axis, x.shape.length) });
  }
  scatterElements(
    base: Tensor,
    index: Tensor,
    updates: Tensor,
    axis: number,
    reduction: 'none' | 'add' = 'none',
  ): Tensor {
    return this.op('ScatterElements', [base, index, updates], { axis: axisOf(axis, base.shape.length), reduction });
  }
  filled(shape: Shape, value: number, type: DataType = 'float32'): Tensor {
    return this.op('ConstantOfShape', [this.dimensions(shape)], { shape, type, value });
  }
  /** 0, 1, … of a dimension, int64. */
  range(dimension: Dimension): Tensor {
    const limit = this.reshape(this.dimension(dimension), []);
    return this.op('Range', [this.scalar(0, 'int64'), limit, this.scalar(1, 'int64')], { dimension });
  }

  rmsNorm(x: Tensor, weight: Tensor, epsilon: number): Tensor {
    return this.op('SimplifiedLayerNormalization', [x, weight], { epsilon });
  }
  swiglu(gate: Tensor, up: Tensor): Tensor {
    return this.op('Swiglu', [gate, up], {});
  }
  /** Rows of x [R, …] at each index [S…]; −1 is padding: zeros, or `any` row where the reader masks it. */
  spread(x: Tensor, indices: readonly Tensor[], padding: 'zero' | 'any' = 'zero'): readonly Tensor[] {
    return this.node('Spread', [x, ...indices], { padding });
  }
  /** Spread undone: [rows, …]. */
  collect(parts: readonly Tensor[], indices: readonly Tensor[], rows: Dimension): Tensor {
    return this.op('Collect', [...parts, ...indices], { rows });
  }
  tokenLogProbability(x: Tensor, head: Tensor, targets: Tensor): Tensor {
    return this.op('TokenLogProbability', [x, head, targets], {});
  }

  /**
   * Turns the body until `trips` (int64 [], null: no end) are over or its condition is false. The body's states have
   * the shapes of the initial ones. Gives the last states, then the scans with `dimension` (their length) in front.
   */
  loop(
    options: {
      readonly trips: Tensor | null;
      readonly condition: Tensor | null;
      readonly states: readonly Tensor[];
      readonly dimension: Dimension;
    },
    turn: (body: GraphBuilder, iteration: Tensor, states: readonly Tensor[]) => LoopTurn,
  ): { readonly states: readonly Tensor[]; readonly scans: readonly Tensor[] } {
    const { trips, condition, states, dimension } = options;
    const body = new GraphBuilder(this.fresh('body'), this);
    const iteration = body.input(body.fresh('iteration'), 'int64', []);
    body.input(body.fresh('condition'), 'bool', []);
    const inside = states.map(({ type, shape }) => body.input(body.fresh('state'), type, shape));
    const after = turn(body, iteration, inside);
    for (const tensor of [after.condition, ...after.states, ...after.scans]) body.output(body.fresh('result'), tensor);
    const outputs = this.node('Loop', [trips, condition, ...states], { body: body.build(), trips: dimension });
    return { states: outputs.slice(0, states.length), scans: outputs.slice(states.length) };
  }

  /** A shape with one −1 for a name that nobody has yet. */
  #openShape(x: Tensor, shape: Shape): Tensor {
    const parts = shape.map((dimension, axis) =>
      dimension === x.shape[axis] || typeof dimension === 'number' || this.hasDimension(dimension)
        ? this.dimension(dimension)
        : this.integers(-1),
    );
    if (parts.filter((part) => part === this.integers(-1)).length > 1)
      throw shapeError(`Expected at most one new name in [${shape}]. Name the others on an input first.`);
    return this.concat(parts, 0);
  }
}

function axesOf(x: Tensor, axes: readonly number[] | null): readonly number[] {
  return axes === null
    ? x.shape.map((_, axis) => axis)
    : axes.map((axis) => axisOf(axis, x.shape.length)).sort((a, b) => a - b);
}
