/** Charts as shapes. */

import { expect, test } from 'vitest';
import { binTotals, drawBarChart } from '../../../labextension/src/figure/bar-chart.ts';
import type { BarChart, StepChart } from '../../../labextension/src/figure/chart.ts';
import { solverColour } from '../../../labextension/src/figure/colours.ts';
import { stepTable } from '../../../labextension/src/figure/figure-table.ts';
import { plotlyTraces } from '../../../labextension/src/figure/plotly-traces.ts';
import type { Shape } from '../../../labextension/src/figure/shape.ts';
import { drawStepChart } from '../../../labextension/src/figure/step-chart.ts';

const LINES: StepChart = {
  ...{ kind: 'lines', title: 'accuracy', xTitle: 'step', x: [0, 1, 2, 3], isShare: true },
  series: [{ name: 'ε 0.05', colour: '--evom-blue', values: [0.1, null, 0.3, 0.4] }],
};
const BARS: BarChart = {
  ...{ kind: 'bars', title: 'total', xTitle: 'reward', edges: [0, 1, 2] },
  series: [
    { name: 'HiGHS', colour: '--evom-green', values: [3, 1] },
    { name: 'SCIP', colour: '--evom-orange', values: [0, 4] },
  ],
};

function flat(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.flatMap((shape) => [shape, ...(typeof shape.content === 'object' ? flat(shape.content) : [])]);
}

function ofClass(shapes: readonly Shape[], name: string): readonly Shape[] {
  return flat(shapes).filter(({ attributes }) => attributes['class'] === name);
}

test('a line is broken where a value is missing, and a value alone is a dot', () => {
  const { shapes } = drawStepChart(LINES, 300);
  expect(ofClass(shapes, 'evom-Chart-line').filter(({ tag }) => tag === 'path')).toHaveLength(1);
  expect(flat(shapes).filter(({ tag }) => tag === 'circle')).toHaveLength(1);
});

test('an interval is a surface below its line', () => {
  const band = [0, 1, 2, 3].map(() => ({ low: 0.1, high: 0.9 }));
  const { shapes } = drawStepChart({ ...LINES, series: [{ ...LINES.series[0]!, band }] }, 300);
  expect(ofClass(shapes, 'evom-Chart-band')).toHaveLength(2);
});

test('areas of a stack fill what is between them, and one step alone has a width', () => {
  const stack: StepChart = {
    ...LINES,
    kind: 'stack',
    x: [5],
    series: [0.25, 0.75].map((share, index) => ({ name: `${index}`, colour: '--evom-blue', values: [share] })),
  };
  const { shapes, plot } = drawStepChart(stack, 300);
  const [low, high] = ofClass(shapes, 'evom-Chart-area').map(({ attributes }) => String(attributes['d']));
  expect(low).toContain(`,${plot.bottom}`);
  expect(high).toContain(`,${plot.top}`);
  expect(new Set(low?.match(/[ML][\d.]+/g)?.map((word) => word.slice(1))).size).toBe(2);
});

test('all that is drawn lies within the given width, also where it is narrow', () => {
  for (const width of [240, 320, 1000]) {
    for (const { shapes } of [drawStepChart(LINES, width), drawBarChart(BARS, width)]) {
      for (const { attributes } of flat(shapes)) {
        for (const name of ['x', 'x1', 'x2', 'cx']) expect(Number(attributes[name] ?? 0)).toBeLessThanOrEqual(width);
      }
    }
  }
});

test('bars of a bin stand on one another, and each bin has a place for the pointer', () => {
  const { shapes, plot } = drawBarChart(BARS, 300);
  const bins = shapes.filter(({ attributes }) => attributes['class'] === 'evom-Bin');
  expect(bins.map(({ attributes }) => attributes['data-bin'])).toEqual([0, 1]);
  const [green, orange, place] = bins[1]!.content as readonly Shape[];
  expect(Number(orange?.attributes['y']) + Number(orange?.attributes['height'])).toBe(green?.attributes['y']);
  expect(place?.attributes['height']).toBe(plot.bottom - plot.top);
  expect(binTotals(BARS)).toEqual([3, 5]);
});

test('the table has a column for each series and its interval, and a row for each step', () => {
  const band = [0, 1, 2, 3].map(() => ({ low: 0.1, high: 0.9 }));
  expect(stepTable('By step', [{ ...LINES, series: [{ ...LINES.series[0]!, band }] }])).toMatchObject({
    header: ['step', 'accuracy: ε 0.05', 'accuracy: ε 0.05, low', 'accuracy: ε 0.05, high'],
    rows: [[0, 0.1, 0.1, 0.9], [1, null, 0.1, 0.9], {}, {}],
  });
});

test('no name reaches Plotly as markup', () => {
  const hostile = '<a href="https://example.org">x</a>&';
  const chart: StepChart = { ...LINES, title: hostile, series: [{ ...LINES.series[0]!, name: hostile }] };
  const { traces, layout } = plotlyTraces(chart, () => '#000000');
  expect(JSON.stringify([traces, layout['title']])).not.toMatch(/[<>]/);
});

test('a solver has one colour; names of prototypes have the colour of what nobody knows', () => {
  expect(solverColour('highs')).not.toBe(solverColour('scip'));
  for (const name of ['__proto__', 'constructor', 'toString']) expect(solverColour(name)).toBe('--evom-black');
});
