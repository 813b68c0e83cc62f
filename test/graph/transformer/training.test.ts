import { describe, expect, it } from 'vitest';
import { type PackedGroup, pack, SCORING_FEEDS } from '../../../src/graph/transformer/pack.ts';
import { initialWeights, parametersOf, type TransformerConfig } from '../../../src/graph/transformer/parameters.ts';
import { scoringGraph, trainingGraph } from '../../../src/graph/transformer/training.ts';
import fixture from '../fixtures/transformer.json' with { type: 'json' };
import { type Feed, floats, sessionOf } from '../run.ts';

const BASE: TransformerConfig = {
  vocabularySize: 23,
  hiddenSize: 12,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headSize: 4,
  intermediateSize: 16,
  ropeTheta: 1000,
  ropeScaling: null,
  normEpsilon: 1e-5,
  maxPositions: 64,
  isHeadTied: false,
  hasQkvBias: false,
};
const CONFIGS: Readonly<Record<keyof typeof fixture.cases, TransformerConfig>> = {
  'llama-3': {
    ...BASE,
    ropeTheta: 10_000,
    ropeScaling: { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalMaxPositions: 16 },
  },
  qwen2: { ...BASE, hasQkvBias: true },
  smollm2: { ...BASE, isHeadTied: true },
  wide: { ...BASE, isHeadTied: true, layers: 1, heads: 2, keyValueHeads: 2, headSize: 8 },
};
const SCALARS = Object.fromEntries(Object.entries(fixture.scalars).map(([name, value]) => [name, floats([], [value])]));
const NAMES = Object.keys(CONFIGS) as (keyof typeof CONFIGS)[];

describe('trainingGraph', () => {
  it('gives the same bits every time, with two threads', async () => {
    const config = CONFIGS.qwen2;
    const weights = initialWeights(config, 3);
    const feeds = {
      ...pack(fixture.cases.qwen2.groups).feeds,
      ...SCALARS,
      ...weightFeeds(config, weights, ''),
      ...weightFeeds(config, new Float32Array(weights.length), 'gradient.'),
    };
    const session = await sessionOf(trainingGraph(config), 2);
    const first = await session.run(feeds);
    for (let turn = 0; turn < 5; turn++) expect(await session.run(feeds)).toEqual(first);
  });

  it.each<[string, Readonly<Record<string, number>>]>([
    ['the clipped policy gradient', { policyWeight: 1, clipLow: 0.1, clipHigh: 0.3 }],
    ['the likelihood', { likelihoodWeight: 1 }],
    ['k3', { klWeight: 0.7 }],
    ['all three, warm', { policyWeight: 0.5, likelihoodWeight: 0.2, klWeight: 0.1, clipLow: 0.2, temperature: 2 }],
  ])('its loss is the formula on its own log-probabilities: %s', async (_, changed) => {
    const scalars = {
      clipLow: 0,
      clipHigh: 0,
      policyWeight: 0,
      likelihoodWeight: 0,
      klWeight: 0,
      temperature: 1,
      ...changed,
    };
    const config = CONFIGS.smollm2;
    const weights = initialWeights(config, 3);
    const { groups } = fixture.cases.smollm2;
    const session = await sessionOf(trainingGraph(config));
    const result = await session.run({
      ...pack(groups).feeds,
      ...Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, floats([], [value])])),
      ...weightFeeds(config, weights, ''),
      ...weightFeeds(config, new Float32Array(weights.length), 'gradient.'),
    });
    const logProbs = result['logProbs'] as Float32Array;
    let [loss, offset] = [0, 0];
    for (const { completions } of groups)
      for (const { oldLogProbs, referenceLogProbs, advantages, weights: shares } of completions)
        for (const [place, advantage] of advantages.entries()) {
          const logProb = logProbs[offset++]!;
          const ratio = Math.exp(logProb - oldLogProbs[place]!);
          const bounded = Math.min(Math.max(ratio, 1 - scalars.clipLow), 1 + scalars.clipHigh);
          const behind = referenceLogProbs[place]! - logProb;
          loss +=
            shares[place]! *
            (-scalars.policyWeight * Math.min(ratio * advantage, bounded * advantage) -
              scalars.likelihoodWeight * logProb +
              scalars.klWeight * (Math.exp(behind) - behind - 1));
        }
    expect(offset).toBe(logProbs.length);
    expect(Math.abs((result['loss'] as Float32Array)[0]! - loss)).toBeLessThan(2e-6 * Math.max(1, Math.abs(loss)));
  });

  it('has finite log-probabilities and gradients where a token is impossible', async () => {
    const config = CONFIGS.smollm2;
    const weights = initialWeights(config, 3).map((weight) => 500 * weight);
    const session = await sessionOf(trainingGraph(config));
    const result = await session.run({
      ...pack(fixture.cases.smollm2.groups).feeds,
      ...SCALARS,
      policyWeight: floats([], [0]),
      klWeight: floats([], [0]),
      ...weightFeeds(config, weights, ''),
      ...weightFeeds(config, new Float32Array(weights.length), 'gradient.'),
    });
    expect(Math.min(...(result['logProbs'] as Float32Array))).toBeLessThan(-150);
    for (const [name, values] of Object.entries(result))
      if (!name.startsWith('loss')) expect((values as Float32Array).every(Number.isFinite), name).toBe(true);
  });
});

