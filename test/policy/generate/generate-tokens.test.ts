import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Runtime } from '../../../src/graph/runtime/runtime.ts';
import { Engine } from '../../../src/policy/generate/engine.ts';
import {
  type GenerateTokensOptions,
  generateTokens,
  type TokenGeneration,
  type TokenRequest,
} from '../../../src/policy/generate/generate-tokens.ts';
import { rowBytes } from '../../../src/policy/generate/row-cache.ts';
import { loadTinyWeights, tinyLlama } from '../../graph/decode/tiny-llama.ts';
import { longestHold } from '../../graph/runtime/longest-hold.ts';

const { config, prompts } = tinyLlama;
const GREEDY = { temperature: 0, topP: 1, topK: 0, stops: [], maxTokens: 24 } as const;
const SAMPLED = { ...GREEDY, temperature: 0.8 } as const;

let runtime: Runtime;
let engine: Engine;
beforeAll(async () => {
  runtime = await Runtime.start({ threads: 1, device: 'cpu' });
  engine = new Engine(runtime, config, await loadTinyWeights(runtime));
});
afterAll(async () => {
  await engine.close();
  await runtime.close();
});

function requestsFor(chosen: readonly number[], samples = 1): readonly TokenRequest[] {
  return chosen.map((index) => ({
    prompt: prompts[index] as readonly number[],
    samples,
    identity: { seed: 1, step: 0, problem: `p-${index}`, solver: 'gurobi' },
  }));
}

async function collect(
  from: Engine,
  requests: readonly TokenRequest[],
  options: GenerateTokensOptions,
): Promise<readonly TokenGeneration[]> {
  const generations: TokenGeneration[] = [];
  for await (const generation of generateTokens(from, requests, options)) generations.push(generation);
  return generations;
}

/** Every completion, in the order of requests and samples. */
async function all(
  requests: readonly TokenRequest[],
  options: GenerateTokensOptions,
): Promise<readonly TokenGeneration[]> {
  const generations = await collect(engine, requests, options);
  return generations.toSorted((left, right) => left.request - right.request || left.sample - right.sample);
}

/** Words of one letter each: token 0 is `a`, token 26 `a` again. */
const text = {
  stream: () => ({ push: (id: number) => String.fromCharCode(97 + (id % 26)), end: () => '' }),
};
const tokensOf = (generations: readonly TokenGeneration[]) => generations.map(({ tokenIds }) => tokenIds);

function worst(left: TokenGeneration, right: TokenGeneration): number {
  return Math.max(
    ...left.logProbabilities.map((value, index) => Math.abs(value - (right.logProbabilities[index] as number))),
  );
}

test("greedy completions are those of transformers' generate, over several calls of the loop", async () => {
  const generations = await all(requestsFor([0, 1, 2, 3]), GREEDY);
  expect(tokensOf(generations)).toEqual(tinyLlama.greedy.map(({ tokenIds }) => tokenIds));
  for (const [index, generation] of generations.entries()) {
    expect(generation.ended).toBe('length');
    expect(worst(generation, tinyLlama.greedy[index] as unknown as TokenGeneration)).toBeLessThan(1e-4);
  }
});

test('the same requests give the same bytes', async () => {
  const requests = requestsFor([0, 1, 2, 3], 5);
  expect(await all(requests, SAMPLED)).toEqual(await all(requests, SAMPLED));
});

