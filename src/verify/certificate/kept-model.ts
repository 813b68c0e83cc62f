/**
 * What an observation keeps of an exported model for people: some text, which way it goes, and the values that are not
 * zero. Not covered: large models are kept as their solver wrote them, not as LP text, and any text is cut.
 */

import type { Highs, Model } from 'highs';
import type { KeptModel } from '../../types.ts';
import type { SolveClaim } from '../protocol.ts';

/** UTF-16 code units. */
const TEXT_LIMIT = 4096;
const MOST_VALUES = 50;
const LONGEST_NAME = 100;
/** Beyond it the whole LP text would be built for its beginning alone. */
const LARGEST_LP_SOURCE = 4 * 1024 ** 2;

/** HiGHS's remark on itself, at the top of what it writes. */
const REMARK = /^\\.*\n/;

type ModelText = Omit<KeptModel, 'solution'>;

/** As HiGHS reads it; null where it is too large. Throws where HiGHS does. */
export function modelAsLp(highs: Highs, mps: string): ModelText | null {
  if (mps.length > LARGEST_LP_SOURCE) return null;
  return highs.withModel({ format: 'mps', data: mps }, (model): ModelText => {
    const text = model.exportModel('lp').replace(REMARK, '');
    const isMinimal = model.getObjectiveSense() === highs.constants.objectiveSense.minimize;
    return { format: 'lp', ...beginning(text), sense: isMinimal ? 'minimize' : 'maximize' };
  });
}

/** Of a model that was solved to an optimum. */
export function solutionOf(model: Model): NonNullable<KeptModel['solution']> {
  const nonzero = [...model.getSolution().colValue.entries()].filter(([, value]) => value !== 0);
  const values = nonzero
    .slice(0, MOST_VALUES)
    .map(([column, value]) => ({ name: model.getColName(column).slice(0, LONGEST_NAME).toWellFormed(), value }));
  return { values, nonzeros: nonzero.length };
}

/** As its solver wrote it; null where it wrote none. */
export function modelAsExported({ model, format }: SolveClaim): KeptModel | null {
  if (model === null || format === null) return null;
  return { format, ...beginning(model), sense: null, solution: null };
}

function beginning(text: string): Pick<KeptModel, 'text' | 'length'> {
  return { text: text.slice(0, TEXT_LIMIT).toWellFormed(), length: text.length };
}
