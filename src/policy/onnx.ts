/**
 * The policy of a model folder, on onnxruntime: it writes (`generate`) and learns (`update`) in one runtime, on one copy
 * of its weights. The same folder goes on in transformers, TRL and vLLM, and theirs here.
 *
 * Not covered: sliding windows, mixtures of experts and other blocks than LLaMA's; `readModelDescription` refuses them.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SAMPLING } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import { DEVICES, type Device } from '../graph/runtime/device.ts';
import { Runtime } from '../graph/runtime/runtime.ts';
import { release } from '../graph/tensor.ts';
import { initialWeights, parameterCount, parametersOf } from '../graph/transformer/parameters.ts';
import type {
  Completion,
  GenerateOptions,
  Generation,
  Prompt,
  TrainablePolicy,
  TrainingGroup,
  UpdateOptions,
} from '../types.ts';
import { completionWeights } from '../update/objective.ts';
import { readCheckpoint, TRAINER, writeCheckpoint } from './folder/checkpoint.ts';
import {
  type Model,
  type ModelDescription,
  readModel,
  readModelDescription,
  writeModel,
} from './folder/model-folder.ts';
import type { FloatFormat } from './folder/safetensors.ts';
import { Engine } from './generate/engine.ts';
import { generateTokens, type TokenGeneration } from './generate/generate-tokens.ts';
import { writePrompt } from './prompt.ts';
import { type PolicyTokenizer, readTokenizer } from './tokenizer.ts';
import { type OptimizerState, PARAMETERS, packedCompletion, Trainer } from './train/trainer.ts';

export interface OnnxPolicyOptions {
  /** `cuda`, `webgpu`, `cpu`, or `auto` (the default): the first that is there. */
  readonly device?: string;
  /** Default: the processors at hand. */
  readonly threads?: number;
  /** Whether prompts ask for a `<think>` block; false is the paper's ablation. Default true. */
  readonly isThinking?: boolean;
}

interface Parts {
  readonly folder: string;
  readonly description: ModelDescription;
  readonly tokenizer: PolicyTokenizer;
  readonly runtime: Runtime;
  readonly state: OptimizerState | null;
  readonly isThinking: boolean;
}

export class OnnxPolicy implements TrainablePolicy {
  readonly name: string;
  readonly #parts: Parts;
  readonly #stops: readonly number[];
  readonly #engine: Engine;
  readonly #trainer: Trainer;

  private constructor(parts: Parts) {
    const { folder, description, tokenizer, runtime, state } = parts;
    this.name = folder;
    this.#parts = parts;
    this.#stops = [...new Set([...description.ids.eosIds, ...tokenizer.eosIds])];
    this.#engine = new Engine(runtime, description.config, PARAMETERS);
    this.#trainer = new Trainer(runtime, description.config, state);
  }

  /** A model folder, or a checkpoint, whose optimiser then goes on. Rejects as `readModel` and `Runtime.start` do. */
  static async open(folder: string, options: OnnxPolicyOptions = {}): Promise<OnnxPolicy> {
    if (!existsSync(join(folder, TRAINER))) {
      const { weights, ...description } = await readModel(folder);
      return OnnxPolicy.#start(folder, description, weights, null, options);
    }
    const { model, step, firstMoment, secondMoment, reference } = await readCheckpoint(folder);
    return OnnxPolicy.#start(folder, model, model.weights, { step, firstMoment, secondMoment, reference }, options);
  }

  /** A folder with everything but weights; they are drawn by `seed`. */
  static async create(folder: string, options: OnnxPolicyOptions & { readonly seed: number }): Promise<OnnxPolicy> {
    const description = await readModelDescription(folder);
    return OnnxPolicy.#start(folder, description, initialWeights(description.config, options.seed), null, options);
  }

