/**
 * Whether training changed anything: a score against that of the policy that nothing was taught. Two intervals that do not
 * overlap differ; where they overlap nobody can say. It is stricter than a test of the difference.
 */

import type { ScoreData, TransferRowData } from '../../../../kernel/spec/mime.ts';

export type Significance = 'above' | 'below' | 'unclear';

type Interval = Pick<ScoreData, 'low' | 'high' | 'n'>;

/** The first row that nothing was taught; null where there is none, or no other. */
export function baseRow(rows: readonly TransferRowData[]): TransferRowData | null {
  return rows.length < 2 ? null : (rows.find(({ trainedOn }) => trainedOn.length === 0) ?? null);
}

export function compareToBase(score: Interval, base: Interval): Significance {
  if (score.n === 0 || base.n === 0) return 'unclear';
  if (score.low > base.high) return 'above';
  return score.high < base.low ? 'below' : 'unclear';
}

export const SIGNIFICANCE_MARKS: Readonly<Record<Significance, string>> = {
  above: '▲ above base',
  below: '▼ below base',
  unclear: '',
};
