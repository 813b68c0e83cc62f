/** A small pair of axes within a figure, as SVG. Pure. */

import { line, round, text } from '../../../src/experiments/report/svg.ts';
import { rounded } from '../text/numbers.ts';

export interface Panel {
  /** From data to pixels. */
  at(x: number, y: number): readonly [number, number];
  readonly axes: readonly string[];
}

export interface PanelOptions {
  /** Where the axes lie; titles and ticks are around it. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Default 4 ticks, at round values where the range allows. */
  readonly xTicks?: readonly number[];
  /** Shares are shown in percent. */
  readonly isShare?: boolean;
}

export function panel({ left, top, width, height, title, x, y, xTicks, isShare = false }: PanelOptions): Panel {
  const at = (valueX: number, valueY: number): readonly [number, number] => [
    left + part(valueX, x) * width,
    top + (1 - part(valueY, y)) * height,
  ];
  const name = (value: number): string => (isShare ? String(Math.round(100 * value)) : rounded(value, 3));
  return {
    at,
    axes: [
      text([left - 40, top - 12], isShare ? `${title}, %` : title),
      ...ticksOf(y).flatMap((value) => [
        line(at(x[0], value), at(x[1], value), 'line'),
        text([left - 6, at(x[0], value)[1] + 4], name(value), { anchor: 'end', className: 'quiet' }),
      ]),
      ...(xTicks ?? ticksOf(x)).map((value) =>
        text([at(value, y[0])[0], top + height + 16], rounded(value, 4), { anchor: 'middle', className: 'quiet' }),
      ),
    ],
  };
}

/** A range that holds the values, at least a little wide. */
export function rangeOf(
  values: readonly number[],
  least: readonly [number, number] | null = null,
): readonly [number, number] {
  const all = [...values, ...(least ?? [])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (all.length === 0) return [0, 1];
  return [low, high > low ? high : low + 1];
}

/** A line through points, broken where a value is missing. A point alone is a dot. */
export function curve(points: readonly (readonly [number, number] | null)[], className: string): readonly string[] {
  const runs: (readonly [number, number])[][] = [[]];
  for (const point of points) {
    if (point === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    if (run.length === 1)
      return [`<circle class="${className}" cx="${round(first[0])}" cy="${round(first[1])}" r="3"/>`];
    return [`<polyline class="${className} curve" style="fill:none" points="${pathOf(run)}"/>`];
  });
}

/** The surface between two lines. */
export function band(
  low: readonly (readonly [number, number])[],
  high: readonly (readonly [number, number])[],
  className: string,
): string {
  return `<polygon class="${className}" style="stroke:none" fill-opacity="0.18" points="${pathOf([...low, ...high.toReversed()])}"/>`;
}

function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map((point) => point.map(round).join(',')).join(' ');
}

function part(value: number, [low, high]: readonly [number, number]): number {
  return (value - low) / (high - low);
}

/** Up to 5 round values within the range. */
function ticksOf([low, high]: readonly [number, number]): readonly number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 4));
  const width = ([1, 2, 2.5, 5, 10].find((factor) => (high - low) / (factor * power) <= 4.001) ?? 10) * power;
  const first = Math.ceil(low / width - 1e-9);
  const last = Math.floor(high / width + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * width).toPrecision(12)));
}
