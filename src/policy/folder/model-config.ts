/**
 * config.json, read and written. Read: LLaMA (SmolLM2 and Llama-3 too) and Qwen2 as transformers 4 and 5 write them;
 * whatever would compute something else than {@link TransformerConfig} says is refused, by the field's name.
 * Written: the field names of transformers 4, which transformers 5, TRL and vLLM read as well.
 *
 * Not covered: dropout and `initializer_range` are ignored; they change training from scratch, not what weights mean.
 */

import { EvomError, expected } from '../../errors.ts';
import type { Llama3RopeScaling, TransformerConfig } from '../../graph/transformer/parameters.ts';
import { isObject, type JsonObject } from './json-file.ts';

/** What differs between the two architectures, and transformers' defaults for fields left out. */
const FAMILIES = {
  llama: { architecture: 'LlamaForCausalLM', hasQkvBias: false, maxPositions: 2048 },
  qwen2: { architecture: 'Qwen2ForCausalLM', hasQkvBias: true, maxPositions: 32_768 },
} as const;

type Family = keyof typeof FAMILIES;

/** Fields that must have one of these values (the first is the default), because others compute something else. */
const FIXED: readonly (readonly [field: string, allowed: readonly unknown[]])[] = [
  ['hidden_act', ['silu', 'swish']],
  ['attention_bias', [false]],
  ['mlp_bias', [false]],
  ['use_sliding_window', [false]],
  ['quantization_config', [null]],
  ['partial_rotary_factor', [1]],
];

/** Reads the content of a config.json. Throws `policy/unsupported-model` or `policy/bad-config`, naming the field. */
export function readModelConfig(json: JsonObject): TransformerConfig {
  const family = familyOf(json);
  for (const [field, allowed] of FIXED) {
    const value = json[field] ?? allowed[0];
    if (!allowed.includes(value)) throw unsupported(field, allowed.map(String).join(' or '), value);
  }
  refuseSlidingLayers(json);
  const hiddenSize = size(json, 'hidden_size');
  const heads = size(json, 'num_attention_heads');
  const keyValueHeads = size(json, 'num_key_value_heads', heads);
  const headSize = size(json, 'head_dim', hiddenSize / heads);
  if (heads % keyValueHeads !== 0) throw badField('num_key_value_heads', `a divisor of ${heads}`, keyValueHeads);
  if (headSize % 2 !== 0) throw badField('head_dim', 'even (RoPE turns pairs)', headSize);
  return {
    vocabularySize: size(json, 'vocab_size'),
    hiddenSize,
    layers: size(json, 'num_hidden_layers'),
    heads,
    keyValueHeads,
    headSize,
    intermediateSize: size(json, 'intermediate_size'),
    ropeTheta: positive(ropeFields(json), 'rope_theta', 10_000),
    ropeScaling: ropeScalingOf(json),
    normEpsilon: positive(json, 'rms_norm_eps', 1e-6),
    maxPositions: size(json, 'max_position_embeddings', FAMILIES[family].maxPositions),
    isHeadTied: json['tie_word_embeddings'] === true,
    hasQkvBias: FAMILIES[family].hasQkvBias,
  };
}

/** Ids that a config.json carries besides the shape. */
export interface SpecialIds {
  readonly bosId: number | null;
  readonly eosIds: readonly number[];
  readonly padId: number | null;
}

