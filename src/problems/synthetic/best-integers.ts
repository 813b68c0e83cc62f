/**
 * The best integer point by enumeration: exact, and fast enough for a handful of variables. Independent of every
 * solver; the families use it for their own optimum.
 */

export interface IntegerRow {
  readonly coefficients: readonly number[];
  readonly atMost: number;
}

export interface IntegerSearch {
  /** Value per unit; the sum is maximised. */
  readonly gains: readonly number[];
  readonly rows: readonly IntegerRow[];
  readonly lower: readonly number[];
  /** Finite; only the last one may be Infinity, where some row limits it. */
  readonly upper: readonly number[];
}

/** The largest total gain; `null` where no integer point satisfies the rows; Infinity where the last one has no limit. */
export function bestIntegers(search: IntegerSearch): number | null {
  const { gains, rows, lower, upper } = search;
  const last = gains.length - 1;
  /** The least that variables after `index` can add to each row: what no choice can give back. */
  const leastAfter = gains.map((_, index) =>
    rows.map(({ coefficients }) => leastOf(coefficients, lower, upper, index + 1)),
  );
  let best: number | null = null;

  const visit = (index: number, gain: number, room: readonly number[]): void => {
    let low = lower[index] as number;
    let high = upper[index] as number;
    for (const [number, { coefficients }] of rows.entries()) {
      const coefficient = coefficients[index] as number;
      const free = (room[number] as number) - ((leastAfter[index] as number[])[number] as number);
      if (coefficient > 0) high = Math.min(high, Math.floor(free / coefficient));
      else if (coefficient < 0) low = Math.max(low, Math.ceil(free / coefficient));
      else if (free < 0) return;
    }
    if (low > high) return;
    const each = gains[index] as number;
    if (index === last) {
      const value = gain + (each > 0 ? each * high : each === 0 ? 0 : each * low);
      if (best === null || value > best) best = value;
      return;
    }
    for (let amount = low; amount <= high; amount++) {
      const left = room.map(
        (free, number) => free - amount * ((rows[number] as IntegerRow).coefficients[index] as number),
      );
      visit(index + 1, gain + each * amount, left);
    }
  };
  visit(
    0,
    0,
    rows.map((row) => row.atMost),
  );
  return best;
}

function leastOf(
  coefficients: readonly number[],
  lower: readonly number[],
  upper: readonly number[],
  from: number,
): number {
  let least = 0;
  for (let index = from; index < coefficients.length; index++) {
    const coefficient = coefficients[index] as number;
    if (coefficient !== 0) least += coefficient * ((coefficient > 0 ? lower : upper)[index] as number);
  }
  return least;
}
