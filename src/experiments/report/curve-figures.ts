import { escapeText } from '../../escape-text.ts';
import { describeTraining } from '../experiment.ts';
import { type Cell, RowIndex } from '../judging/scores.ts';
import { HELD_OUT } from '../problem-sets.ts';
import type { ArmRecord } from '../record.ts';
import type { Results } from '../results.ts';
import { LEGEND_X, LEGEND_Y, type Plot, plot } from './plot.ts';
import { colourOf, type Figure, line, round, svgFigure, text } from './svg.ts';
import { percent } from './table.ts';

/** Gain against forgetting: accuracy on the source solver along, on the target up; a mark a setting. Null without both. */
export function forgettingFigure(results: Results): Figure | null {
  const { record, rows } = results;
  const { source, target } = record.preset;
  const index = new RowIndex(rows);
  const settings = record.arms.flatMap((arm) => {
    const [along, up] = [source, target].map((solver) =>
      index.cellOf({ arm: arm.name, solver, split: HELD_OUT, mode: 'greedy' }),
    ) as [Cell, Cell];
    return along.accuracy === null || up.accuracy === null ? [] : [{ arm, along, up }];
  });
  if (settings.length < 2) return null;
  const shares = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const area = plot({
    x: `accuracy on ${source}, %`,
    y: `accuracy on ${target}, %`,
    xMax: 1,
    ticks: shares.map((share) => [share, String(Math.round(100 * share))] as const),
    legendWidth: legendWidth(settings.map(({ arm }) => arm.label)),
  });
  const body = settings.flatMap(({ arm, along, up }, row) => {
    const className = classOf(arm, record.arms);
    const [x, y] = area.at(along.accuracy ?? 0, up.accuracy ?? 0);
    const said = `${arm.label}: ${percent(along.accuracy)} on ${source}, ${percent(up.accuracy)} on ${target}`;
    return [
      line(area.at(along.interval.low, up.accuracy ?? 0), area.at(along.interval.high, up.accuracy ?? 0), className),
      line(area.at(along.accuracy ?? 0, up.interval.low), area.at(along.accuracy ?? 0, up.interval.high), className),
      mark(arm, [x, y], className, `${said}. ${describeTraining(arm.training)}`),
      text([x + 8, y - 6], String(row + 1), { className: 'quiet' }),
      mark(arm, [LEGEND_X, legendY(row) - 4], className, said),
      text([LEGEND_X + 12, legendY(row)], `${row + 1}  ${arm.label}`),
    ];
  });
  const told = settings.map(
    ({ arm, along, up }) => `${arm.label} ${percent(along.accuracy)} and ${percent(up.accuracy)}`,
  );
  const description = `Accuracy in percent on ${source} and on ${target}, held-out set, greedy, with 95 % intervals: ${told.join('; ')}.`;
  const title = `${record.title}: gain on ${source} against forgetting on ${target}`;
  return svgFigure('gain-against-forgetting', { title, description }, size(area, settings.length), [
    ...area.axes,
    ...body,
  ]);
}

/** Validation accuracy by step, a line a seed. Null where nothing was trained. */
export function learningFigure({ record, trainings }: Results): Figure | null {
  const arms = record.arms.filter(({ name, isMarked }) => isMarked && trainings.some(({ arm }) => arm === name));
  if (arms.length === 0) return null;
  const own = trainings.filter(({ arm }) => arms.some(({ name }) => name === arm));
  const last = Math.max(1, ...own.flatMap(({ points }) => points.map(({ step }) => step)));
  const area = plot({
    x: 'updates',
    y: 'validation accuracy, %',
    xMax: last,
    ticks: [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last)))].map((step) => [
      step,
      String(step),
    ]),
    legendWidth: legendWidth(arms.map(({ label }) => label)),
  });
  const body = arms.flatMap((arm, row) => {
    const className = classOf(arm, record.arms);
    return [
      ...own
        .filter((training) => training.arm === arm.name)
        .map(({ seed, points }) => {
          const path = points.map(({ step, accuracy }) => area.at(step, accuracy).map(round).join(',')).join(' ');
          const said = escapeText(`${arm.label}, seed ${seed}`);
          return `<polyline class="${className} curve" style="fill:none" points="${path}"><title>${said}</title></polyline>`;
        }),
      line([LEGEND_X - 6, legendY(row) - 4], [LEGEND_X + 6, legendY(row) - 4], className),
      text([LEGEND_X + 12, legendY(row)], arm.label),
    ];
  });
  const told = own.map(
    ({ arm, seed, points }) =>
      `${arm}, seed ${seed}: ${points.map(({ step, accuracy }) => `${step} ${percent(accuracy)}`).join(', ')}`,
  );
  const description = `Greedy accuracy on the validation set in percent by updates, a line for each seed: ${told.join('; ')}.`;
  return svgFigure('learning', { title: `${record.title}: learning curves`, description }, size(area, arms.length), [
    ...area.axes,
    ...body,
  ]);
}

/** Each marked arm has its colour in every figure; a setting of the sweep has that of the marked arm of its kind. */
function classOf({ name, training }: ArmRecord, arms: readonly ArmRecord[]): string {
  if (training === null) return 'base';
  const marked = arms.filter((arm) => arm.isMarked && arm.training !== null);
  const own = marked.findIndex((arm) => arm.name === name);
  return colourOf(own >= 0 ? own : marked.findIndex((arm) => arm.training?.kind === training.kind));
}

/** A circle for SFT, a square for RL, a diamond for the base; marked settings are larger. */
function mark(
  { training, isMarked }: ArmRecord,
  [x, y]: readonly [number, number],
  className: string,
  said: string,
): string {
  const radius = isMarked ? 6 : 4;
  const title = `<title>${escapeText(said)}</title>`;
  if (training?.kind === 'sft')
    return `<circle class="${className}" cx="${round(x)}" cy="${round(y)}" r="${radius}">${title}</circle>`;
  const turned = training === null ? ` transform="rotate(45 ${round(x)} ${round(y)})"` : '';
  return `<rect class="${className}" x="${round(x - radius)}" y="${round(y - radius)}" width="${2 * radius}" height="${2 * radius}"${turned}>${title}</rect>`;
}

function legendY(row: number): number {
  return LEGEND_Y + 20 * row;
}

function legendWidth(labels: readonly string[]): number {
  return 60 + 6.6 * Math.max(...labels.map((label) => label.length));
}

function size({ width, height }: Plot, rows: number): readonly [number, number] {
  return [Math.ceil(width), Math.max(height, legendY(rows) + 10)];
}
