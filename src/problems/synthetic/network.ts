/** What the two network families share: random one-way roads from a first town to a last one. */

import { chance, type Key, pick, sample } from '../../random.ts';
import { TOWNS } from './lexicon.ts';
import { range, type Term } from './model.ts';

export type Road = { readonly from: string; readonly to: string };

/** At least four towns, and roads that lead forward only; every town lies on a way from the first to the last, and the first has a choice. */
export function drawRoads(
  key: Key,
  towns: number,
): { readonly names: readonly string[]; readonly roads: readonly Road[] } {
  const names = sample(key, 'towns', TOWNS, towns);
  const inner = range(towns).slice(1, -1);
  const pairs = [
    [0, 2] as const,
    ...inner.map((town) => [pick(key, `into ${town}`, range(town)), town] as const),
    ...inner.map((town) => [town, pick(key, `out of ${town}`, range(towns).slice(town + 1))] as const),
    ...range(towns).flatMap((from) =>
      range(towns)
        .slice(from + 1, from + 3)
        .filter((to) => to - from < towns - 1 && chance(key, `${from} ${to}`, 0.5))
        .map((to) => [from, to] as const),
    ),
  ];
  const unique = new Map(pairs.map((pair) => [pair.join(), pair]));
  const sorted = [...unique.values()].sort(([from, to], [otherFrom, otherTo]) => from - otherFrom || to - otherTo);
  return { names, roads: sorted.map(([from, to]) => ({ from: names[from] as string, to: names[to] as string })) };
}

/** What leaves a town minus what enters it, or, with `sign` −1, the other way round; variable `i` is road `i`. */
export function balance(roads: readonly Road[], town: string, sign: 1 | -1): readonly Term[] {
  return roads.flatMap(({ from, to }, index): readonly Term[] =>
    from === town ? [[sign, index]] : to === town ? [[-sign, index]] : [],
  );
}

/** Every town of the roads, in the order of the text. */
export function townsOf(roads: readonly Road[]): readonly string[] {
  return [...new Set(roads.flatMap(({ from, to }) => [from, to]))];
}
