/** Runs a graph on onnxruntime's CPU. */

import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { encodeModel } from '../../src/graph/encode.ts';
import type { Graph } from '../../src/graph/ops.ts';
import type { DataType, TensorData } from '../../src/graph/tensor.ts';

export interface Feed {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface Session {
  run(feeds: Readonly<Record<string, Feed>>): Promise<Readonly<Record<string, TensorData>>>;
}

export async function sessionOf(graph: Graph, threads = 1): Promise<Session> {
  const session = await InferenceSession.create(encodeModel(graph), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    run: async (feeds) => {
      const tensors = Object.entries(feeds).map(
        ([name, { type, shape, data }]) =>
          [name, new RuntimeTensor(type as 'float32', data as Float32Array, shape)] as const,
      );
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as TensorData]));
    },
  };
}

export async function run(
  graph: Graph,
  feeds: Readonly<Record<string, Feed>>,
): Promise<Readonly<Record<string, TensorData>>> {
  return (await sessionOf(graph)).run(feeds);
}

export function floats(shape: readonly number[], data: ArrayLike<number>): Feed {
  return { type: 'float32', shape, data: Float32Array.from(data) };
}

export function integers(shape: readonly number[], data: ArrayLike<number>): Feed {
  return { type: 'int64', shape, data: BigInt64Array.from(Array.from(data, BigInt)) };
}

/** Numbers in [−1, 1), the same for the same seed: mulberry32. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}