describe('a sample is the same', () => {
  const requests = requestsFor([0, 1, 2, 3], 4);
  let expected: readonly TokenGeneration[];
  beforeAll(async () => {
    expected = await all(requests, SAMPLED);
  });

  function expectSame(actual: readonly TokenGeneration[], among: readonly TokenGeneration[] = expected): void {
    expect(tokensOf(actual)).toEqual(tokensOf(among));
    for (const [index, generation] of actual.entries())
      expect(worst(generation, among[index] as TokenGeneration)).toBeLessThan(1e-4);
  }

  test('alone', async () => {
    expectSame(
      await all(requestsFor([2], 4), SAMPLED),
      expected.filter(({ request }) => request === 2),
    );
  });

  test.each([1, 2, 3, 5, 7])('with %d rows side by side, refilled from the queue', async (maxRows) => {
    expectSame(await all(requests, { ...SAMPLED, maxRows }));
  });

  test('in another order of requests', async () => {
    const reversed = await all(requestsFor([3, 2, 1, 0], 4), SAMPLED);
    expectSame(
      reversed
        .map((generation) => ({ ...generation, request: 3 - generation.request }))
        .sort((a, b) => a.request - b.request || a.sample - b.sample),
    );
  });

  test('with rows that end at different times, cut where they end', async () => {
    const counts = new Map<number, number>();
    for (const token of tokensOf(expected).flat()) counts.set(token, (counts.get(token) ?? 0) + 1);
    const stop = [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] as number;
    const stopped = await all(requests, { ...SAMPLED, stops: [stop], maxRows: 3 });
    const cut = expected.map(({ tokenIds }) =>
      tokenIds.slice(0, tokenIds.includes(stop) ? tokenIds.indexOf(stop) + 1 : undefined),
    );
    expect(tokensOf(stopped)).toEqual(cut);
    expect(new Set(cut.map(({ length }) => length)).size).toBeGreaterThan(3);
    for (const { tokenIds, ended } of stopped) expect(ended).toBe(tokenIds.at(-1) === stop ? 'stop' : 'length');
  });

  test('when a long one makes the cache grow beside it', async () => {
    const long = { ...requests[2]!, prompt: Array.from({ length: 45 }, (_, index) => (index * 7) % 96), samples: 2 };
    const wide = await all([long, ...requests], { ...SAMPLED, maxTokens: 24, maxRows: 4 });
    expectSame(
      wide.filter(({ request }) => request > 0),
      expected,
    );
  });
});

test('samples of one prompt differ, and each depends on its seed', async () => {
  const first = await all(requestsFor([0], 6), SAMPLED);
  const other = await all(
    requestsFor([0], 6).map((request) => ({ ...request, identity: { ...request.identity, seed: 2 } })),
    SAMPLED,
  );
  expect(new Set([...tokensOf(first), ...tokensOf(other)].map(String)).size).toBe(12);
});

test.each([
  ['the whole distribution', { temperature: 0.8, topK: 0, topP: 1 }],
  ['top-k', { temperature: 0.8, topK: 6, topP: 1 }],
  ['top-p', { temperature: 1.3, topK: 0, topP: 0.6 }],
])('first tokens are drawn as often as their probabilities say: %s', async (_, drawing) => {
  const draws = 4000;
  const options = { ...GREEDY, ...drawing, maxTokens: 1 };
  const generations = await all(requestsFor([3], draws), options);
  const logProbabilities = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const {
    tokenIds,
    logProbabilities: [logProbability],
  } of generations) {
    const token = tokenIds[0] as number;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    logProbabilities.set(token, logProbability as number);
  }
  // Where the distribution is cut, what is left is scaled up to one.
  const kept = [...logProbabilities.values()].reduce((sum, value) => sum + Math.exp(value), 0);
  const share = drawing.topK > 0 || drawing.topP < 1 ? kept : 1;
  const expected = [...counts].map(([token, count]) => {
    const mean = (draws * Math.exp(logProbabilities.get(token) as number)) / share;
    return { count, mean };
  });
  const common = expected.filter(({ mean }) => mean >= 5);
  const rest = { count: draws, mean: draws };
  for (const { count, mean } of common) {
    rest.count -= count;
    rest.mean -= mean;
  }
  const cells = rest.mean >= 5 ? [...common, rest] : common;
  const chiSquare = cells.reduce((sum, { count, mean }) => sum + (count - mean) ** 2 / mean, 0);
  expect(cells.length).toBeGreaterThan(3);
  // Wilson and Hilferty's bound that one seed in a thousand exceeds.
  const freedom = cells.length - 1;
  expect(chiSquare).toBeLessThan(freedom * (1 - 2 / (9 * freedom) + 3.09 * Math.sqrt(2 / (9 * freedom))) ** 3);
  if (drawing.topK > 0) expect(counts.size).toBeLessThanOrEqual(drawing.topK);
});

