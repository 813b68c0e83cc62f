/** Writes a float32 GGUF as llama.cpp's converter does, for the converter's test. */

import { parametersOf, type TransformerConfig } from '../../../src/graph/transformer/parameters.ts';

interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The parameters by llama.cpp's names, the rows of q and k moved: reshape(heads, 2, D/2, …), swap axes 1 and 2. */
export function llamaCppNames(config: TransformerConfig, weights: Float32Array): readonly NamedTensor[] {
  const parts: readonly (readonly [RegExp, string])[] = [
    [/^model\.embed_tokens/, 'token_embd'],
    [/^model\.norm/, 'output_norm'],
    [/^model\.layers\.(\d+)\.input_layernorm/, 'blk.$1.attn_norm'],
    [/^model\.layers\.(\d+)\.post_attention_layernorm/, 'blk.$1.ffn_norm'],
    [/^model\.layers\.(\d+)\.self_attn\.o_proj/, 'blk.$1.attn_output'],
    [/^model\.layers\.(\d+)\.self_attn\.([qkv])_proj/, 'blk.$1.attn_$2'],
    [/^model\.layers\.(\d+)\.mlp\.(gate|up|down)_proj/, 'blk.$1.ffn_$2'],
  ];
  return parametersOf(config).map(({ name, shape, offset, size }) => {
    const values = weights.subarray(offset, offset + size);
    const [pattern, replacement] = parts.find(([candidate]) => candidate.test(name))!;
    const isTurned = /[qk]_proj/.test(name);
    return {
      name: name.replace(pattern, replacement),
      shape,
      values: isTurned ? neighboursFirst(values, shape, config.headSize) : values,
    };
  });
}

function neighboursFirst(values: Float32Array, [rows = 0, columns = 0]: readonly number[], size: number): Float32Array {
  const result = new Float32Array(values.length);
  let target = 0;
  for (let head = 0; head < rows / size; head++) {
    for (let i = 0; i < size / 2; i++) {
      for (let half = 0; half < 2; half++) {
        const source = head * size + half * (size / 2) + i;
        result.set(values.subarray(source * columns, (source + 1) * columns), target++ * columns);
      }
    }
  }
  return result;
}

/** The bytes of a file with these tensors and a small tokenizer. */
export function writeGguf(config: TransformerConfig, tensors: readonly NamedTensor[]): Buffer {
  const letters = ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '1', '2', 'Ġ', 'a', 'b'];
  const tokens = Array.from({ length: config.vocabularySize }, (_, id) => letters[id] ?? `unused${id}`);
  tokens[96] = 'ab';
  const metadata: readonly (readonly [string, Buffer])[] = [
    ...Object.entries({
      'llama.vocab_size': config.vocabularySize,
      'llama.embedding_length': config.hiddenSize,
      'llama.block_count': config.layers,
      'llama.attention.head_count': config.heads,
      'llama.attention.head_count_kv': config.keyValueHeads,
      'llama.rope.dimension_count': config.headSize,
      'llama.feed_forward_length': config.intermediateSize,
      'llama.context_length': config.maxPositions,
      'tokenizer.ggml.bos_token_id': 1,
      'tokenizer.ggml.eos_token_id': 2,
      'tokenizer.ggml.padding_token_id': 0,
    }).map(([name, value]) => [name, Buffer.concat([u32(4), u32(value)])] as const),
    ['llama.rope.freq_base', Buffer.concat([u32(6), f32(config.ropeTheta)])],
    ['llama.attention.layer_norm_rms_epsilon', Buffer.concat([u32(6), f32(config.normEpsilon)])],
    ['tokenizer.ggml.pre', Buffer.concat([u32(8), text('smollm')])],
    ['tokenizer.chat_template', Buffer.concat([u32(8), text('{{ messages }}')])],
    ['tokenizer.ggml.tokens', list(8, tokens.map(text))],
    [
      'tokenizer.ggml.token_type',
      list(
        5,
        tokens.map((_, id) => u32(id < 3 ? 3 : 1)),
      ),
    ],
    ['tokenizer.ggml.merges', list(8, [text('a b')])],
  ];
  let end = 0;
  const places = tensors.map(({ name, shape, values }) => {
    const offset = end;
    end += Math.ceil(values.byteLength / 32) * 32;
    return Buffer.concat([text(name), u32(shape.length), ...shape.toReversed().map(u64), u32(0), u64(offset)]);
  });
  const head = [u32(0x4655_4747), u32(3), u64(tensors.length), u64(metadata.length)];
  return Buffer.concat([
    padded(Buffer.concat([...head, ...metadata.flatMap(([name, value]) => [text(name), value]), ...places])),
    ...tensors.map(({ values }) => padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength))),
  ]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((32 - (bytes.length % 32)) % 32)]);
}

function list(type: number, items: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(9), u32(type), u64(items.length), ...items]);
}

function text(value: string): Buffer {
  return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
