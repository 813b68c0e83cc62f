/**
 * What the walkthroughs say and draw with, so that their cells show ideas instead of SVG: each gives a value that Jupyter
 * shows. Figures are PNGs, which every viewer of a notebook shows, with what they tell as text beside them.
 */

import { band, curve, type Panel, panel, rangeOf } from '../kernel/views/figures/panel.ts';
import { pngOf } from '../src/experiments/report/png.ts';
import { colourOf, line, round, svgFigure, text } from '../src/experiments/report/svg.ts';

/** What a cell shows of it: texts by MIME type. */
export interface Shown {
  [key: symbol]: () => Readonly<Record<string, string>>;
}

type Point = readonly [number, number];

const LINE = 18;
/** Pixels of a picture for one of its SVG: notebooks show a picture as large as it is. */
const ZOOM = 1.25;
const DISPLAY = Symbol.for('Jupyter.display');

/** Markdown whose numbers come from the cell. */
export function say(markdown: string): Shown {
  return { [DISPLAY]: () => ({ 'text/markdown': markdown, 'text/plain': markdown }) };
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Bars of one colour belong together. Default 0. */
  readonly colour?: number;
  /** Default: the value, rounded. */
  readonly label?: string;
}

/** Bars to the right of 0, and to its left for what is negative, a row each. */
export function bars(title: string, rows: readonly Bar[]): Shown {
  const [left, top, width] = [16 + 7 * Math.max(...rows.map(({ name }) => name.length)), 40, 320];
  const [low, high] = rangeOf(
    rows.map(({ value }) => value),
    [0, 0],
  );
  const at = (value: number): number => left + (width * (value - low)) / (high - low);
  const told = rows.map(({ value, label }) => label ?? String(Number(value.toFixed(3))));
  const drawn = rows.flatMap(({ name, value, colour = 0 }, index) => {
    const y = top + LINE * index;
    const from = Math.min(at(0), at(value));
    const length = Math.max(1, Math.abs(at(value) - at(0)));
    return [
      text([left - 8, y + 11], name, { anchor: 'end' }),
      `<rect class="${colourOf(colour)}" x="${round(from)}" y="${y}" width="${round(length)}" height="${LINE - 5}"/>`,
      text([left + width + 10, y + 11], told[index] ?? '', { className: 'quiet' }),
    ];
  });
  const labels = 7 * Math.max(...told.map(({ length }) => length));
  const zero = line([at(0), top - 4], [at(0), top + LINE * rows.length], 'line');
  return figure(
    title,
    [left + width + 24 + labels, top + LINE * rows.length + 12],
    [...drawn, zero],
    [rows.map(({ name }, index) => `${name} ${told[index]}`).join(', ')],
  );
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A small pair of axes: lines, and the range of x that is marked. */
export interface Axes {
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly marked?: readonly [number, number];
}

/** Pairs of axes side by side, one legend below: curves of the same place have the same colour. */
export function curves(title: string, ...axes: readonly Axes[]): Shown {
  const [left, top, width, height, gap] = [52, 62, 260, 180, 52];
  const drawn = axes.flatMap(({ title: name, curves: lines, marked }, index) => {
    const points = lines.flatMap((one) => one.points);
    const y = rangeOf(points.map(([, value]) => value));
    const area: Panel = panel({
      ...{ left: left + index * (width + gap), top, width, height, title: name },
      ...{ x: rangeOf(points.map(([value]) => value)), y },
    });
    const ends = (value: number): readonly Point[] => (marked ?? []).map((x) => area.at(x, value));
    return [
      ...(marked ? [band(ends(y[0]), ends(y[1]), colourOf(5))] : []),
      ...area.axes,
      ...lines.flatMap((one, series) =>
        curve(
          one.points.map(([x, value]) => area.at(x, value)),
          colourOf(series),
        ),
      ),
    ];
  });
  const below = top + height + 44;
  const names = [...new Set(axes.flatMap((one) => one.curves.map(({ name }) => name)))];
  const legend = names.flatMap((name, index) => [
    `<rect class="${colourOf(index)}" x="14" y="${below + LINE * index - 10}" width="10" height="10"/>`,
    text([30, below + LINE * index], name),
  ]);
  return figure(
    title,
    [left + axes.length * (width + gap), below + LINE * names.length],
    [...drawn, ...legend],
    [...axes.map((one) => one.title), ...names],
  );
}

function figure(title: string, [width, height]: Point, body: readonly string[], told: readonly string[]): Shown {
  const description = `${told.join('. ')}.`;
  const least = Math.max(width, 24 + 7 * title.length);
  const { svg } = svgFigure('figure', { title, description }, [least, height], [text([12, 22], title), ...body]);
  return {
    [DISPLAY]: () => ({ 'image/png': pngOf(svg, ZOOM).toString('base64'), 'text/plain': `${title}. ${description}` }),
  };
}
