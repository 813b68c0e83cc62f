/** One group, opened: the problem, its completions, and the same problem across solvers where there are several. */

import { button, element, known, scrolling } from '../../dom.ts';
import { factList } from '../../parts/facts.ts';
import { fold, type OpenFolds } from '../../parts/fold.ts';
import { hiddenCaption, shortTable } from '../../parts/short-table.ts';
import { textBlock } from '../../parts/text-block.ts';
import { rounded } from '../../text/numbers.ts';
import { type ChosenSamples, solverComparison } from '../comparison/solver-comparison.ts';
import { rolloutColumns } from './columns.ts';
import type { RolloutGroup } from './groups.ts';
import { nameOf, type RolloutItem } from './items.ts';

export interface GroupContext {
  readonly folds: OpenFolds;
  readonly chosen: ChosenSamples;
  /** Of the same problem, in the same step, for any solver. */
  readonly siblings: readonly RolloutItem[];
  readonly open: (item: RolloutItem) => void;
}

export function groupDetail(
  group: RolloutGroup,
  { folds, chosen, siblings, open }: GroupContext,
): readonly HTMLElement[] {
  const { problem, items } = group;
  const isAcross = new Set(siblings.map(({ row }) => row.solver)).size > 1;
  return known([
    factList([
      ['answer', typeof problem.answer === 'number' ? rounded(problem.answer, 10) : problem.answer],
      ['mean reward', rounded(group.mean, 3)],
      ['spread', group.spread === 0 ? '0: teaches nothing' : rounded(group.spread, 3)],
      ['masked', group.masked === 0 ? null : String(group.masked)],
    ]),
    fold('Problem', () => textBlock(problem.text, 'Problem'), folds, true),
    fold(`Completions (${items.length})`, () => completionTable(items, open), folds, true),
    isAcross && fold('Solvers side by side', () => solverComparison(siblings, chosen), folds, true),
  ]);
}

/** Most completions of one group that are listed; the table of rollouts has them all. */
const MOST_COMPLETIONS = 256;

function completionTable(items: readonly RolloutItem[], open: (item: RolloutItem) => void): HTMLElement {
  const isRewarded = items.some(({ row }) => row.reward !== null);
  const isRun = items.some(({ row }) => row.observation !== null);
  const columns = rolloutColumns(items, isRewarded ? 'rewarded' : isRun ? 'verified' : 'generated').filter(
    ({ id }) => id !== 'rollout' && id !== 'solver' && id !== 'step',
  );
  const rows = items
    .slice(0, MOST_COMPLETIONS)
    .map((item) => [
      button(nameOf(item), () => open(item), { class: 'evom-Sort' }),
      ...columns.map(({ cell }) => cell(item)),
    ]);
  const table = shortTable(hiddenCaption('Completions of one problem'), [{ title: 'rollout' }, ...columns], rows);
  return element('div.Scroll', scrolling('Completions'), table);
}
