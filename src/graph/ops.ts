/**
 * Every operation that a graph may hold, with its inputs and attributes: one union that the tables in `shapes.ts`,
 * `gradient.ts` and `encode.ts` are complete over, or the compiler complains.
 *
 * A *primitive* is one ONNX node (operators of opset 21, and of onnxruntime's `com.microsoft`). A *composite* has a
 * gradient rule of its own, because that saves passes over memory; `lower.ts` writes it as primitives.
 * Sources: https://onnx.ai/onnx/operators, onnxruntime docs/ContribOperators.md.
 */

import type { DataType, Dimension, Shape, Tensor, TensorData } from './tensor.ts';

interface Op<Inputs extends readonly (Tensor | null)[], Attributes extends object = None> {
  readonly inputs: Inputs;
  readonly attributes: Attributes;
}
type None = Readonly<Record<never, never>>;
type Unary = readonly [x: Tensor];
type Binary = readonly [left: Tensor, right: Tensor];
/** `axes` are counted from the front. */
type Reduction = Op<Unary, { readonly axes: readonly number[]; readonly keepDimensions: boolean }>;

/** Element by element; two inputs broadcast as in NumPy. */
interface ElementwiseOps {
  Identity: Op<Unary>;
  Add: Op<Binary>;
  Sub: Op<Binary>;
  Mul: Op<Binary>;
  Div: Op<Binary>;
  Min: Op<Binary>;
  Max: Op<Binary>;
  Mod: Op<Binary>;
  Neg: Op<Unary>;
  Abs: Op<Unary>;
  Exp: Op<Unary>;
  Log: Op<Unary>;
  Sqrt: Op<Unary>;
  Reciprocal: Op<Unary>;
  Sigmoid: Op<Unary>;
  Floor: Op<Unary>;
  /** x·σ(αx); α = 1 is SiLU. */
  QuickGelu: Op<Unary, { readonly alpha: number }>;
  Less: Op<Binary>;
  LessOrEqual: Op<Binary>;
  Greater: Op<Binary>;
  GreaterOrEqual: Op<Binary>;
  Equal: Op<Binary>;
  And: Op<Binary>;
  Or: Op<Binary>;
  Not: Op<Unary>;
  /** Unsigned integers alone. */
  BitShift: Op<Binary, { readonly direction: 'LEFT' | 'RIGHT' }>;
  BitwiseAnd: Op<Binary>;
  BitwiseXor: Op<Binary>;
  Where: Op<readonly [condition: Tensor, then: Tensor, otherwise: Tensor]>;
  Cast: Op<Unary, { readonly to: DataType }>;
}

/** Sums, products, orders. */
interface ReductionOps {
  ReduceSum: Reduction;
  ReduceMax: Reduction;
  ReduceMin: Reduction;
  ReduceSumSquare: Reduction;
  /** scale · op(left)·op(right) over the last two axes, the others broadcast; a transpose costs nothing. */
  MatMul: Op<Binary, { readonly transposeLeft: boolean; readonly transposeRight: boolean; readonly scale: number }>;
  /** Over the last axis. */
  Softmax: Op<Unary>;
  /** Running sum; `exclusive` leaves each element's own value out. */
  CumSum: Op<Unary, { readonly axis: number; readonly exclusive: boolean; readonly reverse: boolean }>;
  /** Index of the first greatest element, int64. */
  ArgMax: Op<Unary, { readonly axis: number; readonly keepDimensions: boolean }>;
  /** Values, then their int64 indices, greatest first. `count` is int64 [1]. */
  TopK: Op<readonly [x: Tensor, count: Tensor], { readonly axis: number; readonly dimension: Dimension }>;
}

/** Moving, making and measuring. Where a shape has dimensions that only the run knows, the extra input holds them. */
interface MovementOps {
  Reshape: Op<readonly [x: Tensor] | readonly [x: Tensor, shape: Tensor], { readonly shape: Shape }>;
  Expand: Op<readonly [x: Tensor, shape: Tensor], { readonly shape: Shape }>;
  Transpose: Op<Unary, { readonly permutation: readonly number[] }>;
  Concat: Op<readonly Tensor[], { readonly axis: number }>;
  Split: Op<
    readonly [x: Tensor] | readonly [x: Tensor, sizes: Tensor],
    { readonly axis: number; readonly sizes: Shape }
  >;
  /** `starts` and `ends` are int64 [1], along one axis. */
  Slice: Op<
    readonly [x: Tensor, starts: Tensor, ends: Tensor],
    { readonly axis: number; readonly dimension: Dimension }
  >;
  /** Whole slices along an axis by int64 or int32 index; a negative index counts from the end. */
  Gather: Op<readonly [x: Tensor, index: Tensor], { readonly axis: number }>;
  GatherElements: Op<readonly [x: Tensor, index: Tensor], { readonly axis: number }>;
  /** The last axis of `index` addresses the axes after the first `batchAxes`. */
  GatherND: Op<readonly [x: Tensor, index: Tensor], { readonly batchAxes: number }>;
  /** Sequential, hence deterministic; ScatterND's `add` has a data race on equal indices in onnxruntime 1.30's CPU. */
  ScatterElements: Op<
    readonly [base: Tensor, index: Tensor, updates: Tensor],
    { readonly axis: number; readonly reduction: 'none' | 'add' }
  >;
  /** Overwrites only: see ScatterElements. */
  ScatterND: Op<readonly [base: Tensor, index: Tensor, updates: Tensor]>;
  /** Sizes of the axes in [start, end), int64 [end − start]. */
  Shape: Op<Unary, { readonly start: number; readonly end: number }>;
  ConstantOfShape: Op<
    readonly [shape: Tensor],
    { readonly shape: Shape; readonly type: DataType; readonly value: number }
  >;
  /** start, start + step, … below limit: three scalars. */
  Range: Op<readonly [start: Tensor, limit: Tensor, step: Tensor], { readonly dimension: Dimension }>;
}

