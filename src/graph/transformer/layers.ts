/** A decoder layer of the LLaMA family on the packed-group layout, and the layers together. */

import { EvomError, expected } from '../../errors.ts';
import type { GraphBuilder } from '../builder.ts';
import type { Dimension, Tensor } from '../tensor.ts';
import { type Groups, groupsOf } from './layout.ts';
import { EMBEDDING, FINAL_NORM, HEAD, parametersOf, type TransformerConfig } from './parameters.ts';
import { ropeTables } from './rope.ts';

/** A model's weights as tensors of a graph, by Hugging Face's names. */
export type Weights = ReadonlyMap<string, Tensor>;

/** Turns q or k [N, h·D] by its positions. */
type Rotate = (x: Tensor, heads: number) => Tensor;

/** Every parameter as an input under its own name. */
export function weightInputs(builder: GraphBuilder, config: TransformerConfig): Weights {
  return new Map(parametersOf(config).map(({ name, shape }) => [name, builder.input(name, 'float32', shape)]));
}

/** [V, d]. */
export function headOf(config: TransformerConfig, weights: Weights): Tensor {
  return weightOf(weights, config.isHeadTied ? EMBEDDING : HEAD);
}

/** The final norm, [N, d] → [N, d]. */
export function finalNorm(builder: GraphBuilder, config: TransformerConfig, weights: Weights, x: Tensor): Tensor {
  return builder.rmsNorm(x, weightOf(weights, FINAL_NORM), config.normEpsilon);
}

/**
 * Hidden states before the final norm, [N, d], of `tokens` and `positions` int64 [N], with `promptRows` [B, P] and
 * `completionRows` [B, G, C] as in `layout.ts`.
 */
export function hiddenStates(
  builder: GraphBuilder,
  config: TransformerConfig,
  weights: Weights,
  inputs: {
    readonly tokens: Tensor;
    readonly positions: Tensor;
    readonly promptRows: Tensor;
    readonly completionRows: Tensor;
  },
): Tensor {
  const groups = groupsOf(builder, config, inputs.promptRows, inputs.completionRows);
  const rotate = rotation(builder, config, inputs.positions);
  let x = builder.gather(weightOf(weights, EMBEDDING), inputs.tokens);
  for (let layer = 0; layer < config.layers; layer++)
    x = decoderLayer({ builder, config, weights, groups, rotate, prefix: `model.layers.${layer}` }, x);
  return x;
}

interface LayerContext {
  readonly builder: GraphBuilder;
  readonly config: TransformerConfig;
  readonly weights: Weights;
  readonly groups: Groups;
  readonly rotate: Rotate;
  /** What the layer's weights are named behind. */
  readonly prefix: string;
}

/** [N, d] → [N, d]. */
function decoderLayer({ builder, config, weights, groups, rotate, prefix }: LayerContext, x: Tensor): Tensor {
  const norm = (from: Tensor, name: string) =>
    builder.rmsNorm(from, weightOf(weights, `${prefix}.${name}.weight`), config.normEpsilon);
  const linear = (from: Tensor, name: string) => {
    const bias = weights.get(`${prefix}.${name}.bias`) ?? null;
    return builder.linear(from, weightOf(weights, `${prefix}.${name}.weight`), bias);
  };
  const normal = norm(x, 'input_layernorm');
  const query = rotate(linear(normal, 'self_attn.q_proj'), config.heads);
  const key = rotate(linear(normal, 'self_attn.k_proj'), config.keyValueHeads);
  const seen = groupAttention(builder, config, groups, query, key, linear(normal, 'self_attn.v_proj'));
  const attended = builder.add(x, linear(seen, 'self_attn.o_proj'));
  const again = norm(attended, 'post_attention_layernorm');
  const inner = builder.swiglu(linear(again, 'mlp.gate_proj'), linear(again, 'mlp.up_proj'));
  return builder.add(attended, linear(inner, 'mlp.down_proj'));
}

/** query [N, H·D], key and value [N, KV·D] → [N, H·D]. A prompt's keys are read by all its completions. */
function groupAttention(
  builder: GraphBuilder,
  { heads, keyValueHeads, headSize }: TransformerConfig,
  groups: Groups,
  query: Tensor,
  key: Tensor,
  value: Tensor,
): Tensor {
  const spread = (x: Tensor, count: number, indices: readonly Tensor[]) =>
    builder.spread(builder.reshape(x, [`N·${count}`, headSize]), indices, 'any');
  const queries = spread(query, heads, groups.queries);
  const [promptKey, ...ownKeys] = spread(key, keyValueHeads, groups.keys) as readonly [Tensor, ...Tensor[]];
  const [promptValue, ...ownValues] = spread(value, keyValueHeads, groups.keys) as readonly [Tensor, ...Tensor[]];
  const seen = (shared: Tensor, own: readonly Tensor[]) => {
    const rows = builder.reshape(shared, ['B', keyValueHeads, 1, 'P', headSize]);
    return builder.concat([builder.expand(rows, ['B', keyValueHeads, 'G', 'P', headSize]), ...own], -2);
  };
  const parts = queries.map((rows, part) => {
    // Heads that share keys stand below one another: […, H/KV, T, D] as […, H/KV·T, D].
    const [share, length] = rows.shape.slice(-3) as unknown as readonly [Dimension, Dimension];
    const folded = builder.reshape(rows, [...rows.shape.slice(0, -3), `${share}·${length}`, headSize]);
    const keys = part === 0 ? promptKey : seen(promptKey, ownKeys.slice(0, part));
    const values = part === 0 ? promptValue : seen(promptValue, ownValues.slice(0, part));
    const attended = builder.op('Attention', [folded, groups.masks[part] as Tensor, keys, values], {
      scale: 1 / Math.sqrt(headSize),
    });
    return builder.reshape(attended, rows.shape);
  });
  return builder.reshape(builder.collect(parts, groups.queries, `N·${heads}`), ['N', heads * headSize]);
}

/** Rows are onnxruntime's batch, one token each: it takes no sequence longer than the tables. */
function rotation(builder: GraphBuilder, config: TransformerConfig, positions: Tensor): Rotate {
  const half = config.headSize / 2;
  const { cosine, sine } = ropeTables(config);
  const tables = [cosine, sine].map((table) => builder.constant('float32', [config.maxPositions, half], table)) as [
    Tensor,
    Tensor,
  ];
  const places = builder.reshape(positions, ['N', 1]);
  return (x, heads) => {
    const width = heads * config.headSize;
    const rows = builder.reshape(x, ['N', 1, width]);
    return builder.reshape(builder.op('RotaryEmbedding', [rows, places, ...tables], { heads }), ['N', width]);
  };
}

function weightOf(weights: Weights, name: string): Tensor {
  const weight = weights.get(name);
  if (weight) return weight;
  throw new EvomError(
    'policy',
    'transformer-weight',
    expected('weights', `to hold ${name}`, [...weights.keys()], 'Give all of parametersOf(config).'),
  );
}
