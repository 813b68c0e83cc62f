/** Numbers for people. A dash stands for what is not known. */

/** What a missing number is shown as. */
const NONE = '–';

export function percent(share: number | null): string {
  return share === null ? NONE : `${(100 * share).toFixed(1)} %`;
}

/** `83.3 % [62.1, 93.9]` */
export function percentIn(
  share: number | null,
  { low, high }: { readonly low: number; readonly high: number },
): string {
  if (share === null) return NONE;
  return `${percent(share)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}

/** At most so many significant digits, and no zeros that say nothing. */
export function rounded(value: number | null, digits = 4): string {
  return value === null ? NONE : String(Number(value.toPrecision(digits)));
}

/** On-policy, the loss of a group-relative objective is 0 but for rounding; its gradient is not. */
export function settled(loss: number | null): number | null {
  return loss !== null && Math.abs(loss) < 1e-7 ? 0 : loss;
}

export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`;
}

/** `1:05` */
export function clock(wholeSeconds: number): string {
  const all = Math.ceil(wholeSeconds);
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')}`;
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
}

/** Whether a cell of a table is a number, with or without a unit. */
export function isNumeric(cell: string): boolean {
  return /^(?:–|[-−+]?[\d.,]+(?:e[-+]?\d+)?(?: (?:%|s|ms|MiB))?)$/.test(cell);
}
