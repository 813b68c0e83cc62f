/**
 * Rewards, as `application/vnd.evom.histogram.v1+json` with the rollouts behind it in the same bundle, so that one view can
 * show both; a picture of the histogram for who has no view.
 */

import { pngOf } from '../../src/experiments/report/png.ts';
import { renderTable } from '../../src/text-table.ts';
import type { HistogramData, RolloutsData } from '../spec/mime.ts';
import { type Bundle, bundle } from './bundle.ts';
import { histogramFigure, lintLine } from './figures/histogram-figure.ts';
import { rolloutsPlain } from './rollouts-view.ts';
import { rounded } from './text/numbers.ts';
import { oneLine } from './text/plain.ts';
import { paragraphs } from './text/progress.ts';

export function rewardsView(histogram: HistogramData, rollouts: RolloutsData, score: string): Bundle {
  return bundle(
    { 'application/vnd.evom.histogram.v1+json': histogram, 'application/vnd.evom.rollouts.v1+json': rollouts },
    {
      picture: pngOf(histogramFigure(histogram).svg),
      plain: paragraphs(
        titleOf(histogram),
        score,
        lintLine(histogram),
        histogramPlain(histogram),
        rolloutsPlain(rollouts),
      ),
    },
  );
}

function titleOf({ reward }: HistogramData): string {
  return reward === null ? '' : `Reward ${oneLine(reward)}.`;
}

/** Of the newest step: means and groups, a line for each solver. */
function histogramPlain({ parts, steps }: HistogramData): string {
  const header = [
    ...['solver', 'rollouts', ...parts.map(({ name }) => `mean ${oneLine(name, 16)}`), 'masked'],
    ...['groups', 'all equal', 'all pass', 'all fail'],
  ];
  const rows = (steps.at(-1)?.solvers ?? []).map(({ solver, rollouts, means, masked, groups }) => [
    ...[solver, String(rollouts), ...means.map((mean) => rounded(mean, 3)), String(masked)],
    ...[groups.total, groups.zeroVariance, groups.allPass, groups.allFail].map(String),
  ]);
  return renderTable([header, ...rows]);
}
