/**
 * The known word that a mistyped one may have meant: within two edits, or a third of its letters; null where none is.
 * Of those as near, one that begins with the word.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (edits >= Math.max(word.length, candidate.length)) continue; // no letter in common
    const distance = candidate.startsWith(word) ? edits - 0.5 : edits;
    if (distance >= least) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/** How many letters to insert, remove, replace or swap with a neighbour (restricted Damerau–Levenshtein). */
function editDistance(one: string, other: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = last[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, last[column]! + 1, next[column - 1]! + 1));
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwapped) next[column] = Math.min(next[column]!, beforeLast[column - 2]! + 1);
    }
    beforeLast = last;
    last = next;
  }
  return last.at(-1)!;
}
