/**
 * The token loop as one graph: feed the last token, attend to the cache, sample, and again, for up to n tokens.
 *
 * The cache has two parts. The past [B, KV, S, D] is read where it lies and never copied; what this call adds is a
 * state of the loop, grows by a token a turn, and is an output, which the caller appends to the past. A cache that is
 * one state, as GroupQueryAttention wants it, is copied every turn: on a CPU that was 60 % of the time at 32 rows.
 * Attention is written out, so the same graph runs where GroupQueryAttention is not registered for float32 (CUDA).
 *
 * Letters: B rows, S the past's capacity, D head size, n tokens at most, t turns taken, V vocabulary.
 */

import { GraphBuilder } from '../builder.ts';
import { encodeModel } from '../encode.ts';
import type { BufferView } from '../runtime/protocol.ts';
import type { Tensor } from '../tensor.ts';
import type { TransformerConfig } from '../transformer/parameters.ts';
import { type BlockContext, block, embed, logits, MASKED, type Projections, rotaryConstants } from './block.ts';
import { type SamplingInputs, type SamplingKind, sample } from './sampling.ts';
import { Weights } from './weights.ts';

/** A graph's bytes and what its weights are bound to. */
export interface BoundModel {
  readonly model: Uint8Array;
  readonly bound: Readonly<Record<string, BufferView>>;
}

export interface GenerationGraphOptions {
  /** The buffer that holds the flat parameter vector. */
  readonly parameters: string;
  /** Longest sequence, prompt and completion together. */
  readonly positions: number;
}

/**
 * Inputs: `tokens` int64 [B, 1] the last tokens, `lengths` int64 [B, 1] what each row has in its past, `uniforms`
 * float32 [n, B, 1], `turns` int64 [] at most n, `stops` int64 [K] different token ids that end a row; `minimumAlive`
 * float32 []: with fewer rows that have not ended, the loop stops; `inverseTemperature` float32 [] (not for greedy);
 * `topK`, `topP` as `SamplingInputs` has them (for `cut` alone); `key.l` and `value.l` [B, KV, S, D], S ≥ 1. What lies
 * beyond a row's length must be finite.
 *
 * Outputs: `nextTokens` int64 [t, B, 1], `logProbabilities` float32 [t, B, 1], `new.key.l`, `new.value.l` [B, KV, t, D]:
 * the rows of the fed tokens, hence of the last token and of every new one but the newest.
 */
