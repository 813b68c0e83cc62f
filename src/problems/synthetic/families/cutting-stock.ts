/** Cut pieces from as few rolls as possible. Optimum by dynamic programming over the pieces still needed. */

import { fold, integer, integers, sample } from '../../../random.ts';
import type { Family } from '../family.ts';
import { atLeast, atMost, range, row, sumOf, variable } from '../model.ts';

type Piece = { readonly count: number; readonly length: number };

type CuttingStock = {
  readonly roll: { readonly length: number };
  /** Lengths differ, and are at most the roll's. */
  readonly piece: readonly Piece[];
  readonly stock: { readonly rolls: number } | null;
};

export const cuttingStock: Family<CuttingStock> = {
  name: 'cutting-stock',
  isHeldOut: false,
  answers: ['number', 'infeasible'],

  draw(key, difficulty, aim) {
    const size = difficulty === 1 ? 2 : 3;
    const length = integer(key, 'roll', 9, difficulty === 3 ? 20 : 14);
    const least = Math.ceil(length / (difficulty === 3 ? 5 : 4));
    const lengths = sample(
      key,
      'lengths',
      range(length - 1 - least).map((extra) => least + extra),
      size,
    );
    const counts = integers(key, 'counts', size, 2, 6 + 3 * difficulty);
    const piece = lengths.map((each, index) => ({ count: counts[index] as number, length: each }));
    const needed = piece.reduce((sum, { count, length: each }) => sum + count * each, 0);
    const rolls = Math.ceil(needed / length) - integer(fold(key, 'stock'), 'missing', 1, 2);
    return { roll: { length }, piece, stock: aim === 'infeasible' ? { rolls: Math.max(1, rolls) } : null };
  },

  /** A variable per cutting pattern that leaves no room for a further piece: how many rolls are cut that way. */
  model({ roll, piece, stock }) {
    const patterns = patternsOf(
      roll.length,
      piece.map(({ length }) => length),
    );
    const all = sumOf(range(patterns.length));
    return {
      variables: patterns.map((pattern) => variable(labelOf(pattern, piece), 'integer')),
      objective: { sense: 'minimize', terms: all, offset: 0 },
      constraints: [
        ...piece.map(({ count }, index) => atLeast(row(patterns.map((pattern) => pattern[index] as number)), count)),
        ...(stock ? [atMost(all, stock.rolls)] : []),
      ],
    };
  },

  /** States are the counts still needed; from each, one roll takes any pieces that fit. */
  optimum({ roll, piece, stock }) {
    const known = new Map<string, number>([[piece.map(() => 0).join(), 0]]);
    const rollsFor = (needed: readonly number[]): number => {
      const key = needed.join();
      const before = known.get(key);
      if (before !== undefined) return before;
      let fewest = Infinity;
      const cut = (index: number, room: number, left: readonly number[]): void => {
        const length = piece[index]?.length;
        if (length === undefined) {
          if (left.join() !== key) fewest = Math.min(fewest, 1 + rollsFor(left));
          return;
        }
        const most = Math.min(left[index] as number, Math.floor(room / length));
        /** The last length fills what room is left; others try every count. */
        for (let taken = index === piece.length - 1 ? most : 0; taken <= most; taken++) {
          cut(
            index + 1,
            room - taken * length,
            left.map((count, other) => (other === index ? count - taken : count)),
          );
        }
      };
      cut(0, roll.length, needed);
      known.set(key, fewest);
      return fewest;
    };
    const best = rollsFor(piece.map(({ count }) => count));
    return best > (stock?.rolls ?? best) ? 'infeasible' : best;
  },

  wordings: {
    roll: {
      told: 'once',
      training: ['Rolls of {length:meter} are cut into pieces.', 'Each roll is {length:meter} long.'],
      heldOut: ['The material comes in rolls of {length:meter}.', 'From one roll {length:meter} can be cut.'],
    },
    piece: {
      told: 'each',
      training: [
        'At least {count:piece} of {length:meter} are needed.',
        'A customer needs at least {count:piece} of {length:meter}.',
      ],
      heldOut: [
        'No fewer than {count:piece} of {length:meter} must be cut.',
        'There is an order for {count:piece} or more of {length:meter}.',
      ],
    },
    stock: {
      told: 'maybe',
      training: ['At most {rolls:roll} can be used.'],
      heldOut: ['No more than {rolls:roll} can be had.'],
    },
    goal: {
      told: 'once',
      training: [
        'What is the lowest number of whole rolls?',
        'Leftovers are waste: minimize the number of whole rolls.',
      ],
      heldOut: ['How few whole rolls are enough?', 'Find the smallest number of whole rolls to buy.'],
    },
  },
};

/** Counts per length, first lengths first, as many as fit. */
function patternsOf(room: number, lengths: readonly number[]): readonly (readonly number[])[] {
  const [length, ...others] = lengths;
  if (length === undefined) return [[]];
  const most = Math.floor(room / length);
  if (others.length === 0) return [[most]];
  return range(most + 1)
    .map((fewer) => most - fewer)
    .flatMap((count) => patternsOf(room - count * length, others).map((rest) => [count, ...rest]))
    .filter(
      (pattern) =>
        room - pattern.reduce((sum, count, index) => sum + count * (lengths[index] as number), 0) <
        Math.min(...lengths),
    );
}

function labelOf(pattern: readonly number[], piece: readonly Piece[]): string {
  return pattern.flatMap((count, index) => (count ? [`${count} of ${piece[index]?.length}`] : [])).join(' + ');
}
