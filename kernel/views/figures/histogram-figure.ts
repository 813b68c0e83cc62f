/** The newest step's rewards as bars: a panel a part, a colour a solver. */

import { colourOf, type Figure, round, svgFigure, text } from '../../../src/experiments/report/svg.ts';
import type { HistogramData, HistogramPart, HistogramSolver } from '../../spec/mime.ts';
import { rounded } from '../text/numbers.ts';
import { oneLine } from '../text/plain.ts';
import { panel } from './panel.ts';

/** Cases of the lint that are named. */
const NAMES = 4;
/** Parts that have room. */
const PANELS = 4;
const [LEFT, TOP, WIDTH, HEIGHT, GAP, LINE] = [52, 56, 220, 180, 52, 18];

export function histogramFigure(data: HistogramData): Figure {
  const { reward, parts, steps } = data;
  const newest = steps.at(-1);
  const solvers = newest?.solvers ?? [];
  const shown = parts.slice(0, PANELS);
  const panels = shown.flatMap((part, index) => panelOf(part, index, solvers));
  const below = TOP + HEIGHT + 44;
  const told = solvers.map(describe);
  const lint = lintLine(data);
  const step = newest?.step ?? null;
  const title = `Rewards${reward === null ? '' : ` by ${oneLine(reward, 40)}`}${step === null ? '' : `, step ${step}`}: rollouts in each bin`;
  const legend = solvers.flatMap((_, index) => [
    `<rect class="${colourOf(index)}" x="14" y="${below + LINE * index - 10}" width="10" height="10"/>`,
    text([30, below + LINE * index], told[index] ?? ''),
  ]);
  const remark = lint === '' ? [] : [text([14, below + LINE * solvers.length], lint)];
  const width = Math.max(
    LEFT + shown.length * (WIDTH + GAP),
    30 + 6.6 * Math.max(0, ...[...told, lint].map(({ length }) => length)),
  );
  const size = [Math.ceil(width), below + LINE * (solvers.length + remark.length) + 2] as const;
  const description = `${told.join('. ')}.`;
  return svgFigure('rewards', { title, description }, size, [text([12, 22], title), ...panels, ...legend, ...remark]);
}

/** Each solver's bars stand on those before. */
function panelOf(part: HistogramPart, index: number, solvers: readonly HistogramSolver[]): readonly string[] {
  const { name, edges } = part;
  const bins = edges.slice(1).map((_, bin) => solvers.map(({ counts }) => counts[index]?.[bin] ?? 0));
  const most = Math.max(1, ...bins.map((counts) => counts.reduce((sum, count) => sum + count, 0)));
  const area = panel({
    ...{ left: LEFT + index * (WIDTH + GAP), top: TOP, width: WIDTH, height: HEIGHT, title: oneLine(name, 24) },
    ...{ x: [edges[0] ?? 0, edges.at(-1) ?? 1] as const, y: [0, most] as const },
  });
  const bars = bins.flatMap((counts, bin) => {
    let below = 0;
    return counts.flatMap((count, series) => {
      if (count === 0) return [];
      const [left, top] = area.at(edges[bin] ?? 0, below + count);
      const [right, bottom] = area.at(edges[bin + 1] ?? 0, below);
      below += count;
      const [width, height] = [Math.max(1, right - left - 1), bottom - top];
      return [
        `<rect class="${colourOf(series)}" x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"/>`,
      ];
    });
  });
  return [...area.axes, ...bars];
}

function describe({ solver, rollouts, masked, infra, truncated, means, groups }: HistogramSolver): string {
  const [mean = null] = means;
  const why = [infra > 0 ? `${infra} infra` : '', truncated > 0 ? `${truncated} truncated` : ''].filter(
    (one) => one !== '',
  );
  const left = masked === 0 ? '' : `, ${masked} masked${why.length > 0 ? ` (${why.join(', ')})` : ''}`;
  const { total, zeroVariance, allPass, allFail } = groups;
  return `${solver}: mean ${rounded(mean, 3)} of ${rollouts} rollouts${left}; ${total} groups, ${zeroVariance} with equal rewards, ${allPass} all pass, ${allFail} all fail`;
}

/** What the lint found, in one line; empty where it found nothing. */
export function lintLine({ lint }: HistogramData): string {
  if (lint === null || lint.failed.length === 0) return '';
  const names = lint.failed.slice(0, NAMES).map(({ name }) => oneLine(name, 40));
  const more = lint.failed.length > NAMES ? ', …' : '';
  return `▲ The reward lint: ${lint.failed.length} of ${lint.cases} cases fail: ${names.join(', ')}${more}`;
}