/** The content of a config.json for these weights. `dtype`: of the stored weights, such as `bfloat16`. */
export function writeModelConfig(config: TransformerConfig, ids: SpecialIds, dtype: string): JsonObject {
  const family: Family = config.hasQkvBias ? 'qwen2' : 'llama';
  const { ropeScaling } = config;
  const [onlyEnd, ...otherEnds] = ids.eosIds;
  return {
    architectures: [FAMILIES[family].architecture],
    model_type: family,
    vocab_size: config.vocabularySize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.keyValueHeads,
    head_dim: config.headSize,
    hidden_act: 'silu',
    rms_norm_eps: config.normEpsilon,
    max_position_embeddings: config.maxPositions,
    rope_theta: config.ropeTheta,
    rope_scaling: ropeScaling && {
      rope_type: 'llama3',
      factor: ropeScaling.factor,
      low_freq_factor: ropeScaling.lowFrequencyFactor,
      high_freq_factor: ropeScaling.highFrequencyFactor,
      original_max_position_embeddings: ropeScaling.originalMaxPositions,
    },
    tie_word_embeddings: config.isHeadTied,
    ...(family === 'qwen2' ? { use_sliding_window: false } : { attention_bias: false, mlp_bias: false }),
    attention_dropout: 0,
    initializer_range: 0.02,
    bos_token_id: ids.bosId,
    eos_token_id: otherEnds.length > 0 ? ids.eosIds : (onlyEnd ?? null),
    pad_token_id: ids.padId,
    use_cache: true,
    torch_dtype: dtype,
  };
}

/** Both `architectures` and `model_type` say what the model is; either may be missing, and they must not disagree. */
function familyOf(json: JsonObject): Family {
  const known = Object.keys(FAMILIES) as Family[];
  const architectures = json['architectures'];
  const architecture = Array.isArray(architectures) ? (architectures[0] as unknown) : undefined;
  const type = json['model_type'];
  const family = known.find((name) => FAMILIES[name].architecture === architecture || name === type);
  if (!family) throw unsupported('model_type', known.join(' or '), type ?? architecture ?? null);
  if (type !== undefined && type !== family) throw unsupported('model_type', family, type);
  if (architecture !== undefined && architecture !== FAMILIES[family].architecture) {
    throw unsupported('architectures', FAMILIES[family].architecture, architecture);
  }
  return family;
}

function refuseSlidingLayers(json: JsonObject): void {
  const layers = json['layer_types'];
  const odd = Array.isArray(layers) ? (layers as readonly unknown[]).find((layer) => layer !== 'full_attention') : null;
  if (odd) throw unsupported('layer_types', 'full_attention everywhere', odd);
}

/** transformers 5 keeps everything about RoPE in `rope_parameters`. */
function ropeFields(json: JsonObject): JsonObject {
  return isObject(json['rope_parameters']) ? json['rope_parameters'] : json;
}

function ropeScalingOf(json: JsonObject): Llama3RopeScaling | null {
  const fields = json['rope_parameters'] ?? json['rope_scaling'];
  if (!isObject(fields)) return null;
  const type = fields['rope_type'] ?? fields['type'] ?? 'default';
  if (type === 'default') return null;
  if (type !== 'llama3') throw unsupported('rope_scaling.rope_type', 'default or llama3', type);
  return {
    factor: positive(fields, 'factor'),
    lowFrequencyFactor: positive(fields, 'low_freq_factor'),
    highFrequencyFactor: positive(fields, 'high_freq_factor'),
    originalMaxPositions: size(fields, 'original_max_position_embeddings'),
  };
}

function size(json: JsonObject, field: string, otherwise?: number): number {
  const value = json[field] ?? otherwise;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw badField(field, 'a whole number above 0', value ?? null);
}

function positive(json: JsonObject, field: string, otherwise?: number): number {
  const value = json[field] ?? otherwise;
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw badField(field, 'a number above 0', value ?? null);
}

function badField(field: string, what: string, got: unknown): EvomError {
  const next = 'Restore config.json from where the model came.';
  return new EvomError('policy', 'bad-config', expected(`config.json ${field}`, what, got, next));
}

function unsupported(field: string, what: string, got: unknown): EvomError {
  const next = 'Use a LLaMA, Llama-3, SmolLM2 or Qwen2.5 model, or serve this one and name its endpoint.';
  return new EvomError('policy', 'unsupported-model', expected(`config.json ${field}`, what, got, next));
}
