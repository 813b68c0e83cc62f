/** What rollouts are filtered by: buttons for verdicts and solvers, a range of the reward, a text. */

import { button, element } from '../../dom.ts';
import { solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { showOptions } from '../../parts/show-options.ts';
import { oneLine } from '../../text/visible-text.ts';
import { createChips } from './chips.ts';
import { type FilteredItems, NO_FILTER, type RolloutFilter } from './filter-items.ts';

export interface FilterBar {
  readonly node: HTMLElement;
  /** `parts` are those of the reward, empty where there is none. */
  show(filter: RolloutFilter, filtered: FilteredItems, parts: readonly string[]): void;
}

/** Time for the next key before the texts are searched. */
const PAUSE_MS = 120;

export function createFilterBar(change: (next: (filter: RolloutFilter) => RolloutFilter) => void): FilterBar {
  const words = createChips('Verdicts', markedWord, (word) =>
    change((filter) => ({ ...filter, words: toggled(filter.words, word) })),
  );
  const solvers = createChips(
    'Solvers',
    (solver) => oneLine(solverTitle(solver), 24),
    (solver) => change((filter) => ({ ...filter, solvers: toggled(filter.solvers, solver) })),
  );

  const field = (type: string, label: string, placeholder: string): HTMLInputElement =>
    element('input.Input', { type, placeholder, step: 'any', 'aria-label': label });
  const search = field('search', 'Text in the rollouts', 'Find text');
  let pause: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => change((filter) => ({ ...filter, text: search.value })), PAUSE_MS);
  });

  const part = element('select.Input', { 'aria-label': 'Part of the reward' });
  const low = field('number', 'Reward at least', 'from');
  const high = field('number', 'Reward at most', 'to');
  const range = element('span.Range', part, low, '–', high);
  const changeRange = (): void => {
    const isFree = low.value === '' && high.value === '';
    const bounds = {
      low: low.value === '' ? Number.NEGATIVE_INFINITY : Number(low.value),
      high: high.value === '' ? Number.POSITIVE_INFINITY : Number(high.value),
    };
    change((filter) => ({ ...filter, reward: isFree ? null : { part: part.value, ...bounds, isBin: false } }));
  };
  for (const one of [part, low, high]) one.addEventListener('change', changeRange);

  const clear = button('Clear filters', () => {
    clearTimeout(pause);
    search.value = '';
    change(() => NO_FILTER);
  });

  return {
    node: element('div.Bar.Screen', words.node, solvers.node, range, search, clear),
    show(filter, filtered, parts) {
      words.show(filtered.words, filter.words);
      solvers.show(filtered.solvers, filter.solvers);
      const names = ['total', ...parts];
      showOptions(
        part,
        names,
        names.map((name) => oneLine(name, 24)),
      );
      range.hidden = parts.length === 0;
      if (filter.reward !== null) part.value = filter.reward.part;
      showBound(low, filter.reward?.low);
      showBound(high, filter.reward?.high);
      clear.hidden = filter === NO_FILTER;
    },
  };
}

function toggled(words: ReadonlySet<string>, word: string): ReadonlySet<string> {
  const next = new Set(words);
  if (!next.delete(word)) next.add(word);
  return next;
}

/** A field that somebody is typing in is left alone. */
function showBound(field: HTMLInputElement, bound: number | undefined): void {
  if (field === document.activeElement) return;
  field.value = bound === undefined || !Number.isFinite(bound) ? '' : String(Number(bound.toPrecision(6)));
}
