import { expect, test } from 'vitest';
import type { Shape } from '../../../labextension/src/figure/shape.ts';
import { binName, isSameRange, spanOf } from '../../../labextension/src/views/histogram/bin-range.ts';
import { histogramCharts } from '../../../labextension/src/views/histogram/histogram-chart.ts';
import { binTable, groupTable, histogramSummary } from '../../../labextension/src/views/histogram/histogram-table.ts';
import { chooseSteps, drawRidgeline, sharesOf } from '../../../labextension/src/views/histogram/ridgeline.ts';
import { makeHistogram } from '../figure-data.ts';

const DATA = makeHistogram(3);
const STEP = DATA.steps[0]!;

test('there is a chart for each part, with a series for each solver that is shown', () => {
  const charts = histogramCharts(DATA, STEP, new Set(['scip']));
  expect(charts.map(({ title }) => title)).toEqual(['total', 'format']);
  expect(charts[0]?.series).toMatchObject([{ name: 'HiGHS', values: [4, 2, 2, 0] }]);
});

test('a ridge is a share of its step, of the solvers that are shown', () => {
  expect(sharesOf(STEP, 0, new Set())).toEqual([6 / 16, 8 / 16, 2 / 16, 0]);
  expect(sharesOf(STEP, 0, new Set(['scip']))).toEqual([0.5, 0.25, 0.25, 0]);
  expect(sharesOf(STEP, 0, new Set(['scip', 'highs']))).toEqual([]);
});

test('of many steps the ridgeline has some, the first, the last and the chosen one among them', () => {
  const positions = chooseSteps(1000, 501);
  expect(positions).toEqual(expect.arrayContaining([0, 501, 999]));
  expect(positions.length).toBeLessThanOrEqual(41);
  expect(positions).toEqual([...positions].sort((left, right) => left - right));
  expect(chooseSteps(1, 0)).toEqual([0]);
});

test('the chosen step of the ridgeline is marked', () => {
  const { shapes } = drawRidgeline(DATA, { part: 0, hidden: new Set(), chosen: 1, width: 400 });
  const ridges = shapes.filter(({ attributes }: Shape) => 'data-position' in attributes);
  expect(ridges.map(({ attributes }) => attributes['class'])).toEqual([
    'evom-Ridge',
    'evom-Ridge evom-Ridge-chosen',
    'evom-Ridge',
  ]);
});

test('the tables tell every bin, and what each group could teach', () => {
  expect(binTable(DATA).rows).toHaveLength(3 * 2 * 2 * 4);
  const { header, rows } = groupTable(DATA, STEP);
  const told = Object.fromEntries(header.map((name, index) => [name, rows[0]?.[index]]));
  expect(told).toMatchObject({ solver: 'HiGHS', rollouts: 10, masked: 2, infra: 1, 'zero variance': 2, 'all fail': 1 });
  expect(histogramSummary(DATA, STEP)).toContain('HiGHS: mean 0.5 of 10 rollouts, 2 masked, 2 of 4 groups');
});

test('a range of bins is named by the rewards that it holds', () => {
  expect(binName({ edges: [0, 0.5, 1] }, spanOf(1, 0))).toBe('0 to below 1');
  expect(isSameRange([0, 1], spanOf(1, 0))).toBe(true);
  expect(isSameRange(null, [0, 0])).toBe(false);
});
