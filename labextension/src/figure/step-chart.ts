/** Lines and stacked areas by step. */

import type { Series, StepChart } from './chart.ts';
import { axesOf, frameOf, lineStyle } from './frame.ts';
import { linearScale, rangeOf, type Scale } from './scale.ts';
import { type Drawing, filled, pathThrough, pixel, type Shape } from './shape.ts';

const PLOT_HEIGHT = 110;
/** Width of what one step alone has, as it makes no line. */
const ALONE = 24;

type Point = readonly [x: number, y: number];

export function drawStepChart(chart: StepChart, width: number): Drawing {
  const { kind, x: steps, series, isShare } = chart;
  const frame = frameOf({ ...chart, width, plotHeight: PLOT_HEIGHT, isLine: kind === 'lines' });
  const xRange = rangeOf(steps);
  const yRange = isShare ? ([0, 1] as const) : rangeOf(series.flatMap(({ values }) => values));
  const x = linearScale(xRange, [frame.plot.left + 4, frame.plot.right - 4]);
  const y = linearScale(yRange, [frame.plot.bottom, frame.plot.top]);
  const axes = axesOf({
    ...{ plot: frame.plot, x, y, xRange, yRange, hasWholeX: true },
    ...(isShare && { yText: (value: number) => `${Math.round(100 * value)} %` }),
  });
  const places = steps.map(x);
  const marks =
    kind === 'stack' ? areasOf(series, places, y) : series.flatMap((one, index) => lineOf(one, index, places, y));
  return { width, height: frame.height, plot: frame.plot, shapes: [...frame.shapes, ...axes, ...marks] };
}

function lineOf(
  { values, colour, band }: Series,
  index: number,
  places: readonly number[],
  y: Scale,
): readonly Shape[] {
  return runsOf(values).flatMap((run): readonly Shape[] => {
    const at = (value: (position: number) => number): readonly Point[] =>
      run.map((position) => [places[position] as number, y(value(position))]);
    const points = at((position) => values[position] as number);
    const [first] = points;
    if (first === undefined) return [];
    const line: Shape =
      points.length > 1
        ? { tag: 'path', attributes: { d: pathThrough(points), ...lineStyle(colour, index) } }
        : { tag: 'circle', attributes: { cx: pixel(first[0]), cy: pixel(first[1]), r: 3, style: filled(colour) } };
    if (band === undefined) return [line];
    const low = at((position) => band[position]?.low ?? 0);
    const high = at((position) => band[position]?.high ?? 1);
    return [
      { tag: 'path', attributes: { d: surface(low, high), class: 'evom-Chart-band', style: filled(colour) } },
      line,
    ];
  });
}

/** Each stands on those before it. */
function areasOf(series: readonly Series[], places: readonly number[], y: Scale): readonly Shape[] {
  let below = places.map(() => 0);
  return series.map(({ values, colour }): Shape => {
    const above = below.map((value, index) => value + (values[index] ?? 0));
    const line = (heights: readonly number[]): readonly Point[] =>
      heights.map((value, index) => [places[index] as number, y(value)]);
    const d = surface(line(below), line(above));
    below = above;
    return { tag: 'path', attributes: { d, class: 'evom-Chart-area', style: filled(colour) } };
  });
}

function surface(low: readonly Point[], high: readonly Point[]): string {
  const widen = (points: readonly Point[]): readonly Point[] =>
    points.length === 1
      ? points.flatMap(([x, y]): readonly Point[] => [
          [x - ALONE / 2, y],
          [x + ALONE / 2, y],
        ])
      : points;
  return `${pathThrough([...widen(low), ...[...widen(high)].reverse()])}Z`;
}

/** Positions of known values, in runs without a gap. */
function runsOf(values: readonly (number | null)[]): readonly (readonly number[])[] {
  const runs: number[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(index);
  });
  return runs;
}
