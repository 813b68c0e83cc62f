/**
 * A part's rewards over all steps, one surface a step, the newest in front. Heights are shares of the step's rewards, so
 * that steps of different sizes can be compared.
 */

import type { HistogramData, HistogramStep } from '../../../../kernel/spec/mime.ts';
import { axesOf, frameOf } from '../../figure/frame.ts';
import { linearScale } from '../../figure/scale.ts';
import { type Drawing, pathThrough, type Shape, textShape } from '../../figure/shape.ts';

/** Steps that are drawn; of more, evenly chosen ones, the first and the last among them. */
const MOST = 40;
/** Pixels from one step to the next, and of a surface that holds all rewards. */
const [DISTANCE, HEIGHT] = [12, 60];

export interface RidgelineOptions {
  readonly part: number;
  readonly hidden: ReadonlySet<string>;
  /** Position of the step that is shown as bars. */
  readonly chosen: number;
  readonly width: number;
}

export function drawRidgeline(
  { parts, steps }: HistogramData,
  { part, hidden, chosen, width }: RidgelineOptions,
): Drawing {
  const { name, edges } = parts[part] ?? { name: '', edges: [0, 1] };
  const positions = chooseSteps(steps.length, chosen);
  const plotHeight = HEIGHT + positions.length * DISTANCE;
  const frame = frameOf({ title: `${name}, by step`, xTitle: 'reward', series: [], width, plotHeight, isLine: false });
  const { plot } = frame;
  const xRange = [edges[0] ?? 0, edges.at(-1) ?? 1] as const;
  const x = linearScale(xRange, [plot.left, plot.right]);
  const axes = axesOf({ plot, x, y: () => 0, xRange, yRange: [0, 0], yText: () => '' }).filter(
    ({ tag }) => tag === 'text',
  );
  const ridges = positions.map((position, row): Shape => {
    const bottom = plot.top + HEIGHT + row * DISTANCE;
    const step = steps[position] as HistogramStep;
    const outline = sharesOf(step, part, hidden).flatMap((share, bin): readonly (readonly [number, number])[] => {
      const y = bottom - share * HEIGHT;
      return [
        [x(edges[bin] as number), y],
        [x(edges[bin + 1] as number), y],
      ];
    });
    const d = `${pathThrough([[plot.left, bottom], ...outline, [plot.right, bottom]])}Z`;
    const isNamed = position === chosen || row % Math.ceil(positions.length / 12) === 0;
    return {
      tag: 'g',
      attributes: {
        class: position === chosen ? 'evom-Ridge evom-Ridge-chosen' : 'evom-Ridge',
        'data-position': position,
      },
      content: [
        { tag: 'path', attributes: { d } },
        ...(isNamed
          ? [textShape(plot.left - 6, bottom + 3, String(step.step ?? position), { 'text-anchor': 'end' })]
          : []),
      ],
    };
  });
  return { width, height: frame.height, plot, shapes: [...frame.shapes, ...axes, ...ridges] };
}

/** Of the step's rewards, by bin, of the solvers that are shown. */
export function sharesOf({ solvers }: HistogramStep, part: number, hidden: ReadonlySet<string>): readonly number[] {
  const shown = solvers.filter(({ solver }) => !hidden.has(solver)).map(({ counts }) => counts[part] ?? []);
  const sums = (shown[0] ?? []).map((_, bin) => shown.reduce((sum, counts) => sum + (counts[bin] ?? 0), 0));
  const total = sums.reduce((sum, count) => sum + count, 0);
  return sums.map((count) => (total === 0 ? 0 : count / total));
}

/** Positions in order; the chosen one is among them. */
export function chooseSteps(count: number, chosen: number): readonly number[] {
  const some = Math.min(count, MOST);
  const even = Array.from({ length: some }, (_, index) =>
    some < 2 ? 0 : Math.round((index * (count - 1)) / (some - 1)),
  );
  return [...new Set([...even, chosen])].filter((position) => position < count).sort((left, right) => left - right);
}