describe('text', () => {
  let written: TokenGeneration;
  beforeAll(async () => {
    [written] = (await all(requestsFor([2]), { ...SAMPLED, text })) as [TokenGeneration];
  });

  test('a stop text ends the completion before itself, with the tokens that complete it', async () => {
    const stop = written.text.slice(18, 21);
    expect(written.text.indexOf(stop)).toBe(18);
    const [generation] = await all(requestsFor([2]), { ...SAMPLED, text, stopTexts: ['never', stop] });
    expect(generation?.text).toBe(written.text.slice(0, 18));
    expect(generation?.tokenIds).toEqual(written.tokenIds.slice(0, 21));
    expect(generation?.ended).toBe('stop');
  });

  test('pieces joined are the whole text, and hold back what may become a stop text', async () => {
    const pieces: string[] = [];
    const stop = written.text.slice(15, 18); // begins in the first call of the loop and ends in the second
    const options = { ...SAMPLED, text, stopTexts: [stop], onText: (piece: string) => pieces.push(piece) };
    const [generation] = await all(requestsFor([2]), options);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(written.text.slice(0, 15));
    expect(generation?.text).toBe(pieces.join(''));
  });
});

test('a completion ends at the last position that the model has', async () => {
  const prompt = Array.from({ length: 60 }, (_, index) => index);
  const [generation] = await all([{ ...requestsFor([0])[0]!, prompt }], GREEDY);
  expect(generation?.tokenIds).toHaveLength(config.maxPositions - 60);
  expect(generation?.ended).toBe('length');
});

test('prompts that are longer together than the model has positions are computed together', async () => {
  const long = Array.from({ length: 40 }, (_, index) => (index * 7) % 96);
  const request = requestsFor([0])[0] as TokenRequest;
  const requests = [3, 5, 11, 17].map((shift) => ({ ...request, prompt: long.map((token) => (token + shift) % 96) }));
  const together = await all(requests, GREEDY);
  for (const [index, one] of requests.entries())
    expect((await all([one], GREEDY))[0]?.tokenIds).toEqual(together[index]?.tokenIds);
});

test.each([0, 64])('a prompt of %d tokens is refused, and says what to do', async (length) => {
  const request = { ...requestsFor([0])[0]!, prompt: new Array<number>(length).fill(1) };
  await expect(all([request], GREEDY)).rejects.toMatchObject({ boundary: 'policy', code: 'prompt-length' });
});

test('the memory budget decides how many rows run side by side', async () => {
  const requests = requestsFor([0, 1, 2, 3], 4);
  const cacheBytes = 2 * rowBytes(config, 11 + 24 + engine.turns);
  const order: string[] = [];
  for await (const { request, sample } of generateTokens(engine, requests, { ...GREEDY, cacheBytes }))
    order.push(`${request}.${sample}`);
  // Two at a time, all equally long: they end in pairs, in the order of the queue.
  expect(order).toHaveLength(16);
  expect(order.slice(0, 2)).toEqual(['0.0', '0.1']);
  expect(order.slice(-2)).toEqual(['3.2', '3.3']);
});

test('an abort rejects with its reason, and the next generation is undisturbed', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const seen: TokenGeneration[] = [];
  const run = async () => {
    const options = { ...SAMPLED, maxRows: 2, signal: controller.signal };
    for await (const generation of generateTokens(engine, requestsFor([0, 1, 2, 3], 4), options)) {
      seen.push(generation);
      controller.abort(reason);
    }
  };
  await expect(run()).rejects.toBe(reason);
  expect(seen).toHaveLength(1);
  const generations = await all(requestsFor([2]), GREEDY);
  expect(generations[0]?.tokenIds).toEqual(tinyLlama.greedy[2]?.tokenIds);
});

test('a runtime that ends is an error for whoever waits', async () => {
  const other = await Runtime.start({ threads: 1, device: 'cpu' });
  const broken = new Engine(other, config, await loadTinyWeights(other));
  const waiting = collect(broken, requestsFor([0, 1, 2, 3], 64), SAMPLED);
  setTimeout(() => void other.terminate(), 30);
  await expect(waiting).rejects.toMatchObject({ boundary: 'policy', code: 'runtime-ended' });
});

test('the event loop is not held up while generating', async () => {
  await all(requestsFor([0]), SAMPLED); // the graph is built once
  expect(await longestHold(() => all(requestsFor([0, 1, 2, 3], 64), SAMPLED))).toBeLessThan(50);
});
