/** One part of a step's rewards as bars, a colour a solver. */

import type { HistogramData, HistogramStep } from '../../../../kernel/spec/mime.ts';
import type { BarChart } from '../../figure/chart.ts';
import { solverColour } from '../../figure/colours.ts';
import { solverTitle } from '../../palette.ts';

/** `hidden`: solvers that are left out. */
export function histogramCharts(
  { parts }: HistogramData,
  { solvers }: HistogramStep,
  hidden: ReadonlySet<string>,
): readonly BarChart[] {
  const shown = solvers.filter(({ solver }) => !hidden.has(solver));
  return parts.map(({ name, edges }, part) => ({
    ...{ kind: 'bars', title: name, xTitle: 'reward', edges },
    series: shown.map(({ solver, counts }) => ({
      name: solverTitle(solver),
      colour: solverColour(solver),
      values: counts[part] ?? [],
    })),
  }));
}
