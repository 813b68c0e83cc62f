/** One problem across solvers, side by side: what became of each solver's completion, and the programs. */

import { codeBlock } from '../../code/code-block.ts';
import { lastProgram } from '../../code/completion-sections.ts';
import { type Child, element } from '../../dom.ts';
import { solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { rounded, seconds } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';
import type { RolloutItem } from '../rollouts/items.ts';
import { pickShown } from './pick-shown.ts';

/** By solver: the key of the completion that somebody has chosen. It outlives the elements. */
export type ChosenSamples = Map<string, string>;

export function solverComparison(items: readonly RolloutItem[], chosen: ChosenSamples): HTMLElement {
  const node = element('div', { class: 'evom-Comparison' });
  const draw = (): void => {
    const shown = [...pickShown(items)].map(
      ([solver, item]) => items.find(({ key }) => key === chosen.get(solver)) ?? item,
    );
    node.replaceChildren(comparisonTable(shown, items, choose), programs(shown));
  };
  const choose = (solver: string, key: string): void => {
    chosen.set(solver, key);
    draw();
    node.querySelector<HTMLElement>(`select[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  draw();
  return node;
}

type Read = (item: RolloutItem) => Child;

const ROWS: readonly (readonly [title: string, read: Read])[] = [
  ['verdict', ({ word }) => markedWord(word)],
  ['certified', ({ row }) => solved(row.observation)],
  ['claimed', ({ row }) => solved(row.observation?.claimed ?? null)],
  ['relative error', ({ row }) => rounded(row.observation?.relativeError ?? null, 2)],
  ['reward', ({ row }) => rounded(row.reward?.total ?? null, 3)],
  ['advantage', ({ row }) => rounded(row.advantage, 3)],
  ['tokens', ({ row }) => rounded(row.completion?.tokens ?? null, 6)],
  ['time', ({ row }) => seconds(row.observation?.durationMs ?? null)],
  ['why', ({ row }) => oneLine(row.observation?.detail ?? '–', 120)],
];

function solved(solve: { readonly status: string | null; readonly objective: number | null } | null): string {
  if (solve?.status == null) return '–';
  return solve.objective === null ? solve.status : `${solve.status} ${rounded(solve.objective, 8)}`;
}

function comparisonTable(
  shown: readonly RolloutItem[],
  items: readonly RolloutItem[],
  choose: (solver: string, key: string) => void,
): HTMLElement {
  const heads = shown.map((item) =>
    element(
      'th',
      { scope: 'col' },
      oneLine(solverTitle(item.row.solver), 24),
      ' ',
      sampleChooser(
        item,
        items.filter(({ row }) => row.solver === item.row.solver),
        choose,
      ),
    ),
  );
  const rows = ROWS.map(([title, read]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, title),
      ...shown.map((item) => element('td', { class: 'evom-Wide', dir: 'auto' }, read(item))),
    ),
  );
  const table = element(
    'table',
    { class: 'evom-Table' },
    element('caption', { class: 'evom-Hidden' }, 'Solvers side by side'),
    element('thead', {}, element('tr', {}, element('td'), ...heads)),
    element('tbody', {}, ...rows),
  );
  return element(
    'div',
    { class: 'evom-Scroll', tabindex: 0, role: 'group', 'aria-label': 'Solvers side by side' },
    table,
  );
}

function sampleChooser(
  { key, row: { solver } }: RolloutItem,
  own: readonly RolloutItem[],
  choose: (solver: string, key: string) => void,
): HTMLElement | null {
  if (own.length < 2) return null;
  const options = own.map((item, index) =>
    element(
      'option',
      { value: item.key, selected: item.key === key },
      `${item.row.sample ?? index}: ${oneLine(item.word, 24)}`,
    ),
  );
  const select = element(
    'select',
    { class: 'evom-Input', 'data-key': key, 'aria-label': `Completion of ${solverTitle(solver)}` },
    ...options,
  );
  select.addEventListener('change', () => choose(solver, select.value));
  return select;
}

function programs(shown: readonly RolloutItem[]): HTMLElement {
  return element(
    'div',
    { class: 'evom-Programs' },
    ...shown.map(({ row: { solver, completion, observation } }) => {
      const title = oneLine(solverTitle(solver), 24);
      const program = completion === null ? null : lastProgram(completion.text.text);
      const shownProgram =
        program === null
          ? element('p', { class: 'evom-Quiet' }, 'There is no program.')
          : codeBlock({ text: program, length: program.length }, `Program for ${title}`, observation?.error ?? null);
      return element('div', {}, element('p', { class: 'evom-Quiet' }, title), shownProgram);
    }),
  );
}
