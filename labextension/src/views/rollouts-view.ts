/**
 * Completions with what became of them: a table of rollouts or of their groups, filters above it, what is open below it.
 * Whatever a person has chosen stays when the data are replaced.
 */

import type { RolloutsData } from '../../../kernel/spec/mime.ts';
import { element, keepKeys, known } from '../dom.ts';
import { progressLine } from '../parts/progress-line.ts';
import { tableButtons } from '../parts/table-buttons.ts';
import { counted } from '../text/numbers.ts';
import { oneLine } from '../text/visible-text.ts';
import type { View } from '../view-renderer.ts';
import { countLines, countWords } from './rollouts/count-lines.ts';
import { createFilterBar } from './rollouts/filter-bar.ts';
import { filterItems, NO_FILTER, type RolloutFilter } from './rollouts/filter-items.ts';
import { partNames, type RolloutItem, rolloutItems } from './rollouts/items.ts';
import { createTables } from './rollouts/tables.ts';
import { writingNow } from './rollouts/writing-now.ts';

export interface RolloutsView extends View<RolloutsData> {
  /** Shows the rollouts of a histogram's bins: `low` ≤ reward < `high`. Null shows all. */
  filterByReward(part: string | null, low?: number, high?: number): void;
}

export function createRolloutsView(node: HTMLElement): RolloutsView {
  let data: RolloutsData | null = null;
  let items: readonly RolloutItem[] = [];
  let parts: readonly string[] = [];
  let filter: RolloutFilter = NO_FILTER;

  const head = element('div');
  const writing = element('div');
  const bar = createFilterBar((next) => {
    filter = next(filter);
    showFiltered();
  });
  const tables = createTables();
  const found = element('span.Quiet', { role: 'status' });
  const buttons = tableButtons('rollouts', () => tables.read());
  node.classList.add('evom-Rollouts');
  node.role = 'figure';
  node.append(
    head,
    writing,
    bar.node,
    element('div.Bar', tables.chooser, found, element('span.Screen', ...buttons)),
    tables.node,
  );
  keepKeys(node);

  function showFiltered(): void {
    if (data === null) return;
    const filtered = filterItems(items, filter);
    const isLive = data.progress.state === 'running';
    bar.show(filter, filtered, parts);
    // A reader is told of what was asked for, not of each update.
    found.ariaLive = isLive ? 'off' : 'polite';
    found.textContent = foundWords(filtered.shown.length, data);
    tables.show(filtered.shown, items, data.stage);
  }

  return {
    render(next) {
      data = next;
      items = rolloutItems(next);
      parts = next.stage === 'rewarded' ? partNames(items) : [];
      node.ariaLabel = `${counted(next.total)} rollouts. ${countWords(next)}`;
      head.replaceChildren(progressLine(next.progress, unitOf(next)), ...countLines(next), ruleLine(next));
      writing.replaceChildren(...(next.progress.state === 'running' ? writingNow(items) : []));
      showFiltered();
    },
    resize: () => tables.resize(),
    filterByReward(part, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY) {
      filter = { ...filter, reward: part === null ? null : { part, low, high, isBin: true } };
      showFiltered();
    },
  };
}

function unitOf({ stage }: RolloutsData): string {
  return stage === 'generated' ? 'completions' : 'programs';
}

function ruleLine({ rule, run }: RolloutsData): HTMLElement {
  const labels = rule?.labelSet == null ? '' : `, labels ${oneLine(rule.labelSet, 40)}`;
  const parts = known([
    rule && `Verdicts by rule ${oneLine(rule.name, 40)} at ε ${rule.epsilon}${labels}.`,
    run !== null && `Run ${oneLine(run, 60)}.`,
  ]);
  return element('p.Quiet', { hidden: parts.length === 0 }, parts.join(' '));
}

function foundWords(shown: number, { rows, total }: RolloutsData): string {
  const left = total - rows.length;
  const more = left > 0 ? `; ${counted(left)} more are not kept in this notebook` : '';
  const of = shown === rows.length ? counted(shown) : `${counted(shown)} of ${counted(rows.length)}`;
  return `${of} rollouts${more}`;
}
