/** One problem across solvers, side by side: what became of each solver's completion, and the programs. */

import { codeBlock } from '../../code/code-block.ts';
import { lastProgram } from '../../code/completion-sections.ts';
import { type Child, element, scrolling } from '../../dom.ts';
import { solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import { hiddenCaption, shortTable } from '../../parts/short-table.ts';
import { rounded, seconds } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';
import type { RolloutItem } from '../rollouts/items.ts';
import { pickShown } from './pick-shown.ts';

/** By solver: the key of the completion that somebody has chosen. It outlives the elements. */
export type ChosenSamples = Map<string, string>;

export function solverComparison(items: readonly RolloutItem[], chosen: ChosenSamples): HTMLElement {
  const node = element('div.Comparison');
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

export function comparisonTable(
  shown: readonly RolloutItem[],
  items: readonly RolloutItem[],
  choose: (solver: string, key: string) => void,
): HTMLElement {
  const heads = shown.map((item) => {
    const own = items.filter(({ row }) => row.solver === item.row.solver);
    const title = oneLine(solverTitle(item.row.solver), 24);
    return { title: element('span', title, ' ', sampleChooser(item, own, choose)), isWide: true };
  });
  const rows = ROWS.map(([title, read]) => [title, ...shown.map(read)]);
  const label = 'Solvers side by side';
  return element('div.Scroll', scrolling(label), shortTable(hiddenCaption(label), [{ title: null }, ...heads], rows));
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
    'select.Input',
    { 'data-key': key, 'aria-label': `Completion of ${solverTitle(solver)}` },
    ...options,
  );
  select.addEventListener('change', () => choose(solver, select.value));
  return select;
}

function programs(shown: readonly RolloutItem[]): HTMLElement {
  return element(
    'div.Programs',
    ...shown.map(({ row: { solver, completion, observation } }) => {
      const title = oneLine(solverTitle(solver), 24);
      const program = completion === null ? null : lastProgram(completion.text.text);
      const shownProgram =
        program === null
          ? element('p.Quiet', 'There is no program.')
          : codeBlock({ text: program, length: program.length }, `Program for ${title}`, observation?.error ?? null);
      return element('div', element('p.Quiet', title), shownProgram);
    }),
  );
}
