/**
 * A policy behind an OpenAI-compatible chat endpoint: vLLM, SGLang, llama.cpp, Ollama, or a hosted one.
 *
 * A prompt's samples are asked for in one request where the server gives several choices, and the missing ones again.
 * The request's seed is a hash of (seed, step, problem, solver): whether it is kept is the server's affair. Endpoints
 * tell no token ids, so `tokenIds` are hashes of the tokens' texts; they and `logProbs` are empty where the server gives
 * no log-probabilities. Those are at temperature 1 with most servers.
 *
 * Not covered: what a server splits off as reasoning is not part of the text. A stream that broke is asked for anew,
 * and then `onText` is told its text anew.
 */

import { DEFAULT_SAMPLING } from '../config.ts';
import { EvomError } from '../errors.ts';
import { fold, keyOf } from '../random.ts';
import type { Completion, GenerateOptions, Generation, Policy, Prompt, SamplingOptions } from '../types.ts';
import { mapConcurrent } from '../verify/map-concurrent.ts';
import type { JsonObject } from './folder/json-file.ts';
import { type Choice, receiveChoices } from './openai/choices.ts';
import { createEndpoint, type EndpointOptions } from './openai/endpoint.ts';
import { type PromptOptions, writeMessages } from './prompt.ts';

export interface OpenAiOptions extends EndpointOptions, PromptOptions {
  /** The model's name at the endpoint. */
  readonly model: string;
  /** Requests under way at a time. Default 16. */
  readonly concurrency?: number;
  /** Choices asked for at a time, for servers that refuse many. Default: all samples of a prompt. */
  readonly choicesPerRequest?: number;
  /** Fields of each request to add or to replace; null leaves one out. */
  readonly body?: JsonObject;
}

/** Throws `config/bad-url`. Nothing is asked before `generate`. */
export function createOpenAiPolicy(options: OpenAiOptions): Policy {
  const { model, concurrency = 16, choicesPerRequest = Number.POSITIVE_INFINITY } = options;
  const endpoint = createEndpoint(options);
  let givesLogProbs = true;

  /** One request: as many choices as the server gives, at most `n`. */
  const ask = async (
    prompt: Prompt,
    n: number,
    firstSample: number,
    sampling: SamplingOptions,
    onText: (text: string, choice: number) => void,
    signal: AbortSignal,
  ): Promise<readonly Choice[]> => {
    const body = { ...bodyOf(prompt, n, firstSample, sampling, options), model, logprobs: givesLogProbs || null };
    const request = Object.fromEntries(
      Object.entries({ ...body, ...options.body }).filter(([, value]) => value !== null),
    );
    try {
      return await endpoint.ask(request, (events) => receiveChoices(events, n, onText), signal);
    } catch (error) {
      const isAboutLogProbs =
        error instanceof EvomError && error.code === 'endpoint-400' && /log_?prob/i.test(error.message);
      if (!isAboutLogProbs || !givesLogProbs) throw error;
      givesLogProbs = false;
      return ask(prompt, n, firstSample, sampling, onText, signal);
    }
  };

  const complete = async (
    [promptIndex, prompt]: readonly [number, Prompt],
    generation: GenerateOptions,
    signal: AbortSignal,
  ): Promise<readonly Generation[]> => {
    const sampling: SamplingOptions = { ...DEFAULT_SAMPLING, ...generation };
    const choices: Choice[] = [];
    while (choices.length < sampling.samples) {
      const first = choices.length;
      const onText = (text: string, choice: number): void => generation.onText?.(text, promptIndex, first + choice);
      choices.push(
        ...(await ask(prompt, Math.min(sampling.samples - first, choicesPerRequest), first, sampling, onText, signal)),
      );
    }
    return choices.map((choice, sampleIndex) => ({
      promptIndex,
      sampleIndex,
      completion: completionOf(choice),
    }));
  };

  return {
    name: model,
    async *generate(prompts, generation = {}): AsyncGenerator<Generation> {
      const leaving = new AbortController();
      const signal = generation.signal ? AbortSignal.any([generation.signal, leaving.signal]) : leaving.signal;
      try {
        const task = (entry: readonly [number, Prompt]): Promise<readonly Generation[]> =>
          complete(entry, generation, signal);
        for await (const done of mapConcurrent(prompts.entries(), concurrency, 'completion', task, signal)) {
          for (const item of done) {
            signal.throwIfAborted();
            yield item;
          }
        }
      } finally {
        leaving.abort(); // requests under way end where the reader has left, or one of them failed
      }
    },
    close: async () => {},
  };
}

function bodyOf(
  prompt: Prompt,
  n: number,
  firstSample: number,
  { seed, step, temperature, topP, topK, maxTokens, stop }: SamplingOptions,
  options: PromptOptions,
): JsonObject {
  return {
    messages: writeMessages(prompt, options),
    stream: true,
    n,
    temperature,
    top_p: topP,
    ...(topK > 0 ? { top_k: topK } : {}),
    max_tokens: maxTokens,
    ...(stop.length > 0 ? { stop } : {}),
    seed: hashOf(seed, JSON.stringify([step, prompt.problem.id, prompt.solver, firstSample])),
  };
}

function completionOf({ text, tokens, isTruncated }: Choice): Completion {
  return {
    text,
    tokenIds: tokens.map(({ token }) => hashOf(0, token)),
    logProbs: tokens.map(({ logProb }) => logProb),
    truncated: isTruncated,
  };
}

/** 31 bits of a label under a seed. */
function hashOf(seed: number, label: string): number {
  return fold(keyOf(seed), label)[0] >>> 1;
}
