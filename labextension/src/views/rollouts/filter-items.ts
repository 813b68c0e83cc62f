/** Which rollouts are shown, and how many there would be behind each button. */

import { markRank } from '../../palette.ts';
import { type RolloutItem, rewardPart } from './items.ts';

export interface RewardRange {
  readonly part: string;
  readonly low: number;
  readonly high: number;
  /** A bin of a histogram holds its lower edge, not its upper one. */
  readonly isBin: boolean;
}

/** An empty set lets all pass. */
export interface RolloutFilter {
  readonly words: ReadonlySet<string>;
  readonly solvers: ReadonlySet<string>;
  readonly reward: RewardRange | null;
  /** In any letter case, anywhere in the problem, the completion, the output and the error. */
  readonly text: string;
}

export const NO_FILTER: RolloutFilter = { words: new Set(), solvers: new Set(), reward: null, text: '' };

export interface FilteredItems {
  readonly shown: readonly RolloutItem[];
  /** By verdict and by solver: how many pass everything but the filter by verdict, or by solver. */
  readonly words: ReadonlyMap<string, number>;
  readonly solvers: ReadonlyMap<string, number>;
}

export function filterItems(items: readonly RolloutItem[], filter: RolloutFilter): FilteredItems {
  const shown: RolloutItem[] = [];
  // Every word has its button, even where none is left.
  const words = new Map(sortedWords(items).map((word) => [word, 0]));
  const solvers = new Map<string, number>(items.map(({ row }) => [row.solver, 0]));
  const hasText = textTest(filter.text);
  for (const item of items) {
    if (!isInRange(item, filter.reward) || !hasText(item)) continue;
    const { solver } = item.row;
    const isWord = filter.words.size === 0 || filter.words.has(item.word);
    const isSolver = filter.solvers.size === 0 || filter.solvers.has(solver);
    if (isSolver) words.set(item.word, (words.get(item.word) ?? 0) + 1);
    if (isWord) solvers.set(solver, (solvers.get(solver) ?? 0) + 1);
    if (isWord && isSolver) shown.push(item);
  }
  return { shown, words, solvers };
}

function sortedWords(items: readonly RolloutItem[]): readonly string[] {
  return [...new Set(items.map(({ word }) => word))].sort((left, right) => markRank(left) - markRank(right));
}

/** Masked rollouts are in no bin of a histogram, and in no range. */
function isInRange(item: RolloutItem, range: RewardRange | null): boolean {
  if (range === null) return true;
  const value = rewardPart(item, range.part);
  if (value === null || item.row.reward?.masked) return false;
  // Edges are sums of widths: a value on an edge may miss it by a rounding.
  const slack = range.isBin ? 1e-9 * Math.max(1, Math.abs(range.low), Math.abs(range.high)) : 0;
  return value >= range.low - slack && (range.isBin ? value < range.high - slack : value <= range.high);
}

function textTest(text: string): (item: RolloutItem) => boolean {
  if (text.trim() === '') return () => true;
  const pattern = new RegExp(text.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
  return ({ problem, row: { completion, observation } }) =>
    [
      ...[
        problem?.id,
        observation?.id,
        problem?.text.text,
        completion?.text.text,
        observation?.detail,
        observation?.error?.type,
      ],
      ...[observation?.error?.message.text, observation?.stdout.text],
    ].some((part) => part !== undefined && part !== null && pattern.test(part));
}
