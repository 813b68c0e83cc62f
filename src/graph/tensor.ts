/**
 * Tensors as a graph knows them: a name, an element type, a shape; never the numbers.
 *
 * A dimension is a number, or a name for a size that is known when the graph runs. The same name is the same size
 * everywhere in a graph. Letters: B prompts, G completions per prompt, N flat tokens, P and C padded prompt and
 * completion lengths, M scored tokens, V vocabulary, d hidden size.
 */

import { EvomError, expected } from '../errors.ts';

/** The arrays that hold each element type, row-major. `bool` is one byte; `float16` and `bfloat16` are raw bits. */
export interface TensorArrays {
  readonly float32: Float32Array;
  readonly float16: Uint16Array;
  readonly bfloat16: Uint16Array;
  readonly int64: BigInt64Array;
  readonly int32: Int32Array;
  readonly uint32: Uint32Array;
  readonly uint64: BigUint64Array;
  readonly uint8: Uint8Array;
  readonly bool: Uint8Array;
}
export type DataType = keyof TensorArrays;
export type TensorData = TensorArrays[DataType];

export type Dimension = number | string;
export type Shape = readonly Dimension[];

/** A value's element type and shape. */
export interface TensorType {
  readonly type: DataType;
  readonly shape: Shape;
}

/** A handle on a value of a graph. */
export interface Tensor extends TensorType {
  readonly name: string;
}

/** Product of a shape that is all numbers; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce<number>((size, dimension) => size * numberOf(dimension), 1);
}

/** A dimension that has to be a number. */
export function numberOf(dimension: Dimension | undefined): number {
  if (typeof dimension === 'number') return dimension;
  throw shapeError(expected('dimension', 'a number', dimension, 'Only a graph that runs knows named dimensions.'));
}

export function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis]);
}

/** An axis counted from the front, whether it was given from the front or (negative) from the back. */
export function axisOf(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < rank) return counted;
  throw shapeError(expected('axis', `within rank ${rank}`, axis, 'Count from 0, or from −1 backwards.'));
}

/** Numbers as the array that holds `type`. */
export function arrayOf<T extends DataType>(type: T, values: ArrayLike<number> | TensorArrays[T]): TensorArrays[T] {
  const make = ARRAYS[type];
  return (values instanceof make.array ? values : make.from(values as ArrayLike<number>)) as TensorArrays[T];
}

export function shapeError(message: string): EvomError {
  return new EvomError('policy', 'graph-shape', message);
}

const big = (values: ArrayLike<number>): bigint[] => Array.from(values, (value) => BigInt(value));
const ARRAYS = {
  float32: { array: Float32Array, from: (values: ArrayLike<number>) => Float32Array.from(values) },
  float16: { array: Uint16Array, from: (values: ArrayLike<number>) => Uint16Array.from(values) },
  bfloat16: { array: Uint16Array, from: (values: ArrayLike<number>) => Uint16Array.from(values) },
  int64: { array: BigInt64Array, from: (values: ArrayLike<number>) => BigInt64Array.from(big(values)) },
  int32: { array: Int32Array, from: (values: ArrayLike<number>) => Int32Array.from(values) },
  uint32: { array: Uint32Array, from: (values: ArrayLike<number>) => Uint32Array.from(values) },
  uint64: { array: BigUint64Array, from: (values: ArrayLike<number>) => BigUint64Array.from(big(values)) },
  uint8: { array: Uint8Array, from: (values: ArrayLike<number>) => Uint8Array.from(values) },
  bool: { array: Uint8Array, from: (values: ArrayLike<number>) => Uint8Array.from(values) },
} as const;

/**
 * Gives back the memory at once; the array is empty from then on. A collection of garbage would do so some time: it sees
 * small objects, and hundreds of megabytes behind them pile up meanwhile.
 */
export function release(data: TensorData): void {
  (data.buffer as ArrayBuffer).transfer(0);
}
