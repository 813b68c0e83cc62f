/** The tiny random Llama of `fixtures/make.py`, and what transformers wrote with it. */

import { readFileSync } from 'node:fs';
import type { Runtime } from '../../../src/graph/runtime/runtime.ts';
import type { TransformerConfig } from '../../../src/graph/transformer/parameters.ts';

export interface WrittenCompletion {
  readonly tokenIds: readonly number[];
  readonly logProbabilities: readonly number[];
}

interface Fixture {
  readonly config: TransformerConfig;
  readonly names: readonly string[];
  readonly prompts: readonly (readonly number[])[];
  readonly uniforms: readonly (readonly number[])[];
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly greedy: readonly WrittenCompletion[];
  readonly whole: readonly WrittenCompletion[];
  readonly cut: readonly WrittenCompletion[];
}

const folder = new URL('./fixtures/', import.meta.url);
export const tinyLlama: Fixture = JSON.parse(readFileSync(new URL('llama.json', folder), 'utf8'));

/** The flat vector, in the order of `tinyLlama.names`. */
function tinyWeights(): Float32Array {
  const bytes = readFileSync(new URL('llama.f32', folder));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The name of the buffer that the weights are written to. */
export async function loadTinyWeights(runtime: Runtime): Promise<string> {
  const weights = tinyWeights();
  await runtime.allocate('parameters', 'float32', weights.length);
  await runtime.write('parameters', weights);
  return 'parameters';
}