/** Whole pieces of a transformer, one node each. */
interface TransformerOps {
  /** RMSNorm over the last axis. Outputs y, and 1/√(mean x² + ε) with a last axis of 1. */
  SimplifiedLayerNormalization: Op<readonly [x: Tensor, weight: Tensor], { readonly epsilon: number }>;
  /**
   * RoPE in the half-split layout (Hugging Face's). x [rows, T, h·D], positions int64 [rows, T],
   * cosine and sine [maxPositions, D/2].
   */
  RotaryEmbedding: Op<
    readonly [x: Tensor, positions: Tensor, cosine: Tensor, sine: Tensor],
    { readonly heads: number }
  >;
  /**
   * Attention with a cache. query [B, T, H·D] (or packed q‖k‖v with key and value null), past and present
   * [B, KV, length, D], `lastPositions` int32 [B] = tokens in total − 1, `total` int32 [1].
   * Outputs y [B, T, H·D], present keys, present values; `presentLength` names their third axis.
   */
  GroupQueryAttention: Op<
    readonly [
      query: Tensor,
      key: Tensor | null,
      value: Tensor | null,
      pastKey: Tensor | null,
      pastValue: Tensor | null,
      lastPositions: Tensor,
      total: Tensor,
      cosine: Tensor | null,
      sine: Tensor | null,
      ...rest: readonly (Tensor | null)[],
    ],
    {
      readonly heads: number;
      readonly keyValueHeads: number;
      readonly scale: number;
      readonly isRotary: boolean;
      readonly presentLength: Dimension;
    }
  >;
  /**
   * The body's inputs are the iteration (int64 []), the condition (bool []) and the states; its outputs the
   * condition, the states and what each turn adds to the scans. Outputs: last states, then scans [trips, …].
   * A body may use any value of the graphs around it.
   */
  Loop: Op<
    readonly [trips: Tensor | null, condition: Tensor | null, ...states: Tensor[]],
    { readonly body: Graph; readonly trips: Dimension }
  >;
}

/** Written as primitives by `lower.ts`. */
export interface CompositeOps {
  /** SiLU(gate)·up. */
  Swiglu: Op<readonly [gate: Tensor, up: Tensor]>;
  /**
   * Rows of x [R, …] at each index [S…] → [S…, …], one output an index. No row goes to two places. Index −1 is
   * padding: a row of zeros, or with `any` whatever is there, for a reader that masks it and sends no gradient back.
   */
  Spread: Op<readonly [x: Tensor, ...indices: Tensor[]], { readonly padding: 'zero' | 'any' }>;
  /**
   * Spread undone: parts [Sᵢ…, …], then their indices [Sᵢ…] → [rows, …]. Padding is dropped; a row that no index
   * names is zero.
   */
  Collect: Op<readonly Tensor[], { readonly rows: Dimension }>;
  /**
   * softmax(scale·query·keyᵀ + mask)·value: query […, T, D], key and value […, S, D]; mask broadcasts to […, T, S]
   * and takes no gradient.
   */
  Attention: Op<readonly [query: Tensor, mask: Tensor, key: Tensor, value: Tensor], { readonly scale: number }>;
  /**
   * log softmax(x·headᵀ)[target]: x [M, d], head [V, d], targets int64 [M] → [M]. Finite for every finite input.
   * The gradient needs the probabilities [M, V] and nothing else of that size.
   */
  TokenLogProbability: Op<readonly [x: Tensor, head: Tensor, targets: Tensor]>;
}

export interface PrimitiveOps extends ElementwiseOps, ReductionOps, MovementOps, TransformerOps {}
export interface Ops extends PrimitiveOps, CompositeOps {}

export type CompositeKind = keyof CompositeOps;
export type PrimitiveKind = keyof PrimitiveOps;
export type OpKind = keyof Ops;

/** An operation in a graph. `Node` alone is the union over every kind. */
export type Node<Kind extends OpKind = OpKind> = {
  [K in Kind]: {
    readonly kind: K;
    readonly inputs: Ops[K]['inputs'];
    readonly attributes: Ops[K]['attributes'];
    readonly outputs: readonly Tensor[];
  };
}[Kind];

/** A value that is part of the graph. */
export interface Initialiser {
  readonly tensor: Tensor;
  readonly data: TensorData;
}

/** What a graph gives back, under the name that the run knows it by. */
export interface GraphOutput {
  readonly name: string;
  readonly tensor: Tensor;
}

/** A computation as plain data: nodes in an order in which every input comes before its use. */
export interface Graph {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly GraphOutput[];
  readonly initialisers: readonly Initialiser[];
  readonly nodes: readonly Node[];
}

/** A graph without composites, as the encoder takes it. */
export interface PrimitiveGraph extends Graph {
  readonly nodes: readonly Node<PrimitiveKind>[];
}
