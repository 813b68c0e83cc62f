/** From numbers to pixels, and the round numbers on an axis. */

export type Range = readonly [low: number, high: number];

export type Scale = (value: number) => number;

export function linearScale([low, high]: Range, [from, to]: Range): Scale {
  const width = high - low || 1;
  return (value) => from + ((value - low) / width) * (to - from);
}

/** Holds all values, and what `least` holds; never of no width. */
export function rangeOf(values: readonly (number | null)[], least: readonly number[] = []): Range {
  const known = [...values, ...least].filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return [0, 1];
  const low = known.reduce((one, other) => Math.min(one, other));
  const high = known.reduce((one, other) => Math.max(one, other));
  return high > low ? [low, high] : [low - (Math.abs(low) / 10 || 0.5), high + (Math.abs(high) / 10 || 0.5)];
}

/** About `count` round values within the range. */
export function ticksOf([low, high]: Range, count: number): readonly number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const width = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(low / width - 1e-9);
  const last = Math.floor(high / width + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * width).toPrecision(12)));
}

/** Short, as an axis has little room: `1500`, `12k`, `2e-7`. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000 && size < 1e7) return `${Number((value / 1000).toPrecision(4))}k`;
  return size !== 0 && (size >= 1e7 || size < 1e-3)
    ? value.toExponential().replace('e+', 'e')
    : String(Number(value.toPrecision(4)));
}
