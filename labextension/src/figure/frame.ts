/** What every chart has around its data: title, legend, axes with round numbers. */

import { oneLine } from '../text/visible-text.ts';
import type { Series } from './chart.ts';
import { type Range, type Scale, ticksOf, tickText } from './scale.ts';
import { filled, type PlotArea, type Shape, textShape } from './shape.ts';

const [LEFT, RIGHT, TITLE, LEGEND_ROW, BOTTOM] = [56, 12, 24, 16, 36];
/** Pixels of a character of 11 pixels, on average, and of what stands before a name. */
const [CHARACTER, KEY] = [6.3, 28];
const NAME = 22;

export interface Frame {
  readonly plot: PlotArea;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export interface FrameOptions {
  readonly title: string;
  readonly xTitle: string;
  readonly series: readonly Series[];
  readonly width: number;
  /** Of the data alone. */
  readonly plotHeight: number;
  /** A key of a line, or of an area. */
  readonly isLine: boolean;
}

/** Title and legend; the legend takes as many rows as it needs, and none for a series that the title names. */
export function frameOf({ title, series, width, plotHeight, isLine, xTitle }: FrameOptions): Frame {
  const keys = series.length < 2 ? [] : layKeys(series, width);
  const rows = (keys.at(-1)?.row ?? -1) + 1;
  const top = TITLE + rows * LEGEND_ROW + 6;
  const plot = { left: LEFT, right: width - RIGHT, top, bottom: top + plotHeight };
  return {
    plot,
    height: plot.bottom + BOTTOM,
    shapes: [
      textShape(0, 14, oneLine(title, Math.floor(width / CHARACTER)), { class: 'evom-Chart-title' }),
      ...keys.flatMap(({ x, row, name, colour, index }): readonly Shape[] => {
        const y = TITLE + row * LEGEND_ROW + 8;
        const key: Shape = isLine
          ? { tag: 'line', attributes: { x1: x, x2: x + 20, y1: y - 4, y2: y - 4, ...lineStyle(colour, index) } }
          : { tag: 'rect', attributes: { x: x + 4, y: y - 9, width: 12, height: 10, style: filled(colour) } };
        return [key, textShape(x + 24, y, name)];
      }),
      textShape((plot.left + plot.right) / 2, plot.bottom + 31, xTitle, {
        'text-anchor': 'middle',
        class: 'evom-Chart-quiet',
      }),
    ],
  };
}

/** Lines differ by their dashes too. */
export function lineStyle(colour: string, index: number): Readonly<Record<string, string>> {
  const dashes = ['none', '6 3', '2 2', '8 3 2 3'][index % 4] as string;
  return { class: 'evom-Chart-line', style: `stroke: var(${colour}); fill: none; stroke-dasharray: ${dashes}` };
}

interface Key {
  readonly name: string;
  readonly colour: string;
  readonly index: number;
  readonly x: number;
  readonly row: number;
}

function layKeys(series: readonly Series[], width: number): readonly Key[] {
  let [x, row] = [0, 0];
  return series.map(({ name: whole, colour }, index) => {
    const name = oneLine(whole, NAME);
    const length = KEY + CHARACTER * name.length + 8;
    if (x > 0 && x + length > width) [x, row] = [0, row + 1];
    const key = { name, colour, index, x, row };
    x += length;
    return key;
  });
}

export interface Axes {
  readonly plot: PlotArea;
  readonly x: Scale;
  readonly y: Scale;
  readonly xRange: Range;
  readonly yRange: Range;
  /** Only whole numbers are steps. */
  readonly hasWholeX?: boolean;
  readonly yText?: (value: number) => string;
}

export function axesOf({ plot, x, y, xRange, yRange, hasWholeX = false, yText = tickText }: Axes): readonly Shape[] {
  const ticks = ticksOf(xRange, Math.max(2, Math.floor((plot.right - plot.left) / 60)));
  return [
    ...ticksOf(yRange, 4).flatMap((value): readonly Shape[] => [
      {
        tag: 'line',
        attributes: { x1: plot.left, x2: plot.right, y1: y(value), y2: y(value), class: 'evom-Chart-grid' },
      },
      textShape(plot.left - 6, y(value) + 4, yText(value), { 'text-anchor': 'end', class: 'evom-Chart-quiet' }),
    ]),
    ...ticks
      .filter((value) => !hasWholeX || Number.isInteger(value))
      .map((value) =>
        textShape(x(value), plot.bottom + 16, tickText(value), { 'text-anchor': 'middle', class: 'evom-Chart-quiet' }),
      ),
  ];
}
