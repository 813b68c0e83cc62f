/** Bars over bins. Each bin has a place of its full height that takes the pointer, as a bar may be too low to hit. */

import type { BarChart } from './chart.ts';
import { axesOf, frameOf } from './frame.ts';
import { linearScale } from './scale.ts';
import { type Drawing, filled, pixel, type Shape } from './shape.ts';

const PLOT_HEIGHT = 140;

export function drawBarChart(chart: BarChart, width: number): Drawing {
  const { edges, series } = chart;
  const frame = frameOf({ ...chart, width, plotHeight: PLOT_HEIGHT, isLine: false });
  const { plot } = frame;
  const xRange = [edges[0] ?? 0, edges.at(-1) ?? 1] as const;
  const most = Math.max(1, ...binTotals(chart));
  const x = linearScale(xRange, [plot.left, plot.right]);
  const y = linearScale([0, most], [plot.bottom, plot.top]);
  const axes = axesOf({ plot, x, y, xRange, yRange: [0, most] });
  const bins = edges.slice(1).map((edge, bin): Shape => {
    const [left, right] = [x(edges[bin] as number), x(edge)];
    let below = 0;
    const bars = series.flatMap(({ values, colour }): readonly Shape[] => {
      const count = values[bin] ?? 0;
      if (count === 0) return [];
      const [top, bottom] = [y(below + count), y(below)];
      below += count;
      const size = {
        x: pixel(left + 0.5),
        y: pixel(top),
        width: pixel(Math.max(1, right - left - 1)),
        height: pixel(bottom - top),
      };
      return [{ tag: 'rect', attributes: { ...size, style: filled(colour) } }];
    });
    const place = { x: pixel(left), y: plot.top, width: pixel(right - left), height: plot.bottom - plot.top };
    return {
      tag: 'g',
      attributes: { class: 'evom-Bin', 'data-bin': bin },
      content: [...bars, { tag: 'rect', attributes: { ...place, class: 'evom-Bin-place' } }],
    };
  });
  return { width, height: frame.height, plot, shapes: [...frame.shapes, ...axes, ...bins] };
}

/** Of all series together. */
export function binTotals({ edges, series }: BarChart): readonly number[] {
  return edges.slice(1).map((_, bin) => series.reduce((sum, { values }) => sum + (values[bin] ?? 0), 0));
}
