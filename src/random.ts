/**
 * Random numbers as pure functions of a key and a label. There is no hidden state: to draw is to hash, so the order
 * of draws, the size of the batch and what else is drawn never change a number. Keys are split as in `jax.random`.
 *
 * Not for secrets: a 64-bit mixing hash (after bryc's cyrb53), good enough to draw word problems.
 */

/** Two unsigned 32-bit halves. */
export type Key = readonly [high: number, low: number];

/** The key of a seed; any safe integer. */
export function keyOf(seed: number): Key {
  return fold([0x9e3779b9, 0x243f6a88], String(seed));
}

/** A new key, independent of its parent and of every sibling with another label. */
export function fold(key: Key, label: string): Key {
  let high = key[0] ^ 0xdeadbeef;
  let low = key[1] ^ 0x41c6ce57;
  for (let index = 0; index < label.length; index++) {
    const code = label.charCodeAt(index);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [(high ^ (high >>> 16)) >>> 0, (low ^ (low >>> 16)) >>> 0];
}

/** Uniform in [0, 1). */
export function uniform(key: Key, label: string): number {
  const [high, low] = fold(key, label);
  return (high * 2 ** 21 + (low >>> 11)) / 2 ** 53;
}

/** Uniform integer, both ends included. */
export function integer(key: Key, label: string, low: number, high: number): number {
  return low + Math.floor(uniform(key, label) * (high - low + 1));
}

/** True with the given probability. */
export function chance(key: Key, label: string, probability: number): boolean {
  return uniform(key, label) < probability;
}

/** One item of a list that is not empty. */
export function pick<Item>(key: Key, label: string, items: readonly Item[]): Item {
  return items[integer(key, label, 0, items.length - 1)] as Item;
}

/** `count` different items in random order (all of them where the list is shorter). */
export function sample<Item>(key: Key, label: string, items: readonly Item[], count: number): readonly Item[] {
  const drawn = fold(key, label);
  return items
    .map((item, index) => ({ item, rank: uniform(drawn, String(index)) }))
    .sort((left, right) => left.rank - right.rank)
    .slice(0, count)
    .map(({ item }) => item);
}

/** `count` integers, both ends included. */
export function integers(key: Key, label: string, count: number, low: number, high: number): readonly number[] {
  const drawn = fold(key, label);
  return Array.from({ length: count }, (_, index) => integer(drawn, String(index), low, high));
}
