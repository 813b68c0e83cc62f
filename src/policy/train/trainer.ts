/**
 * One model's optimiser steps in one runtime: gradients of micro-batches add up in a buffer, AdamW turns them into new
 * weights in place. Weights, gradient and moments stay in the runtime; only what is reported comes to the host.
 *
 * π_ref of the KL term is the policy as it was when an update first asked for KL; it is kept from then on, through
 * checkpoints too.
 */

import { adamwGraph, stepCorrections } from '../../graph/adamw.ts';
import { encodeModel } from '../../graph/encode.ts';
import type { BufferView, Feed, HostTensor, Session } from '../../graph/runtime/protocol.ts';
import type { Runtime } from '../../graph/runtime/runtime.ts';
import { type MicroBatchBudget, packMicroBatches } from '../../graph/transformer/micro-batches.ts';
import {
  LOSS_FEEDS,
  type Pack,
  type PackedCompletion,
  type PackedGroup,
  SCORING_FEEDS,
} from '../../graph/transformer/pack.ts';
import {
  type Parameter,
  parameterCount,
  parametersOf,
  type TransformerConfig,
} from '../../graph/transformer/parameters.ts';
import { scoringGraph, trainingGraph } from '../../graph/transformer/training.ts';
import type { UpdateOptions } from '../../types.ts';
import { OBJECTIVES } from '../../update/objective.ts';
import { StepStatistics } from './step-statistics.ts';

/** The runtime's buffers, float32, each of the flat vector's size; `reference` only once it is needed. */
export const PARAMETERS = 'parameters';
const GRADIENT = 'gradient';
const FIRST = 'moment1';
const SECOND = 'moment2';
const DECAY_MASK = 'decay';
const REFERENCE = 'reference';

/**
 * Memory that a micro-batch's intermediate results may take. A third of what one step of torch would take, and the
 * faster for it: what lies in the processor's caches is larger (10 % on the tiny policy).
 */
const ACTIVATION_BYTES = 0.5 * 1024 ** 3;
/** Fewer tokens in a micro-batch would leave the processor waiting for weights. */
const LEAST_TOKENS = 256;

/** What a training is between two steps, besides its weights; every vector is as long as they are. */
export interface OptimizerState {
  /** AdamW's t: steps taken. */
  readonly step: number;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** π_ref's weights; null where no update has asked for KL. */
  readonly reference: Float32Array | null;
}

export class Trainer {
  readonly #runtime: Runtime;
  readonly #config: TransformerConfig;
  readonly #parameters: readonly Parameter[];
  readonly #size: number;
  readonly #sessions = new Map<string, Promise<Session>>();
  #step: number;
  #hasReference: boolean;
  #isReady = false;
  #restored: OptimizerState | null;

  /** The weights are in the runtime's buffer {@link PARAMETERS} already. `state`: what a checkpoint kept, or null. */
  constructor(runtime: Runtime, config: TransformerConfig, state: OptimizerState | null) {
    this.#runtime = runtime;
    this.#config = config;
    this.#parameters = parametersOf(config);
    this.#size = parameterCount(this.#parameters);
    this.#step = state?.step ?? 0;
    this.#hasReference = state !== null && state.reference !== null;
    this.#restored = state;
  }

  /** Optimiser steps taken. */
  get steps(): number {
    return this.#step;
  }

