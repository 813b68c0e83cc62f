import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeGraph } from '../../../src/graph/decode/decode-graph.ts';
import { prefillGraph } from '../../../src/graph/decode/prefill-graph.ts';
import type { SamplingKind } from '../../../src/graph/decode/sampling.ts';
import type { Feed, HostTensor } from '../../../src/graph/runtime/protocol.ts';
import { Runtime } from '../../../src/graph/runtime/runtime.ts';
import { parametersOf } from '../../../src/graph/transformer/parameters.ts';
import { loadTinyWeights, tinyLlama } from './tiny-llama.ts';

const { config, prompts, uniforms, temperature, topK, topP } = tinyLlama;
const CAPACITY = 64;
const TURNS = 24;
const layers = Array.from({ length: config.layers }, (_, layer) => [`key.${layer}`, `value.${layer}`]).flat();

let runtime: Runtime;
let parameters: string;
beforeAll(async () => {
  runtime = await Runtime.start({ threads: 1, device: 'cpu' });
  parameters = await loadTinyWeights(runtime);
});
afterAll(() => runtime.close());

const int64 = (shape: readonly number[], values: readonly number[]): HostTensor => ({
  type: 'int64',
  shape,
  data: BigInt64Array.from(values, BigInt),
});
const float32 = (shape: readonly number[], values: readonly number[]): HostTensor => ({
  type: 'float32',
  shape,
  data: Float32Array.from(values),
});

/** Keys and values of ragged prompts, all but their last tokens, in one run, padded to the capacity. */
async function prefill(rows: readonly (readonly number[])[]): Promise<Record<string, HostTensor>> {
  const longest = Math.max(...rows.map(({ length }) => length)) - 1;
  const places = rows.flatMap((row, index) => row.slice(1).map((_, position) => index * longest + position));
  const padded = Array.from({ length: rows.length * longest }, (_, place) => Math.max(0, places.indexOf(place)));
  const { model, bound } = prefillGraph(config, { parameters, positions: config.maxPositions });
  const session = await runtime.load(model, bound);
  const results = await runtime.run(
    session,
    {
      tokens: int64(
        [places.length, 1],
        rows.flatMap((row) => row.slice(0, -1)),
      ),
      positions: int64(
        [places.length, 1],
        rows.flatMap((row) => row.slice(1).map((_, position) => position)),
      ),
      padded: int64([rows.length, longest], padded),
      flat: int64([places.length], places),
    },
    Object.fromEntries(layers.map((name) => [name, 'host' as const])),
  );
  await runtime.unload(session);
  return Object.fromEntries(layers.map((name) => [name, widened(results[name] as HostTensor)]));
}

/** [B, KV, P, D] → [B, KV, CAPACITY, D], with numbers in the room left over that must not matter. */
function widened({ shape, data }: HostTensor): HostTensor {
  const [rows, heads, length, size] = shape as [number, number, number, number];
  const wide = new Float32Array(rows * heads * CAPACITY * size).fill(1000);
  for (let head = 0; head < rows * heads; head++)
    wide.set((data as Float32Array).subarray(head * length * size, (head + 1) * length * size), head * CAPACITY * size);
  return { type: 'float32', shape: [rows, heads, CAPACITY, size], data: wide };
}

/** What the loop writes after these prompts in one call. */
async function decode(
  kind: SamplingKind,
  chosen: readonly number[],
  feeds: Readonly<Record<string, Feed>> = {},
): Promise<readonly { tokenIds: readonly number[]; logProbabilities: readonly number[] }[]> {
  const rows = chosen.map((index) => prompts[index] as readonly number[]);
  const { model, bound } = decodeGraph(config, kind, { parameters, positions: config.maxPositions });
  const session = await runtime.load(model, bound);
  const draws = Array.from({ length: TURNS }, (_, turn) => chosen.map((index) => uniforms[index]?.[turn] as number));
  const results = await runtime.run(
    session,
    {
      tokens: int64(
        [rows.length, 1],
        rows.map((row) => row.at(-1) as number),
      ),
      lengths: int64(
        [rows.length, 1],
        rows.map((row) => row.length - 1),
      ),
      uniforms: float32([TURNS, rows.length, 1], draws.flat()),
      turns: int64([], [TURNS]),
      stops: int64([0], []),
      minimumAlive: float32([], [1]),
      ...(kind === 'greedy' ? {} : { inverseTemperature: float32([], [1 / temperature]) }),
      ...(kind === 'cut' ? { topK: int64([1], [topK]), topP: float32([], [topP]) } : {}),
      ...(await prefill(rows)),
      ...feeds,
    },
    { nextTokens: 'host', logProbabilities: 'host', 'new.key.0': 'host' },
  );
  await runtime.unload(session);
  const column = ({ data, shape }: HostTensor, row: number): readonly number[] =>
    Array.from({ length: shape[0] as number }, (_, turn) => Number(data[turn * rows.length + row]));
  return rows.map((_, row) => ({
    tokenIds: column(results['nextTokens'] as HostTensor, row),
    logProbabilities: column(results['logProbabilities'] as HostTensor, row),
  }));
}

function worst(left: readonly number[], right: readonly number[]): number {
  return Math.max(...left.map((value, index) => Math.abs(value - (right[index] as number))));
}

test("the fixture's weights lie as parametersOf says", () => {
  expect(parametersOf(config).map(({ name }) => name)).toEqual(tinyLlama.names);
});

describe.each(['greedy', 'whole', 'cut'] as const)('%s', (kind) => {
  test('ragged prompts in one batch give the tokens and log-probabilities of transformers, each alone', async () => {
    const written = await decode(kind, [0, 1, 2, 3]);
    for (const [row, expected] of tinyLlama[kind].entries()) {
      expect(written[row]?.tokenIds).toEqual(expected.tokenIds);
      expect(worst(written[row]?.logProbabilities ?? [], expected.logProbabilities)).toBeLessThan(1e-4);
    }
  });

  test('a prompt alone gives what it gives among others', async () => {
    const [alone] = await decode(kind, [2]);
    expect(alone?.tokenIds).toEqual(tinyLlama[kind][2]?.tokenIds);
  });
});

test('the loop ends with the turn in which too few rows are left', async () => {
  const tokenIds = tinyLlama.greedy.map((completion) => completion.tokenIds);
  const stop = tokenIds[2]?.[4] as number;
  const ends = tokenIds.map((tokens) => tokens.indexOf(stop)).filter((turn) => turn >= 0);
  const stops = int64([2], [stop, config.vocabularySize - 1]);
  const whenFirst = await decode('greedy', [0, 1, 2, 3], { stops, minimumAlive: float32([], [4]) });
  expect(whenFirst[0]?.tokenIds).toHaveLength(Math.min(...ends) + 1);
  const alone = await decode('greedy', [2], { stops });
  expect(alone[0]?.tokenIds).toEqual(tokenIds[2]?.slice(0, (tokenIds[2]?.indexOf(stop) as number) + 1));
});