describe.each(NAMES)('%s', (name) => {
  const config = CONFIGS[name];
  const reference = fixture.cases[name];
  const parameters = parametersOf(config);
  const weights = decoded(reference.weights);
  const groups: readonly PackedGroup[] = reference.groups;

  it("has transformers' parameters: names, order and shapes", () => {
    expect(parameters.map((parameter) => parameter.name)).toEqual(reference.names);
    expect(parameters.map(({ shape }) => shape)).toEqual(reference.shapes);
    expect(weights.length).toBe(parameters.reduce((sum, { size }) => sum + size, 0));
  });

  it("packed groups give the loss, log-probabilities, entropy and every gradient of torch's sequences one by one", async () => {
    const session = await sessionOf(trainingGraph(config));
    const result = await session.run({
      ...pack(groups).feeds,
      ...SCALARS,
      ...weightFeeds(config, weights, ''),
      ...weightFeeds(config, new Float32Array(weights.length), 'gradient.'),
    });
    expect((result['loss'] as Float32Array)[0]).toBeCloseTo(reference.loss, 4);
    expect(relative(result['logProbs'] as Float32Array, reference.logProbs)).toBeLessThan(1e-6);
    expect(relative(result['entropy'] as Float32Array, reference.entropy)).toBeLessThan(1e-6);
    const gradients = decoded(reference.gradients);
    for (const { name: parameter, offset, size } of parameters) {
      const gradient = result[`accumulated.${parameter}`] as Float32Array;
      expect(relative(gradient, gradients.subarray(offset, offset + size)), parameter).toBeLessThan(1e-5);
    }
  });

  it('gradients of micro-batches add up to the gradient of the whole', async () => {
    const session = await sessionOf(trainingGraph(config));
    let sums: Readonly<Record<string, Feed>> = weightFeeds(config, new Float32Array(weights.length), 'gradient.');
    for (const group of groups) {
      const result = await session.run({
        ...pack([group]).feeds,
        ...SCALARS,
        ...weightFeeds(config, weights, ''),
        ...sums,
      });
      sums = Object.fromEntries(
        parameters.map(({ name: parameter, shape }) => [
          `gradient.${parameter}`,
          floats(shape, result[`accumulated.${parameter}`] as Float32Array),
        ]),
      );
    }
    const gradients = decoded(reference.gradients);
    for (const { name: parameter, offset, size } of parameters)
      expect(
        relative(sums[`gradient.${parameter}`]?.data as Float32Array, gradients.subarray(offset, offset + size)),
        parameter,
      ).toBeLessThan(1e-5);
  });

  it("gives transformers' next-token distribution: every token as a completion of its own", async () => {
    const session = await sessionOf(scoringGraph(config));
    const completions = Array.from({ length: config.vocabularySize }, (_, token) => ({
      tokenIds: [token],
      oldLogProbs: null,
      referenceLogProbs: null,
      advantages: null,
      weights: null,
    }));
    const { feeds } = pack([{ promptTokenIds: reference.nextPrompt, completions }]);
    const result = await session.run({
      ...Object.fromEntries(SCORING_FEEDS.map((feed) => [feed, feeds[feed]])),
      temperature: floats([], [1]),
      ...weightFeeds(config, weights, ''),
    });
    const logProbs = result['logProbs'] as Float32Array;
    const logits = reference.nextLogits;
    const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    for (const [token, logit] of logits.entries())
      expect(Math.abs(logProbs[token]! - (logit - logSum))).toBeLessThan(1e-5);
  });
});

function weightFeeds(config: TransformerConfig, flat: Float32Array, prefix: string): Readonly<Record<string, Feed>> {
  return Object.fromEntries(
    parametersOf(config).map(({ name, shape, offset, size }) => [
      prefix + name,
      { type: 'float32' as const, shape, data: flat.subarray(offset, offset + size) },
    ]),
  );
}

/** ‖got − wanted‖ / ‖wanted‖. */
function relative(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(got.length).toBe(wanted.length);
  const norm = (each: (index: number) => number) =>
    Math.sqrt(Array.from({ length: wanted.length }, (_, index) => each(index) ** 2).reduce((sum, one) => sum + one, 0));
  return norm((index) => (got[index] as number) - (wanted[index] as number)) / norm((index) => wanted[index] as number);
}

function decoded(base64: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float32Array(bytes.buffer);
}
