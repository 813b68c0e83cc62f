/** Charts as plain data: what a panel says, whoever draws it. */

export interface Series {
  readonly name: string;
  /** A property of `style/figures.css`. */
  readonly colour: string;
  /** One for each x; null where it is not known, and there a line is broken. */
  readonly values: readonly (number | null)[];
  /** Of a 95 % interval; one for each x. */
  readonly band?: readonly { readonly low: number; readonly high: number }[];
}

interface ChartBase {
  readonly title: string;
  readonly xTitle: string;
  readonly series: readonly Series[];
}

/** Lines by step; `stack`: areas, the first series at the bottom. */
export interface StepChart extends ChartBase {
  readonly kind: 'lines' | 'stack';
  readonly x: readonly number[];
  /** Shares, shown in percent from 0 to 100. */
  readonly isShare: boolean;
}

/** Bars over bins, the first series at the bottom. */
export interface BarChart extends ChartBase {
  readonly kind: 'bars';
  /** n + 1 edges of n bins. */
  readonly edges: readonly number[];
}

export type Chart = StepChart | BarChart;