export function decodeGraph(
  config: TransformerConfig,
  kind: SamplingKind,
  options: GenerationGraphOptions,
): BoundModel {
  const { layers, keyValueHeads, headSize } = config;
  const graph = new GraphBuilder('decode');
  const weights = new Weights(graph, config, options.parameters);
  const tokens = graph.input('tokens', 'int64', ['B', 1]);
  const lengths = graph.input('lengths', 'int64', ['B', 1]);
  const stops = graph.input('stops', 'int64', ['K']);
  const turns = graph.input('turns', 'int64', []);
  const minimumAlive = graph.input('minimumAlive', 'float32', []);
  const uniforms = graph.input('uniforms', 'float32', ['n', 'B', 1]);
  const inverseTemperature = kind === 'greedy' ? null : graph.input('inverseTemperature', 'float32', []);
  const cuts = kind === 'cut' ? cutInputs(graph) : { topK: null, topP: null };
  const past = Array.from({ length: layers }, (_, layer) => ({
    key: graph.input(`key.${layer}`, 'float32', ['B', keyValueHeads, 'S', headSize]),
    value: graph.input(`value.${layer}`, 'float32', ['B', keyValueHeads, 'S', headSize]),
  }));
  const rotary = rotaryConstants(graph, config, options.positions);
  const isPast = graph.less(graph.range('S'), graph.reshape(lengths, ['B', 1, 1, 1]));
  const mask = graph.where(isPast, graph.scalar(0), graph.scalar(MASKED));
  const nothing = graph.renamed(graph.filled(['B', keyValueHeads, 0, headSize], 0), [
    'B',
    keyValueHeads,
    'before',
    headSize,
  ]);
  const alive = graph.filled(['B', 1], 1);

  const { states, scans } = graph.loop(
    {
      trips: turns,
      condition: null,
      states: [tokens, lengths, alive, ...past.flatMap(() => [nothing, nothing])],
      dimension: 't',
    },
    (body, iteration, [token, position, wasAlive, ...added]) => {
      const context: BlockContext = { graph: body, config, weights, positions: position as Tensor, rotary };
      const grown: Tensor[] = [];
      let x = embed(context, token as Tensor);
      for (let layer = 0; layer < layers; layer++)
        x = block(context, layer, x, (projections) => {
          const [key, value] = [added[2 * layer] as Tensor, added[2 * layer + 1] as Tensor];
          const fresh = appended(context, projections, { key, value });
          grown.push(fresh.key, fresh.value);
          return attention(context, projections.query, mask, past[layer] as Cache, fresh);
        });
      const uniform = body.gather(uniforms, iteration);
      const scores = body.reshape(logits(context, x, inverseTemperature), ['B', config.vocabularySize]);
      const [next, logProbability] = sample(body, kind, scores, { ...cuts, uniform });
      const isStop = body.sum(body.cast(body.equal(next, stops), 'float32'), [1], true);
      const isAlive = body.mul(wasAlive as Tensor, body.sub(body.scalar(1), isStop));
      return {
        condition: body.lessOrEqual(minimumAlive, body.sum(isAlive)),
        states: [next, body.add(position as Tensor, body.integers(1)), isAlive, ...grown],
        scans: [next, logProbability],
      };
    },
  );
  graph.output('nextTokens', scans[0] as Tensor);
  graph.output('logProbabilities', scans[1] as Tensor);
  for (let layer = 0; layer < layers; layer++) {
    graph.output(`new.key.${layer}`, states[3 + 2 * layer] as Tensor);
    graph.output(`new.value.${layer}`, states[4 + 2 * layer] as Tensor);
  }
  return { model: encodeModel(graph.build()), bound: weights.bound };
}

/** Keys and values, [B, KV, length, D]. */
interface Cache {
  readonly key: Tensor;
  readonly value: Tensor;
}

function cutInputs(graph: GraphBuilder): Omit<SamplingInputs, 'uniform'> {
  return { topK: graph.input('topK', 'int64', [1]), topP: graph.input('topP', 'float32', []) };
}

/** What was added before and this turn's token. */
function appended({ graph, config }: BlockContext, { key, value }: Projections, added: Cache): Cache {
  const { keyValueHeads, headSize } = config;
  const row = (x: Tensor) => graph.reshape(x, ['B', keyValueHeads, 1, headSize]);
  const grow = (old: Tensor, x: Tensor) =>
    graph.renamed(graph.concat([old, row(x)], 2), ['B', keyValueHeads, 'now', headSize]);
  return { key: grow(added.key, key), value: grow(added.value, value) };
}

/** query [B, 1, H·D] against the past (masked) and what this call added, under one softmax: [B, 1, H·D]. */
function attention({ graph, config }: BlockContext, query: Tensor, mask: Tensor, past: Cache, added: Cache): Tensor {
  const { heads, keyValueHeads, headSize } = config;
  // Scaled here and not in the product: onnxruntime's product of one row is fast at scale 1 alone.
  const scaled = graph.mul(query, graph.scalar(1 / Math.sqrt(headSize)));
  const rows = graph.reshape(scaled, ['B', keyValueHeads, heads / keyValueHeads, headSize]);
  const pastScores = graph.add(graph.matmul(rows, past.key, { transposeRight: true }), mask);
  const scores = graph.concat([pastScores, graph.matmul(rows, added.key, { transposeRight: true })], 3);
  const [pastShare, share] = graph.split(graph.softmax(scores), 3, ['S', 'now']) as readonly [Tensor, Tensor];
  const sum = graph.add(graph.matmul(pastShare, past.value), graph.matmul(share, added.value));
  return graph.reshape(sum, ['B', 1, heads * headSize]);
}
