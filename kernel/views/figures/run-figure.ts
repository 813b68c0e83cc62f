/** A run's curves by step, in six panels. */

import { colourOf, type Figure, line, svgFigure, text } from '../../../src/experiments/report/svg.ts';
import type { RunData, RunStep } from '../../spec/mime.ts';
import { partOf } from '../data/values.ts';
import { sortedCounts } from '../text/marks.ts';
import { settled } from '../text/numbers.ts';
import { oneLine } from '../text/plain.ts';
import { band, curve, type Panel, panel, rangeOf } from './panel.ts';

const [LEFT, TOP, WIDTH, HEIGHT, COLUMN, ROW, COLUMNS] = [58, 66, 200, 130, 380, 204, 3];
/** Series of a panel that have room in its legend. */
const SERIES = 6;

interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** 95 %. */
  readonly intervals?: readonly { readonly low: number; readonly high: number }[];
}

interface PanelPlan {
  readonly title: string;
  readonly isShare?: boolean;
  readonly series: readonly Series[];
}

export function runFigure({ run, solvers, steps, progress, cause }: RunData): Figure {
  const plans = plansOf(steps);
  const name = run === null ? 'Update by hand' : `Run ${oneLine(run, 60)}`;
  const state = progress.state === 'done' ? '' : `, ${progress.state}`;
  const title = `${name} on ${solvers.join(', ')}: ${steps.length} of ${progress.total} steps${state}`;
  const why = cause === null ? '' : `Nothing is learnt. ${cause.sentence} ${cause.advice}`;
  const last = steps.at(-1);
  const description = `Last step: ${plans.flatMap(({ series }) => series.map((one) => `${one.name} ${one.values.at(-1) ?? 'unknown'}`)).join(', ')}.`;
  const rows = Math.ceil(plans.length / COLUMNS);
  const body = [
    text([12, 22], title),
    text([12, 40], why, { className: 'quiet' }),
    ...plans.flatMap((plan, index) => panelOf(plan, index, steps)),
  ];
  const size = [COLUMNS * COLUMN, TOP + rows * ROW - (last === undefined ? ROW : 20)] as const;
  return svgFigure('run', { title, description }, size, body);
}

function plansOf(steps: readonly RunStep[]): readonly PanelPlan[] {
  const [first] = steps;
  const words = sortedCounts(Object.assign({}, ...steps.map(({ verdicts }) => verdicts))).map(([word]) => word);
  const parts = [...new Set(steps.flatMap(({ reward }) => Object.keys(reward.parts)))];
  const of = (name: string, value: (step: RunStep) => number | null): Series => ({ name, values: steps.map(value) });
  const hasValidation = steps.some(({ validation }) => validation !== null);
  return [
    {
      title: 'accuracy',
      isShare: true,
      series: [
        ...(first?.scores ?? []).map(({ epsilon }, index) => ({
          ...of(`ε ${epsilon}`, ({ scores }) => scores[index]?.accuracy ?? null),
          ...(index === 0 && { intervals: steps.map(({ scores }) => scores[index] ?? { low: 0, high: 1 }) }),
        })),
        ...(hasValidation ? [of('validation', ({ validation }) => validation?.accuracy ?? null)] : []),
      ],
    },
    {
      title: 'reward',
      series: [
        of('total', ({ reward }) => reward.mean),
        ...parts.map((part) => of(part, ({ reward }) => partOf(reward.parts, part))),
      ],
    },
    {
      title: 'verdicts',
      isShare: true,
      series: words.map((word) => of(word, ({ verdicts, rollouts }) => (verdicts[word] ?? 0) / rollouts)),
    },
    { title: 'loss and KL', series: [of('loss', ({ loss }) => settled(loss)), of('KL', ({ kl }) => kl)] },
    {
      title: 'entropy and clipping',
      series: [of('entropy', ({ entropy }) => entropy), of('clipped', ({ clipFraction }) => clipFraction)],
    },
    { title: 'length, tokens', series: [of('tokens', ({ completionTokens }) => completionTokens)] },
  ];
}

function panelOf(
  { title, series, isShare = false }: PanelPlan,
  index: number,
  steps: readonly RunStep[],
): readonly string[] {
  const shown = series.filter(({ values }) => values.some((value) => value !== null)).slice(0, SERIES);
  const [left, top] = [LEFT + (index % COLUMNS) * COLUMN, TOP + Math.floor(index / COLUMNS) * ROW];
  const indices = steps.map((step) => step.index);
  const values = shown.flatMap((one) => one.values.filter((value) => value !== null));
  const area = panel({
    ...{ left, top, width: WIDTH, height: HEIGHT, title, isShare, xTicks: stepTicks(indices) },
    ...{ x: rangeOf(indices), y: isShare ? [0, 1] : rangeOf(values, [0, 0]) },
  });
  const legendX = left + WIDTH + 6;
  return [
    ...area.axes,
    ...shown.flatMap((one, row) => [
      ...seriesOf(one, area, indices, colourOf(row)),
      line([legendX, top + 14 * row], [legendX + 10, top + 14 * row], colourOf(row)),
      text([legendX + 13, top + 14 * row + 4], oneLine(one.name, 16), { className: 'quiet' }),
    ]),
  ];
}

function seriesOf(
  { values, intervals }: Series,
  area: Panel,
  indices: readonly number[],
  className: string,
): readonly string[] {
  const at = (index: number): number => indices[index] ?? 0;
  const points = values.map((value, index) => (value === null ? null : area.at(at(index), value)));
  if (intervals === undefined) return curve(points, className);
  const [low, high] = (['low', 'high'] as const).map((side) =>
    intervals.map((one, index) => area.at(at(index), one[side])),
  );
  const [from, to] = [low?.[0], high?.[0]];
  if (from === undefined || to === undefined) return [];
  const spread = indices.length === 1 ? line(from, to, className) : band(low ?? [], high ?? [], className);
  return [spread, ...curve(points, className)];
}

function stepTicks(indices: readonly number[]): readonly number[] {
  const [first = 0, last = 0] = [indices[0], indices.at(-1)];
  return [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(first + share * (last - first))))];
}
