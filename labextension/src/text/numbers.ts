/** Numbers for people. A dash stands for what is not known. */

const NONE = '–';

/** At most so many significant digits, and no zeros that say nothing. */
export function rounded(value: number | null, digits = 4): string {
  return value === null ? NONE : String(Number(value.toPrecision(digits)));
}

export function seconds(ms: number | null): string {
  if (ms === null) return NONE;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}

/** `10 000`, with a narrow space that does not break. */
export function counted(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
}
