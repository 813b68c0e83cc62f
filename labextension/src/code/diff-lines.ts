/** What changed between two texts, by lines: the longest common subsequence. */

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Cells of the table of lengths; larger differences are shown as all removed and all added. */
const MOST_CELLS = 4_000_000;

export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let tail = 0;
  const most = Math.min(left.length, right.length) - start;
  while (tail < most && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
  return [
    ...same(left.slice(0, start)),
    ...diffMiddle(left.slice(start, left.length - tail), right.slice(start, right.length - tail)),
    ...same(left.slice(left.length - tail)),
  ];
}

function same(lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ kind: 'same', text }));
}

function diffMiddle(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  const isTooLarge = (left.length + 1) * (right.length + 1) > MOST_CELLS;
  const lengths = isTooLarge ? null : commonLengths(left, right);
  const width = right.length + 1;
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [removed, added] = [left[row], right[column]];
    if (lengths !== null && removed !== undefined && removed === added) {
      lines.push({ kind: 'same', text: removed });
      row += 1;
      column += 1;
    } else if (removed !== undefined && (added === undefined || lengthsFavourRemoval(lengths, row, column, width))) {
      lines.push({ kind: 'removed', text: removed });
      row += 1;
    } else {
      lines.push({ kind: 'added', text: added as string });
      column += 1;
    }
  }
  return lines;
}

function lengthsFavourRemoval(lengths: Uint32Array | null, row: number, column: number, width: number): boolean {
  if (lengths === null) return true;
  return (lengths[(row + 1) * width + column] as number) >= (lengths[row * width + column + 1] as number);
}

/** `[row * width + column]`: lines that the rests from there have in common. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint32Array {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      lengths[at] =
        left[row] === right[column]
          ? (lengths[at + width + 1] as number) + 1
          : Math.max(lengths[at + width] as number, lengths[at + 1] as number);
    }
  }
  return lengths;
}
