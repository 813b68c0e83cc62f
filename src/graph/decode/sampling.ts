/**
 * The next token from logits, inside the graph: by inverse CDF on one uniform number per row, so that a row's draw
 * depends on nothing but its own number.
 *
 * The log-probability is that of the whole distribution at the temperature, before top-k and top-p cut it: what the
 * update's ratio is formed with.
 */

import type { GraphBuilder } from '../builder.ts';
import type { Tensor } from '../tensor.ts';

/** `greedy`: the likeliest; `whole`: from the whole distribution; `cut`: after top-k and top-p. */
export type SamplingKind = 'greedy' | 'whole' | 'cut';

/** What a draw depends on besides the logits. */
export interface SamplingInputs {
  /** float32 [B, 1] in [0, 1 − 2⁻²³]: so that no product with a total reaches it. */
  readonly uniform: Tensor;
  /** int64 [1]: how many of the likeliest are kept; V keeps all. Of `cut` alone. */
  readonly topK: Tensor | null;
  /** float32 []: the fewest of those whose share reaches this are kept. Of `cut` alone. */
  readonly topP: Tensor | null;
}

/** logits at the temperature [B, V] → token int64 [B, 1], log-probability float32 [B, 1]. */
export function sample(
  graph: GraphBuilder,
  kind: SamplingKind,
  logits: Tensor,
  inputs: SamplingInputs,
): readonly [token: Tensor, logProbability: Tensor] {
  const probabilities = graph.softmax(logits);
  const token = draw(graph, kind, logits, probabilities, inputs);
  return [token, graph.log(graph.gatherElements(probabilities, token, 1))];
}

function draw(
  graph: GraphBuilder,
  kind: SamplingKind,
  logits: Tensor,
  probabilities: Tensor,
  { uniform, topK, topP }: SamplingInputs,
): Tensor {
  if (kind === 'greedy') return graph.argMax(logits, 1, true);
  if (kind === 'whole') return byInverse(graph, probabilities, uniform);
  const [values, indices] = graph.topK(probabilities, topK as Tensor, 'kept', 1);
  const before = graph.cumSum(values, 1, { exclusive: true });
  const reached = graph.mul(graph.sum(values, [1], true), topP as Tensor);
  const kept = graph.where(graph.less(before, reached), values, graph.scalar(0));
  return graph.gatherElements(indices, byInverse(graph, kept, uniform), 1);
}

/** The first index at which the running sum passes uniform·total; an index of weight 0 never is. */
function byInverse(graph: GraphBuilder, weights: Tensor, uniform: Tensor): Tensor {
  const sums = graph.cumSum(weights, 1);
  const total = graph.slice(sums, 1, -1, Number.MAX_SAFE_INTEGER, 1);
  const isPassed = graph.less(graph.mul(uniform, total), sums);
  return graph.argMax(graph.cast(isPassed, 'float32'), 1, true);
}
