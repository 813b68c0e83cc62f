/** Bins that somebody chose, from the first to the last, both included. */

import type { BarChart } from '../../figure/chart.ts';
import { rounded } from '../../text/numbers.ts';

export type BinRange = readonly [first: number, last: number];

/** The least range that holds all. */
export function spanOf(...bins: readonly number[]): BinRange {
  return [Math.min(...bins), Math.max(...bins)];
}

export function isSameRange(one: BinRange | null, other: BinRange | null): boolean {
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}

/** In the words of the reward; a bin does not hold its upper edge. */
export function binName({ edges }: Pick<BarChart, 'edges'>, [first, last]: BinRange): string {
  return `${rounded(edges[first] ?? null)} to below ${rounded(edges[last + 1] ?? null)}`;
}
