/** A step's groups cut into micro-batches that fit in memory; their gradients add up to the step's. */

import { COMPLETION_BLOCKS } from './layout.ts';
import {
  type Pack,
  type PackedCompletion,
  type PackedGroup,
  type PackSizes,
  pack,
  type Span,
  sizesOf,
} from './pack.ts';

/**
 * What a micro-batch may take. A training step allocates, besides weights and gradients, about
 * 4·tokens·(layers·(20·d + 11·F) + 4·V) + 12·attentionCells·heads·layers bytes, with F the feed-forward size: fitted to
 * onnxruntime 1.30's peak on CPU over eight shapes of batch and model, within 15 %.
 */
export interface MicroBatchBudget {
  /** N: flat tokens. */
  readonly tokens: number;
  /** Scores of one attention head in one layer: see {@link attentionCells}. */
  readonly attentionCells: number;
}

/** A group's completions as they were given, by index. */
interface Piece {
  readonly groupIndex: number;
  readonly completionIndices: readonly number[];
  readonly group: PackedGroup;
}

/**
 * Each within the budget; a completion that alone takes more is a micro-batch of its own. Sorted by length, longest
 * first, so that little is padded and a budget that is too large shows at once. A group that does not fit is cut, its
 * prompt computed once in every part. Spans name places in `groups`; an empty completion has none.
 */
export function packMicroBatches(groups: readonly PackedGroup[], budget: MicroBatchBudget): readonly Pack[] {
  const pieces = groups.flatMap((group, groupIndex) => piecesOf(group, groupIndex, budget));
  const lengthOf = ({ group }: Piece) => sizesOf([group]).completionLength;
  const sorted = pieces.toSorted(
    (left, right) =>
      lengthOf(right) - lengthOf(left) ||
      right.group.promptTokenIds.length - left.group.promptTokenIds.length ||
      left.groupIndex - right.groupIndex,
  );
  const batches: Piece[][] = [];
  for (const piece of sorted) {
    const current = batches.at(-1);
    if (
      current &&
      fits(
        [...current, piece].map(({ group }) => group),
        budget,
      )
    )
      current.push(piece);
    else batches.push([piece]);
  }
  return batches.map(packPieces);
}

/** Attention's scores of one head in one layer, padding among them: B·P·P + B·G·C·(P + ¾·C), for C is two blocks. */
export function attentionCells({ prompts, promptLength, completions, completionLength }: PackSizes): number {
  const seen = promptLength + (completionLength * (COMPLETION_BLOCKS + 1)) / (2 * COMPLETION_BLOCKS);
  return prompts * (promptLength * promptLength + completions * completionLength * seen);
}

function piecesOf(group: PackedGroup, groupIndex: number, budget: MicroBatchBudget): readonly Piece[] {
  const byLength = group.completions
    .map((completion, index) => ({ completion, index }))
    .filter(({ completion }) => completion.tokenIds.length > 0)
    .toSorted(
      (left, right) => right.completion.tokenIds.length - left.completion.tokenIds.length || left.index - right.index,
    );
  const pieces: { completion: PackedCompletion; index: number }[][] = [];
  for (const each of byLength) {
    const current = pieces.at(-1);
    const together = [...(current ?? []), each].map(({ completion }) => completion);
    if (current && fits([{ ...group, completions: together }], budget)) current.push(each);
    else pieces.push([each]);
  }
  return pieces.map((piece) => ({
    groupIndex,
    completionIndices: piece.map(({ index }) => index),
    group: { ...group, completions: piece.map(({ completion }) => completion) },
  }));
}

function fits(groups: readonly PackedGroup[], budget: MicroBatchBudget): boolean {
  const sizes = sizesOf(groups);
  return sizes.tokens <= budget.tokens && attentionCells(sizes) <= budget.attentionCells;
}

function packPieces(pieces: readonly Piece[]): Pack {
  const packed = pack(pieces.map(({ group }) => group));
  const spans = packed.spans.map((span): Span => {
    const { groupIndex, completionIndices } = pieces[span.groupIndex] as Piece;
    return { ...span, groupIndex, completionIndex: completionIndices[span.completionIndex] as number };
  });
  return { ...packed, spans };
}
