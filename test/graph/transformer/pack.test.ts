import { describe, expect, it } from 'vitest';
import { attentionCells, packMicroBatches } from '../../../src/graph/transformer/micro-batches.ts';
import { type PackedCompletion, type PackedGroup, pack, sizesOf } from '../../../src/graph/transformer/pack.ts';
import { numbers } from '../run.ts';

const completion = (...tokenIds: readonly number[]): PackedCompletion => ({
  tokenIds,
  oldLogProbs: tokenIds.map((token) => -token),
  referenceLogProbs: null,
  advantages: tokenIds.map(() => 2),
  weights: tokenIds.map((token) => token / 10),
});
const GROUPS: readonly PackedGroup[] = [
  { promptTokenIds: [1, 2, 3], completions: [completion(4, 5, 6), completion(7)] },
  { promptTokenIds: [8], completions: [completion(9, 10)] },
];
const list = (feed: { readonly data: ArrayLike<number | bigint> }) => Array.from(feed.data, Number);

describe('pack', () => {
  it('lays prompts, then completions without their last token, one after the other', () => {
    const { feeds, sizes } = pack(GROUPS);
    expect(list(feeds.tokens)).toEqual([1, 2, 3, 8, 4, 5, 9]);
    expect(list(feeds.positions)).toEqual([0, 1, 2, 0, 3, 4, 1]);
    expect(list(feeds.promptRows)).toEqual([0, 1, 2, 3, -1, -1]);
    expect(feeds.promptRows.shape).toEqual([2, 3]);
    expect(list(feeds.completionRows)).toEqual([4, 5, -1, -1, 6, -1, -1, -1]);
    expect(feeds.completionRows.shape).toEqual([2, 2, 2]);
    expect(sizes).toEqual({ tokens: 7, prompts: 2, promptLength: 3, completions: 2, completionLength: 2, scored: 6 });
  });

  it("scores a completion's first token at its prompt's last row, every other at the row before it", () => {
    const { feeds, spans } = pack(GROUPS);
    expect(list(feeds.targets)).toEqual([4, 5, 6, 7, 9, 10]);
    expect(list(feeds.scoredRows)).toEqual([2, 4, 5, 2, 3, 6]);
    expect(spans).toEqual([
      { groupIndex: 0, completionIndex: 0, offset: 0, length: 3 },
      { groupIndex: 0, completionIndex: 1, offset: 3, length: 1 },
      { groupIndex: 1, completionIndex: 0, offset: 4, length: 2 },
    ]);
  });

  it('keeps what the loss knows beside its token, and zeros for what is not known', () => {
    const { feeds } = pack(GROUPS);
    expect(list(feeds.oldLogProbs)).toEqual([-4, -5, -6, -7, -9, -10]);
    expect(list(feeds.weights).map((weight) => Math.round(weight * 10))).toEqual([4, 5, 6, 7, 9, 10]);
    expect(list(feeds.advantages)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(list(feeds.referenceLogProbs)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each<[string, readonly PackedGroup[]]>([
    ['a prompt without a token', [{ promptTokenIds: [], completions: [completion(1)] }]],
    ['nothing to score', [{ promptTokenIds: [1], completions: [] }]],
    ['no group', []],
  ])('refuses %s', (_, groups) => {
    expect(() => pack(groups)).toThrow(expect.objectContaining({ code: 'pack-empty' }));
  });
});

describe('packMicroBatches', () => {
  const drawn = numbers(200, 4);
  const groups: readonly PackedGroup[] = Array.from({ length: 12 }, (_, group) => ({
    promptTokenIds: Array.from({ length: 3 + (group % 4) }, (__, place) => place),
    completions: Array.from({ length: 1 + (group % 5) }, (__, index) =>
      completion(
        ...Array.from({ length: 1 + Math.floor(20 * Math.abs(drawn[8 * group + index]!)) }, (___, token) => token),
      ),
    ),
  }));
  const budget = { tokens: 120, attentionCells: 2500 };
  const roomy = { tokens: 1e9, attentionCells: 1e12 };

  it('scores every token of every completion exactly once, under its own name', () => {
    const scored = packMicroBatches(groups, budget).flatMap(({ spans, feeds }) =>
      spans.map(({ groupIndex, completionIndex, offset, length }) => {
        expect(list(feeds.targets).slice(offset, offset + length)).toEqual(
          groups[groupIndex]?.completions[completionIndex]?.tokenIds,
        );
        return `${groupIndex}.${completionIndex}`;
      }),
    );
    expect(scored.toSorted()).toEqual(
      groups.flatMap(({ completions }, group) => completions.map((_, index) => `${group}.${index}`)).toSorted(),
    );
  });

  it('stays within its budget, longest first', () => {
    const batches = packMicroBatches(groups, budget);
    expect(batches.length).toBeGreaterThan(3);
    for (const { sizes } of batches) {
      expect(sizes.tokens).toBeLessThanOrEqual(budget.tokens);
      expect(attentionCells(sizes)).toBeLessThanOrEqual(budget.attentionCells);
    }
    const longest = batches.map(({ sizes }) => sizes.completionLength);
    expect(longest).toEqual(longest.toSorted((left, right) => right - left));
  });

  it('cuts a group that is too large, and lets a completion that is too large stand alone', () => {
    const large: PackedGroup = {
      promptTokenIds: [1, 2],
      completions: Array.from({ length: 4 }, (_, index) =>
        completion(...Array.from({ length: 10 + 100 * index }, (__, token) => token)),
      ),
    };
    const batches = packMicroBatches([large], { tokens: 150, attentionCells: 1e9 });
    expect(batches.map(({ spans }) => spans.map(({ completionIndex }) => completionIndex))).toEqual([[3], [2], [1, 0]]);
  });

  it('is one pack where everything fits, and the same for the same groups', () => {
    expect(packMicroBatches(groups, roomy)).toHaveLength(1);
    expect(packMicroBatches(groups, roomy)[0]?.sizes).toEqual(sizesOf(groups));
    expect(packMicroBatches(groups, budget)).toEqual(packMicroBatches(structuredClone(groups), budget));
  });
});
