/**
 * Ragged groups as what the training and scoring graphs take (see `training.ts`): flat tokens without padding, and
 * the rows that attention pads. Pure and deterministic.
 *
 * A completion's last token is scored but never read, so it has no row.
 */

import { EvomError, expected } from '../../errors.ts';
import type { DataType, TensorData } from '../tensor.ts';
import { COMPLETION_BLOCKS } from './layout.ts';

/** T tokens that are scored, and what the loss knows of each; every array is [T]. `null`: zeros. */
export interface PackedCompletion {
  readonly tokenIds: ArrayLike<number>;
  /** log π_old. */
  readonly oldLogProbs: ArrayLike<number> | null;
  /** log π_ref. */
  readonly referenceLogProbs: ArrayLike<number> | null;
  readonly advantages: ArrayLike<number> | null;
  /** w: the token's share of the loss. */
  readonly weights: ArrayLike<number> | null;
}

/** A prompt of at least one token and its completions. */
export interface PackedGroup {
  readonly promptTokenIds: ArrayLike<number>;
  readonly completions: readonly PackedCompletion[];
}

/** A tensor's numbers, row-major. */
export interface TensorFeed {
  readonly type: DataType;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** Where a completion's tokens lie in [M]. */
export interface Span {
  readonly groupIndex: number;
  readonly completionIndex: number;
  readonly offset: number;
  readonly length: number;
}

/** N flat tokens, B prompts of P, G completions of C each, M scored tokens. */
export interface PackSizes {
  readonly tokens: number;
  readonly prompts: number;
  readonly promptLength: number;
  readonly completions: number;
  readonly completionLength: number;
  readonly scored: number;
}

export interface Pack {
  readonly feeds: Readonly<Record<(typeof SCORING_FEEDS | typeof LOSS_FEEDS)[number], TensorFeed>>;
  readonly spans: readonly Span[];
  readonly sizes: PackSizes;
}

/** What both graphs take, and what the training graph takes besides; the scalars are the caller's. */
export const SCORING_FEEDS = ['tokens', 'positions', 'promptRows', 'completionRows', 'scoredRows', 'targets'] as const;
export const LOSS_FEEDS = ['oldLogProbs', 'referenceLogProbs', 'advantages', 'weights'] as const;

/** Spans name the group's and completion's place in `groups`. */
export function pack(groups: readonly PackedGroup[]): Pack {
  const sizes = sizesOf(groups);
  const { tokens, prompts, promptLength, completions, completionLength, scored } = sizes;
  const flatTokens = new BigInt64Array(tokens);
  const positions = new BigInt64Array(tokens);
  const promptRows = new BigInt64Array(prompts * promptLength).fill(-1n);
  const completionRows = new BigInt64Array(prompts * completions * completionLength).fill(-1n);
  const scoredRows = new BigInt64Array(scored);
  const targets = new BigInt64Array(scored);
  const losses = LOSS_FEEDS.map((name) => ({ name, data: new Float32Array(scored) }));
  const spans: Span[] = [];
  const lastRows: number[] = [];

  let row = 0;
  for (const [groupIndex, { promptTokenIds }] of groups.entries()) {
    for (let position = 0; position < promptTokenIds.length; position++, row++) {
      flatTokens[row] = BigInt(promptTokenIds[position] as number);
      positions[row] = BigInt(position);
      promptRows[groupIndex * promptLength + position] = BigInt(row);
    }
    lastRows.push(row - 1);
  }
  let offset = 0;
  for (const [groupIndex, group] of groups.entries()) {
    for (const [completionIndex, completion] of group.completions.entries()) {
      const length = completion.tokenIds.length;
      const start = (groupIndex * completions + completionIndex) * completionLength;
      for (let place = 0; place < length; place++) {
        const token = BigInt(completion.tokenIds[place] as number);
        scoredRows[offset + place] = BigInt(place === 0 ? (lastRows[groupIndex] as number) : row - 1);
        targets[offset + place] = token;
        for (const { name, data } of losses) data[offset + place] = completion[name]?.[place] ?? 0;
        if (place === length - 1) continue;
        flatTokens[row] = token;
        positions[row] = BigInt(group.promptTokenIds.length + place);
        completionRows[start + place] = BigInt(row);
        row++;
      }
      spans.push({ groupIndex, completionIndex, offset, length });
      offset += length;
    }
  }
  const [oldLogProbs, referenceLogProbs, advantages, weights] = losses.map(
    ({ data }): TensorFeed => ({ type: 'float32', shape: [scored], data }),
  ) as [TensorFeed, TensorFeed, TensorFeed, TensorFeed];
  const integers = (shape: readonly number[], data: BigInt64Array): TensorFeed => ({ type: 'int64', shape, data });
  return {
    feeds: {
      tokens: integers([tokens], flatTokens),
      positions: integers([tokens], positions),
      promptRows: integers([prompts, promptLength], promptRows),
      completionRows: integers([prompts, completions, completionLength], completionRows),
      scoredRows: integers([scored], scoredRows),
      targets: integers([scored], targets),
      oldLogProbs,
      referenceLogProbs,
      advantages,
      weights,
    },
    spans,
    sizes,
  };
}

/** Throws `pack-empty` where there is nothing to score or a prompt has no token. */
export function sizesOf(groups: readonly PackedGroup[]): PackSizes {
  let [tokens, scored, promptLength, completions, completionLength] = [0, 0, 0, 1, 1];
  for (const { promptTokenIds, completions: own } of groups) {
    if (promptTokenIds.length === 0)
      throw empty(expected('promptTokenIds', 'at least one token', [], 'Begin the prompt with a start token.'));
    tokens += promptTokenIds.length;
    promptLength = Math.max(promptLength, promptTokenIds.length);
    completions = Math.max(completions, own.length);
    for (const { tokenIds } of own) {
      tokens += Math.max(0, tokenIds.length - 1);
      scored += tokenIds.length;
      completionLength = Math.max(completionLength, tokenIds.length - 1);
    }
  }
  if (scored === 0) throw empty(expected('groups', 'completions with tokens', groups.length, 'Leave empty steps out.'));
  completionLength = Math.ceil(completionLength / COMPLETION_BLOCKS) * COMPLETION_BLOCKS;
  return { tokens, prompts: groups.length, promptLength, completions, completionLength, scored };
}

function empty(message: string): EvomError {
  return new EvomError('policy', 'pack-empty', message);
}
