/** A table as data: the terminal and the report render the same one. */
export interface Table {
  readonly title: string;
  /** How to read it: rule, n, intervals. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A share in percent, one digit. */
export function percent(share: number | null): string {
  return share === null || Number.isNaN(share) ? '–' : (100 * share).toFixed(1);
}

/** A difference of shares in points, with its sign. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return difference > 0 ? `+${text}` : text.replace('-', '−');
}
