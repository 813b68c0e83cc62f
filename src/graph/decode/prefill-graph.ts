/**
 * The keys and values of prompts, for the cache. Tokens are flat, without padding; attention alone is padded. The last
 * layer stops at its keys and values, and there is no head: the decode graph feeds the prompt's last token.
 *
 * Letters: B prompts, N flat tokens, P padded prompt length, D head size.
 */

import { GraphBuilder } from '../builder.ts';
import { encodeModel } from '../encode.ts';
import type { Tensor } from '../tensor.ts';
import type { TransformerConfig } from '../transformer/parameters.ts';
import { type BlockContext, block, embed, MASKED, projections, rotaryConstants } from './block.ts';
import type { BoundModel, GenerationGraphOptions } from './decode-graph.ts';
import { Weights } from './weights.ts';

/**
 * Inputs: `tokens` int64 [N, 1], `positions` int64 [N, 1], `padded` int64 [B, P]: which flat token lies there, tokens
 * first, then any token; `flat` int64 [N]: where each token lies in the flattened `padded`.
 *
 * Outputs: `key.l` (rotated) and `value.l` [B, KV, P, D]; after a prompt's own tokens any finite numbers.
 */
export function prefillGraph(config: TransformerConfig, options: GenerationGraphOptions): BoundModel {
  const graph = new GraphBuilder('prefill');
  const weights = new Weights(graph, config, options.parameters);
  const tokens = graph.input('tokens', 'int64', ['N', 1]);
  const positions = graph.input('positions', 'int64', ['N', 1]);
  const padded = graph.input('padded', 'int64', ['B', 'P']);
  const flat = graph.input('flat', 'int64', ['N']);
  const rotary = rotaryConstants(graph, config, options.positions);
  const context: BlockContext = { graph, config, weights, positions, rotary };
  const places: Places = { padded, flat, mask: causalMask(graph) };

  let x = embed(context, tokens);
  for (let layer = 0; layer < config.layers; layer++) {
    const keep = ({ key, value }: { readonly key: Tensor; readonly value: Tensor }) => {
      const [keys, values] = [split(context, places, key), split(context, places, value)];
      graph.output(`key.${layer}`, keys);
      graph.output(`value.${layer}`, values);
      return { keys, values };
    };
    if (layer === config.layers - 1) keep(projections(context, layer, x));
    else
      x = block(context, layer, x, (parts) => {
        const { keys, values } = keep(parts);
        return attention(context, places, parts.query, keys, values);
      });
  }
  return { model: encodeModel(graph.build()), bound: weights.bound };
}

interface Places {
  readonly padded: Tensor;
  readonly flat: Tensor;
  readonly mask: Tensor;
}

/** float32 [P, P]. Padding comes after every token, so causality hides it too. */
function causalMask(graph: GraphBuilder): Tensor {
  const range = graph.range('P');
  const isSeen = graph.lessOrEqual(graph.reshape(range, [1, 'P']), graph.reshape(range, ['P', 1]));
  return graph.where(isSeen, graph.scalar(0), graph.scalar(MASKED));
}

/** Flat [N, 1, h·D] → padded [B, h, P, D]. */
function split({ graph, config: { headSize } }: BlockContext, { padded }: Places, x: Tensor): Tensor {
  const width = x.shape[2] as number;
  const heads = width / headSize;
  const rows = graph.reshape(x, ['N', width]);
  return graph.transpose(graph.reshape(graph.gather(rows, padded), ['B', 'P', heads, headSize]), [0, 2, 1, 3]);
}

function attention(context: BlockContext, places: Places, query: Tensor, keys: Tensor, values: Tensor): Tensor {
  const { graph, config } = context;
  const { heads, keyValueHeads, headSize } = config;
  const repeat = heads / keyValueHeads;
  const grouped = (x: Tensor, group: number) => graph.reshape(x, ['B', keyValueHeads, group, 'P', headSize]);
  const queries = grouped(split(context, places, query), repeat);
  const attended = graph.op('Attention', [queries, places.mask, grouped(keys, 1), grouped(values, 1)], {
    scale: 1 / Math.sqrt(headSize),
  });
  const byHead = graph.reshape(attended, ['B', heads, 'P', headSize]);
  const rows = graph.reshape(graph.transpose(byHead, [0, 2, 1, 3]), ['B·P', heads * headSize]);
  return graph.reshape(graph.gather(rows, places.flat), ['N', 1, heads * headSize]);
}
