/** Axes of a figure with a share up its side. Pure. */

import { line, text } from './svg.ts';

export interface Plot {
  readonly width: number;
  readonly height: number;
  /** From data to pixels. */
  at(x: number, y: number): readonly [number, number];
  readonly axes: readonly string[];
}

const [LEFT, TOP, INNER_WIDTH, INNER_HEIGHT] = [64, 40, 460, 340];

/** Room for the names of series, right of the axes. */
export const LEGEND_X: number = LEFT + INNER_WIDTH + 20;
export const LEGEND_Y: number = TOP + 6;

/** y is a share, 0 to 1, and x as said; `ticks` are values of x with their names. */
export function plot(options: {
  readonly x: string;
  readonly y: string;
  readonly xMax: number;
  readonly ticks: readonly (readonly [number, string])[];
  readonly legendWidth: number;
}): Plot {
  const { x, y, xMax, ticks, legendWidth } = options;
  const at = (valueX: number, valueY: number): readonly [number, number] => [
    LEFT + (valueX / xMax) * INNER_WIDTH,
    TOP + (1 - valueY) * INNER_HEIGHT,
  ];
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
  return {
    width: LEGEND_X + legendWidth,
    height: TOP + INNER_HEIGHT + 56,
    at,
    axes: [
      ...shares.flatMap((share) => [
        line(at(0, share), at(xMax, share), 'line'),
        text([LEFT - 8, at(0, share)[1] + 4], String(Math.round(100 * share)), { anchor: 'end', className: 'quiet' }),
      ]),
      ...ticks.flatMap(([value, name]) => [
        line(at(value, 0), [at(value, 0)[0], at(value, 0)[1] + 5], 'line'),
        text([at(value, 0)[0], at(value, 0)[1] + 20], name, { anchor: 'middle', className: 'quiet' }),
      ]),
      text([LEFT + INNER_WIDTH / 2, TOP + INNER_HEIGHT + 42], x, { anchor: 'middle' }),
      text([LEFT - 48, TOP - 16], y),
    ],
  };
}
