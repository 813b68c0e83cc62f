/**
 * The packed-group layout. Flat rows [N] hold every prompt's tokens, then every completion's, without padding; linear
 * layers run on them. Attention alone runs on padded groups, head by head: `Groups` says which rows go where.
 */

import type { GraphBuilder } from '../builder.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import type { TransformerConfig } from './parameters.ts';

/**
 * A completion's tokens are cut into this many blocks of equal length L: a block's queries meet the keys of their
 * prompt and of the blocks up to their own, so that a part of what is masked is never computed. C is a multiple of it.
 * (4 blocks were no faster than 2: more, smaller products.)
 */
export const COMPLETION_BLOCKS = 2;

/** Where attention finds its rows, worked out once for all layers. −1 is padding. */
export interface Groups {
  /** Rows of [N·H]: prompts' queries [B, KV, H/KV, P], then each block's [B, KV, G, H/KV, L]. */
  readonly queries: readonly Tensor[];
  /** Rows of [N·KV]: prompts' keys and values [B, KV, P], then each block's [B, KV, G, L]. */
  readonly keys: readonly Tensor[];
  /**
   * Added to the prompts' scores, [H/KV·P, P]: causal; padding lies behind, where no real query looks. Then to each
   * block's, [B, 1, 1, H/KV·L, P+L+…+L]: the prompt's tokens, the blocks before, and causal among its own.
   */
  readonly masks: readonly Tensor[];
}

/** Low enough that softmax gives exactly 0, high enough that sums of it stay finite. */
const MASKED = -1e30;

/** `promptRows` [B, P] and `completionRows` [B, G, C] are flat rows, −1 for padding. */
export function groupsOf(
  builder: GraphBuilder,
  { heads, keyValueHeads }: TransformerConfig,
  promptRows: Tensor,
  completionRows: Tensor,
): Groups {
  const share = heads / keyValueHeads;
  const indexOf = (rows: Tensor, rowsShape: Shape, headsShape: readonly number[], count: number) => {
    const laidOut = builder.reshape(rows, rowsShape);
    const numbers = Array.from({ length: count }, (_, head) => head);
    const scaled = builder.mul(laidOut, builder.scalar(count, 'int64'));
    const each = builder.add(scaled, builder.constant('int64', headsShape, numbers));
    return builder.where(builder.less(laidOut, builder.scalar(0, 'int64')), builder.scalar(-1, 'int64'), each);
  };
  const cut = builder.reshape(completionRows, ['B', 'G', COMPLETION_BLOCKS, 'L']);
  const blocks = builder.split(cut, 2, new Array(COMPLETION_BLOCKS).fill(1));
  return {
    queries: [
      indexOf(promptRows, ['B', 1, 1, 'P'], [1, keyValueHeads, share, 1], heads),
      ...blocks.map((rows) => indexOf(rows, ['B', 1, 'G', 1, 'L'], [1, keyValueHeads, 1, share, 1], heads)),
    ],
    keys: [
      indexOf(promptRows, ['B', 1, 'P'], [1, keyValueHeads, 1], keyValueHeads),
      ...blocks.map((rows) => indexOf(rows, ['B', 1, 'G', 'L'], [1, keyValueHeads, 1, 1], keyValueHeads)),
    ],
    masks: [
      builder.reshape(builder.expand(causalMask(builder, 'P'), [share, 'P', 'P']), [`${share}·P`, 'P']),
      ...blocks.map((_, block) => blockMask(builder, promptRows, share, block)),
    ],
  };
}

/** [length, length]: a query sees keys up to its own place. */
function causalMask(builder: GraphBuilder, length: string): Tensor {
  const places = builder.range(length);
  const isSeen = builder.lessOrEqual(builder.reshape(places, [1, length]), builder.reshape(places, [length, 1]));
  return builder.where(isSeen, builder.scalar(0), builder.scalar(MASKED));
}

function blockMask(builder: GraphBuilder, promptRows: Tensor, share: number, block: number): Tensor {
  const isPadding = builder.less(builder.reshape(promptRows, ['B', 1, 1, 1, 1, 'P']), builder.scalar(0, 'int64'));
  const prompts = builder.where(isPadding, builder.scalar(MASKED), builder.scalar(0));
  const wide = (mask: Tensor, width: string) => builder.expand(mask, ['B', 1, 1, share, 'L', width]);
  const before = new Array(block).fill(wide(builder.scalar(0), 'L'));
  const mask = builder.concat([wide(prompts, 'P'), ...before, wide(causalMask(builder, 'L'), 'L')], -1);
  return builder.reshape(mask, ['B', 1, 1, `${share}·L`, mask.shape.at(-1) as Dimension]);
}
