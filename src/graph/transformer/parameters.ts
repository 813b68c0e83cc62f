/**
 * The LLaMA family's weights: names, shapes and order as in Hugging Face's folders, and where each lies in the one
 * flat vector that holds them all. Linear weights are [out, in]: y = x·Wᵀ (+ b).
 */

import { EvomError, expected } from '../../errors.ts';

/** Llama 3's stretched RoPE. Source: transformers, modeling_rope_utils.py, `llama3`. */
export interface Llama3RopeScaling {
  readonly factor: number;
  readonly lowFrequencyFactor: number;
  readonly highFrequencyFactor: number;
  readonly originalMaxPositions: number;
}

/** A decoder of the LLaMA family: RMSNorm, RoPE, grouped-query attention, SwiGLU. */
export interface TransformerConfig {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly layers: number;
  /** H query heads; each of the KV key-value heads serves H / KV of them. */
  readonly heads: number;
  readonly keyValueHeads: number;
  /** D, even. */
  readonly headSize: number;
  readonly intermediateSize: number;
  readonly ropeTheta: number;
  readonly ropeScaling: Llama3RopeScaling | null;
  readonly normEpsilon: number;
  /** Longest sequence, prompt and completion together. */
  readonly maxPositions: number;
  /** True where the head is the embedding. */
  readonly isHeadTied: boolean;
  readonly hasQkvBias: boolean;
}

/** A piece of the flat vector; `offset` and `size` count elements. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

export const EMBEDDING = 'model.embed_tokens.weight';
export const FINAL_NORM = 'model.norm.weight';
export const HEAD = 'lm_head.weight';

/** Throws `transformer-config` where the sizes do not fit each other. */
export function parametersOf(config: TransformerConfig): readonly Parameter[] {
  check(config);
  const { vocabularySize, hiddenSize, layers } = config;
  const shapes: readonly (readonly [name: string, shape: readonly number[]])[] = [
    [EMBEDDING, [vocabularySize, hiddenSize]],
    ...Array.from({ length: layers }, (_, layer) => layerShapes(config, `model.layers.${layer}`)).flat(),
    [FINAL_NORM, [hiddenSize]],
    ...(config.isHeadTied ? [] : [[HEAD, [vocabularySize, hiddenSize]] as const]),
  ];
  let offset = 0;
  return shapes.map(([name, shape]) => {
    const size = shape.reduce((product, each) => product * each, 1);
    const parameter = { name, shape, offset, size };
    offset += size;
    return parameter;
  });
}

/** Elements of all parameters together. */
export function parameterCount(parameters: readonly Parameter[]): number {
  const last = parameters.at(-1);
  return last ? last.offset + last.size : 0;
}

/** As Hugging Face starts a model: matrices normal with standard deviation 0.02, norms 1, biases 0. */
export function initialWeights(config: TransformerConfig, seed: number): Float32Array {
  const parameters = parametersOf(config);
  const weights = new Float32Array(parameterCount(parameters));
  const random = uniformStream(seed);
  for (const { name, shape, offset, size } of parameters) {
    const part = weights.subarray(offset, offset + size);
    if (shape.length > 1) for (let index = 0; index < size; index++) part[index] = 0.02 * normal(random);
    else part.fill(name.endsWith('.bias') ? 0 : 1);
  }
  return weights;
}

function layerShapes(
  { hiddenSize, heads, keyValueHeads, headSize, intermediateSize, hasQkvBias }: TransformerConfig,
  prefix: string,
): readonly (readonly [name: string, shape: readonly number[]])[] {
  const projection = (name: string, size: number) => [
    [`${prefix}.self_attn.${name}.weight`, [size, hiddenSize]] as const,
    ...(hasQkvBias ? [[`${prefix}.self_attn.${name}.bias`, [size]] as const] : []),
  ];
  return [
    ...projection('q_proj', heads * headSize),
    ...projection('k_proj', keyValueHeads * headSize),
    ...projection('v_proj', keyValueHeads * headSize),
    [`${prefix}.self_attn.o_proj.weight`, [hiddenSize, heads * headSize]],
    [`${prefix}.mlp.gate_proj.weight`, [intermediateSize, hiddenSize]],
    [`${prefix}.mlp.up_proj.weight`, [intermediateSize, hiddenSize]],
    [`${prefix}.mlp.down_proj.weight`, [hiddenSize, intermediateSize]],
    [`${prefix}.input_layernorm.weight`, [hiddenSize]],
    [`${prefix}.post_attention_layernorm.weight`, [hiddenSize]],
  ];
}

function check({ heads, keyValueHeads, headSize, ...sizes }: TransformerConfig): void {
  const { vocabularySize, hiddenSize, layers, intermediateSize, maxPositions } = sizes;
  const all = { vocabularySize, hiddenSize, layers, heads, keyValueHeads, headSize, intermediateSize, maxPositions };
  for (const [name, size] of Object.entries(all))
    if (!Number.isInteger(size) || size < 1) throw badConfig(expected(name, 'a positive integer', size, CHECK));
  if (heads % keyValueHeads !== 0)
    throw badConfig(expected('keyValueHeads', `a divisor of ${heads}`, keyValueHeads, CHECK));
  if (headSize % 2 !== 0) throw badConfig(expected('headSize', 'even', headSize, CHECK));
}

const CHECK = "Look at the model folder's config.json.";

function badConfig(message: string): EvomError {
  return new EvomError('policy', 'transformer-config', message);
}

/** Box and Muller's way from two uniform numbers to a normal one. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Uniform in [0, 1): mulberry32, good enough to start weights from. */
function uniformStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