  /** One step over all groups: their gradients add up, however many micro-batches they take. */
  async update(groups: readonly PackedGroup[], options: UpdateOptions): Promise<Readonly<Record<string, number>>> {
    await this.#prepare();
    if (options.klWeight > 0) await this.#keepReference();
    await this.#runtime.fill(GRADIENT, 0, 0, this.#size);
    const statistics = new StepStatistics(options);
    for (const batch of packMicroBatches(groups, budgetOf(this.#config))) {
      const referenceLogProbs = options.klWeight > 0 ? await this.#referenceLogProbs(batch, options) : null;
      const { loss, logProbs, entropy } = await this.#backward(batch, referenceLogProbs, options);
      statistics.add(batch, { loss, logProbs, entropy, referenceLogProbs });
    }
    return { ...statistics.result(), gradientNorm: await this.#descend(options) };
  }

  /** Copies of what a checkpoint keeps. */
  async state(): Promise<OptimizerState> {
    await this.#prepare();
    const read = async (buffer: string): Promise<Float32Array> =>
      (await this.#runtime.read(buffer, 0, this.#size)) as Float32Array;
    return {
      step: this.#step,
      firstMoment: await read(FIRST),
      secondMoment: await read(SECOND),
      reference: this.#hasReference ? await read(REFERENCE) : null,
    };
  }

  /** A policy that only writes needs none of these buffers. */
  async #prepare(): Promise<void> {
    if (this.#isReady) return;
    const runtime = this.#runtime;
    for (const buffer of [GRADIENT, FIRST, SECOND, DECAY_MASK]) await runtime.allocate(buffer, 'float32', this.#size);
    for (const { offset, size, shape } of this.#parameters)
      if (shape.length > 1) await runtime.fill(DECAY_MASK, 1, offset, size);
    if (this.#restored) {
      const { firstMoment, secondMoment, reference } = this.#restored;
      await runtime.write(FIRST, firstMoment);
      await runtime.write(SECOND, secondMoment);
      if (reference) {
        await runtime.allocate(REFERENCE, 'float32', this.#size);
        await runtime.write(REFERENCE, reference);
      }
      this.#restored = null;
    }
    this.#isReady = true;
  }

  async #keepReference(): Promise<void> {
    if (this.#hasReference) return;
    const whole = { fromOffset: 0, toOffset: 0, length: this.#size, count: 1, fromStride: 0, toStride: 0 };
    await this.#runtime.allocate(REFERENCE, 'float32', this.#size);
    await this.#runtime.copy([[PARAMETERS, REFERENCE]], [whole]);
    this.#hasReference = true;
  }

  async #referenceLogProbs({ feeds }: Pack, { temperature }: UpdateOptions): Promise<Float32Array> {
    const session = await this.#session('scoring', () => ({
      model: encodeModel(scoringGraph(this.#config)),
      bound: this.#views(REFERENCE),
    }));
    const inputs: Record<string, Feed> = { temperature: scalar(temperature) };
    for (const name of SCORING_FEEDS) inputs[name] = feeds[name];
    const results = await this.#runtime.run(session, inputs, { logProbs: 'host' });
    return results['logProbs']?.data as Float32Array;
  }

  /** A micro-batch's loss; its gradient is added to the buffer. */
  async #backward(
    { feeds, sizes }: Pack,
    referenceLogProbs: Float32Array | null,
    { objective, clipLow, clipHigh, klWeight, temperature }: UpdateOptions,
  ): Promise<{ readonly loss: number; readonly logProbs: Float32Array; readonly entropy: Float32Array }> {
    const gradients = this.#views(GRADIENT, 'gradient.');
    const session = await this.#session('training', () => ({
      model: encodeModel(trainingGraph(this.#config)),
      bound: { ...this.#views(PARAMETERS), ...gradients },
    }));
    const { policyWeight, likelihoodWeight } = OBJECTIVES[objective];
    const scalars = { clipLow, clipHigh, klWeight, temperature, policyWeight, likelihoodWeight };
    const inputs: Record<string, Feed> = {};
    for (const [name, value] of Object.entries(scalars)) inputs[name] = scalar(value);
    for (const name of [...SCORING_FEEDS, ...LOSS_FEEDS]) inputs[name] = feeds[name];
    if (referenceLogProbs)
      inputs['referenceLogProbs'] = { type: 'float32', shape: [sizes.scored], data: referenceLogProbs };
    const results = await this.#runtime.run(session, inputs, {
      loss: 'host',
      logProbs: 'host',
      entropy: 'host',
      ...this.#views(GRADIENT, 'accumulated.'),
    });
    const [loss, logProbs, entropy] = ['loss', 'logProbs', 'entropy'].map(
      (name) => results[name]?.data as Float32Array,
    );
    return { loss: loss?.[0] as number, logProbs: logProbs as Float32Array, entropy: entropy as Float32Array };
  }

  /** AdamW in place: every vector is read by one node alone, and written by a later one. Gives the gradient's norm. */
  async #descend({ learningRate, weightDecay, maxGradientNorm }: UpdateOptions): Promise<number> {
    const whole = (buffer: string): BufferView => ({ buffer, shape: [this.#size] });
    const session = await this.#session('adamw', () => ({
      model: encodeModel(adamwGraph()),
      bound: {
        parameters: whole(PARAMETERS),
        firstMoment: whole(FIRST),
        secondMoment: whole(SECOND),
        gradient: whole(GRADIENT),
        decayMask: whole(DECAY_MASK),
      },
    }));
    this.#step++;
    const scalars = { learningRate, weightDecay, maxGradientNorm, ...stepCorrections(this.#step) };
    const inputs = Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, scalar(value)]));
    const results = await this.#runtime.run(session, inputs, {
      newParameters: whole(PARAMETERS),
      newFirstMoment: whole(FIRST),
      newSecondMoment: whole(SECOND),
      gradientNorm: 'host',
    });
    return Number(results['gradientNorm']?.data[0]);
  }

  #views(buffer: string, prefix = ''): Readonly<Record<string, BufferView>> {
    return Object.fromEntries(
      this.#parameters.map(({ name, offset, shape }) => [`${prefix}${name}`, { buffer, offset, shape }]),
    );
  }

  #session(
    name: string,
    graph: () => { readonly model: Uint8Array; readonly bound: Readonly<Record<string, BufferView>> },
  ): Promise<Session> {
    const known = this.#sessions.get(name);
    if (known) return known;
    const { model, bound } = graph();
    const session = this.#runtime.load(model, bound);
    this.#sessions.set(name, session);
    return session;
  }
}

/** A completion's part of the loss: every token has its advantage and weight. */
export function packedCompletion(
  tokenIds: readonly number[],
  oldLogProbs: readonly number[],
  advantage: number,
  weight: number,
): PackedCompletion {
  const same = (value: number): Float32Array => new Float32Array(tokenIds.length).fill(value);
  return { tokenIds, oldLogProbs, referenceLogProbs: null, advantages: same(advantage), weights: same(weight) };
}

/**
 * What a step keeps for its way back, within 15 % of measured peaks: 20 numbers of d and 11 of the inner size a layer and
 * token, 4 of the vocabulary, and 3 for each score of each head.
 */
function budgetOf(config: TransformerConfig): MicroBatchBudget {
  const { layers, hiddenSize, intermediateSize, vocabularySize, heads } = config;
  const numbers = layers * (20 * hiddenSize + 11 * intermediateSize) + 4 * vocabularySize;
  return {
    tokens: Math.max(LEAST_TOKENS, Math.floor(ACTIVATION_BYTES / 2 / (4 * numbers))),
    attentionCells: Math.max(4096, Math.floor(ACTIVATION_BYTES / 2 / (4 * 3 * layers * heads))),
  };
}

function scalar(value: number): HostTensor {
  return { type: 'float32', shape: [], data: Float32Array.of(value) };
}
