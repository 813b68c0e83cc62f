/** The numbers of a figure as a table: what is read where the picture is not, and what a CSV file holds. */

import type { CellValue } from '../text/separated-values.ts';
import type { StepChart } from './chart.ts';

export interface FigureTable {
  readonly caption: string;
  readonly header: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly CellValue[])[];
}

/** By step: a column for each series, and two more for its interval. All charts have the same steps. */
export function stepTable(caption: string, charts: readonly StepChart[]): FigureTable {
  const [first] = charts;
  const columns = charts.flatMap(({ title, series }) =>
    series.flatMap(({ name, values, band }) => {
      const full = name === title ? title : `${title}: ${name}`;
      if (band === undefined) return [{ name: full, values }];
      return [
        { name: full, values },
        { name: `${full}, low`, values: band.map(({ low }) => low) },
        { name: `${full}, high`, values: band.map(({ high }) => high) },
      ];
    }),
  );
  return {
    caption,
    header: [first?.xTitle ?? 'step', ...columns.map(({ name }) => name)],
    rows: (first?.x ?? []).map((step, index) => [step, ...columns.map(({ values }) => values[index] ?? null)]),
  };
}
