/** A histogram in numbers: what it counts, in a sentence and as tables. */

import type { HistogramData, HistogramStep } from '../../../../kernel/spec/mime.ts';
import type { FigureTable } from '../../figure/figure-table.ts';
import { solverTitle } from '../../palette.ts';
import { rounded } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';

/** Every step, solver, part and bin. */
export function binTable({ parts, steps }: HistogramData): FigureTable {
  return {
    caption: 'Rollouts by reward',
    header: ['step', 'solver', 'part', 'from', 'to (not included)', 'rollouts'],
    rows: steps.flatMap(({ step, solvers }) =>
      solvers.flatMap(({ solver, counts }) =>
        parts.flatMap(({ name, edges }, part) =>
          (counts[part] ?? []).map((count, bin) => [
            step,
            solver,
            name,
            edges[bin] ?? null,
            edges[bin + 1] ?? null,
            count,
          ]),
        ),
      ),
    ),
  };
}

/** Of one step, a row a solver: how many teach something, and how many are left out and why. */
export function groupTable({ parts }: HistogramData, { step, solvers }: HistogramStep): FigureTable {
  return {
    caption: step === null ? 'Rollouts and groups' : `Rollouts and groups of step ${step}`,
    header: [
      ...['solver', 'rollouts', ...parts.map(({ name }) => `mean ${oneLine(name, 30)}`)],
      ...['masked', 'infra', 'truncated'],
      ...['groups', 'zero variance', 'all pass', 'all fail', 'all masked'],
    ],
    rows: solvers.map(({ solver, rollouts, means, masked, infra, truncated, groups }) => [
      ...[solverTitle(solver), rollouts, ...means.map((mean) => (mean === null ? null : Number(mean.toPrecision(4))))],
      ...[masked, infra, truncated],
      ...[groups.total, groups.zeroVariance, groups.allPass, groups.allFail, groups.allMasked],
    ]),
  };
}

export function histogramSummary({ steps }: HistogramData, { step, solvers }: HistogramStep): string {
  const told = solvers.map(({ solver, rollouts, means, masked, groups }) => {
    const mean = rounded(means[0] ?? null, 3);
    return `${solverTitle(solver)}: mean ${mean} of ${rollouts} rollouts, ${masked} masked, ${groups.zeroVariance} of ${groups.total} groups with equal rewards`;
  });
  const which = step === null ? '' : `Step ${step}, one of ${steps.length}. `;
  return `${which}${told.join('; ') || 'No rewards'}.`;
}