  static async #start(
    folder: string,
    { config, ids }: ModelDescription,
    weights: Float32Array,
    state: OptimizerState | null,
    { device = 'auto', threads, isThinking = true }: OnnxPolicyOptions,
  ): Promise<OnnxPolicy> {
    const tokenizer = await readTokenizer(folder);
    const runtime = await Runtime.start({ device: checkDevice(device), ...(threads !== undefined && { threads }) });
    try {
      await runtime.allocate(PARAMETERS, 'float32', weights.length);
      await runtime.write(PARAMETERS, weights);
      return new OnnxPolicy({ folder, description: { config, ids }, tokenizer, runtime, state, isThinking });
    } catch (error) {
      await runtime.terminate();
      throw error;
    }
  }

  /** Where it runs: `cuda`, `webgpu` or `cpu`. */
  get device(): Device {
    return this.#parts.runtime.device;
  }

  /** Optimiser steps taken, those before its checkpoint among them. */
  get steps(): number {
    return this.#trainer.steps;
  }

  /** Parameters, as the weights' files count them. */
  get parameterCount(): number {
    return parameterCount(parametersOf(this.#parts.description.config));
  }

  async *generate(prompts: readonly Prompt[], options: GenerateOptions = {}): AsyncGenerator<Generation> {
    const { signal, onText, ...given } = options;
    const { samples, temperature, topP, topK, maxTokens, stop, seed, step } = { ...DEFAULT_SAMPLING, ...given };
    const requests = prompts.map((prompt) => ({
      prompt: this.#encode(prompt),
      samples,
      identity: { seed, step, problem: prompt.problem.id, solver: prompt.solver },
    }));
    const drawing = { temperature, topP, topK, stops: this.#stops, maxTokens };
    const text = { text: this.#parts.tokenizer, stopTexts: stop, onText };
    for await (const generation of generateTokens(this.#engine, requests, { ...drawing, ...text, signal })) {
      yield {
        promptIndex: generation.request,
        sampleIndex: generation.sample,
        completion: completionFrom(generation),
      };
    }
  }

  completionOf(text: string): Completion {
    const tokenIds = this.#parts.tokenizer.encode(text, { addSpecialTokens: false });
    const [end] = this.#stops;
    if (end !== undefined) tokenIds.push(end);
    return { text, tokenIds, logProbs: tokenIds.map(() => 0), truncated: false };
  }

  async update(groups: readonly TrainingGroup[], options: UpdateOptions): Promise<Readonly<Record<string, number>>> {
    const lengths = groups.flatMap(({ samples }) => samples.map(({ completion }) => completion.tokenIds.length));
    const weights = completionWeights(options.objective, lengths, options.maxTokens).values();
    const packed = groups.map(({ prompt, samples }) => ({
      promptTokenIds: this.#encode(prompt),
      completions: samples.map(({ completion: { tokenIds, logProbs }, advantage }) =>
        packedCompletion(tokenIds, logProbs, advantage, weights.next().value ?? 0),
      ),
    }));
    return this.#trainer.update(packed, options);
  }

  /** A checkpoint; one of that name is replaced. */
  async save(folder: string): Promise<void> {
    const { step, firstMoment, secondMoment, reference } = await this.#trainer.state();
    const model = await this.#model();
    await writeCheckpoint(folder, { model, firstMoment, secondMoment, reference, step, state: null });
    for (const vector of [model.weights, firstMoment, secondMoment, reference]) if (vector) release(vector);
  }

  /** The model alone, for use elsewhere or to be shipped. Replaces a model folder of that name. */
  async export(folder: string, format: FloatFormat): Promise<void> {
    await writeModel(folder, await this.#model(), { format, isReplaced: true });
  }

  close(): Promise<void> {
    return this.#parts.runtime.close();
  }

  async #model(): Promise<Model> {
    const weights = (await this.#parts.runtime.read(PARAMETERS, 0, this.parameterCount)) as Float32Array;
    return { ...this.#parts.description, weights, companions: this.#parts.folder };
  }

  #encode(prompt: Prompt): number[] {
    const { tokenizer, isThinking } = this.#parts;
    const { text, addSpecialTokens } = writePrompt(prompt, tokenizer, { isThinking });
    return tokenizer.encode(text, { addSpecialTokens });
  }
}

function completionFrom({ text, tokenIds, logProbabilities, ended }: TokenGeneration): Completion {
  return { text, tokenIds, logProbs: logProbabilities, truncated: ended === 'length' };
}

function checkDevice(device: string): Device | 'auto' {
  const found = ([...DEVICES, 'auto'] as const).find((known) => known === device);
  if (found) return found;
  const names = [...DEVICES, 'auto'].join(', ');
  throw new EvomError('config', 'unknown-device', expected('--device', `among ${names}`, device, 'Correct the name.'));
}
