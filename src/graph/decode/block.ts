/**
 * One transformer block of the LLaMA family for generation: no gradient, attention given from outside.
 *
 * Letters: R rows of T tokens. T must not exceed the rotary tables' positions (onnxruntime's RotaryEmbedding refuses
 * it), so flat tokens are rows of one.
 */

import type { GraphBuilder } from '../builder.ts';
import type { Tensor } from '../tensor.ts';
import { EMBEDDING, FINAL_NORM, HEAD, type TransformerConfig } from '../transformer/parameters.ts';
import { ropeTables } from '../transformer/rope.ts';
import type { Weights } from './weights.ts';

/** Rotated queries [R, T, H·D], rotated keys and values [R, T, KV·D]. */
export interface Projections {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** Scores that must not count get this: exp of it is 0, and it stays finite. */
export const MASKED = -1e30;

export interface BlockContext {
  /** The graph that the nodes go to; a loop's body, or the outermost. */
  readonly graph: GraphBuilder;
  readonly config: TransformerConfig;
  readonly weights: Weights;
  /** int64 [R, T]: each token's place in its own sequence. */
  readonly positions: Tensor;
  readonly rotary: { readonly cosine: Tensor; readonly sine: Tensor };
}

/** x [R, T, d] → x + attention + feed-forward, [R, T, d]. `attend` gives [R, T, H·D]. */
export function block(
  context: BlockContext,
  layer: number,
  x: Tensor,
  attend: (projections: Projections) => Tensor,
): Tensor {
  const { graph, config, weights } = context;
  const name = (part: string) => `model.layers.${layer}.${part}`;
  const attended = attend(projections(context, layer, x));
  const afterAttention = graph.add(x, linear(context, name('self_attn.o_proj'), attended));
  const normal = graph.rmsNorm(
    afterAttention,
    weights.get(name('post_attention_layernorm.weight')),
    config.normEpsilon,
  );
  const [gate, up] = weights.project(graph, normal, [name('mlp.gate_proj'), name('mlp.up_proj')]) as Pair;
  const fed = graph.mul(graph.silu(gate), up);
  return graph.add(afterAttention, linear(context, name('mlp.down_proj'), fed));
}

/** What attention in this layer reads. */
export function projections(context: BlockContext, layer: number, x: Tensor): Projections {
  const { graph, config, weights } = context;
  const name = (part: string) => `model.layers.${layer}.${part}`;
  const normal = graph.rmsNorm(x, weights.get(name('input_layernorm.weight')), config.normEpsilon);
  const [query, key, value] = weights.project(
    graph,
    normal,
    ['q_proj', 'k_proj', 'v_proj'].map((part) => name(`self_attn.${part}`)),
  ) as readonly [Tensor, Tensor, Tensor];
  return {
    query: rotated(context, query, config.heads),
    key: rotated(context, key, config.keyValueHeads),
    value,
  };
}

/** int64 [R, T] → [R, T, d]. */
export function embed({ graph, weights }: BlockContext, tokens: Tensor): Tensor {
  return graph.gather(weights.get(EMBEDDING), tokens);
}

/** x [R, T, d] → scale · logits [R, T, V]; `scale` is a float32 scalar. */
export function logits({ graph, config, weights }: BlockContext, x: Tensor, scale: Tensor | null): Tensor {
  const normal = graph.rmsNorm(x, weights.get(FINAL_NORM), config.normEpsilon);
  const scaled = scale === null ? normal : graph.mul(normal, scale);
  return graph.linear(scaled, weights.get(config.isHeadTied ? EMBEDDING : HEAD));
}

/** cos and sin of every position below `positions`, [positions, D/2]. */
export function rotaryConstants(
  graph: GraphBuilder,
  config: TransformerConfig,
  positions: number,
): BlockContext['rotary'] {
  const { cosine, sine } = ropeTables(config, positions);
  const shape = [positions, config.headSize / 2];
  return { cosine: graph.constant('float32', shape, cosine), sine: graph.constant('float32', shape, sine) };
}

type Pair = readonly [Tensor, Tensor];

function linear({ graph, weights }: BlockContext, name: string, x: Tensor): Tensor {
  return weights.project(graph, x, [name])[0] as Tensor;
}

function rotated({ graph, positions, rotary }: BlockContext, x: Tensor, heads: number): Tensor {
  return graph.op('RotaryEmbedding', [x, positions, rotary.cosine, rotary.sine], { heads });
}
