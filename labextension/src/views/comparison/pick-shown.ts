import type { RolloutItem } from '../rollouts/items.ts';

/** Of each solver's completions for one problem the one to look at first: a correct one, else the best rewarded, else the first. */
export function pickShown(items: readonly RolloutItem[]): ReadonlyMap<string, RolloutItem> {
  const best = new Map<string, RolloutItem>();
  for (const item of items) {
    const other = best.get(item.row.solver);
    if (other === undefined || score(item) > score(other)) best.set(item.row.solver, item);
  }
  return best;
}

function score({ word, row }: RolloutItem): number {
  return word === 'correct' ? Number.POSITIVE_INFINITY : (row.reward?.total ?? Number.NEGATIVE_INFINITY);
}
