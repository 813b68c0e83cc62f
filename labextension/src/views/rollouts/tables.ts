/** The table of rollouts, the table of groups, and what is open below them. One of the two tables is shown. */

import type { RolloutsData } from '../../../../kernel/spec/mime.ts';
import { button, element } from '../../dom.ts';
import { solverTitle } from '../../palette.ts';
import type { OpenFolds } from '../../parts/fold.ts';
import { createSortedTable } from '../../parts/sorted-table.ts';
import type { PlainTable } from '../../parts/table-buttons.ts';
import { groupColumns, rolloutColumns } from './columns.ts';
import { groupDetail } from './group-detail.ts';
import { groupItems, type RolloutGroup } from './groups.ts';
import { nameOf, type RolloutItem } from './items.ts';
import { createOpenedPanel, type PanelContent } from './opened-panel.ts';
import { rolloutDetail, rolloutHeadline } from './rollout-detail.ts';
import { diffContent, withMark } from './two-marked.ts';

type Kind = 'rollouts' | 'groups';

export interface Tables {
  readonly node: HTMLElement;
  /** Rollouts or groups; hidden where no problem is known. */
  readonly chooser: HTMLElement;
  /** `all`: those too that the filter leaves out; what is open or marked stays so. */
  show(shown: readonly RolloutItem[], all: readonly RolloutItem[], stage: RolloutsData['stage']): void;
  /** What is shown, for a file. */
  read(): PlainTable;
  resize(): void;
}

interface Opened {
  readonly kind: Kind | 'diff';
  readonly key: string;
  /** Where closing leads back to. */
  readonly from?: Opened;
}

interface Shown {
  readonly shown: readonly RolloutItem[];
  readonly all: readonly RolloutItem[];
  readonly stage: RolloutsData['stage'];
}

export function createTables(): Tables {
  let content: Shown = { shown: [], all: [], stage: 'generated' };
  let kind: Kind = 'rollouts';
  let opened: Opened | null = null;
  let marked: readonly string[] = [];
  const folds: OpenFolds = new Map();
  const chosen = new Map<string, string>();

  const rollouts = createSortedTable<RolloutItem>('Rollouts', open('rollouts'), ({ key }) => mark(key), draw);
  const groups = createSortedTable<RolloutGroup>('Groups', open('groups'), () => undefined, draw);
  const panel = createOpenedPanel(close);
  const node = element('div', rollouts.table.node, groups.table.node, panel.node);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && opened !== null) close();
  });

  const kinds = (['rollouts', 'groups'] as const).map((one) => {
    const press = button(one === 'rollouts' ? 'Rollouts' : 'Groups', () => {
      kind = one;
      opened = null;
      draw();
    });
    return { one, press };
  });
  const chooser = element(
    'span.Chips.Screen',
    { role: 'group', 'aria-label': 'Rows' },
    ...kinds.map(({ press }) => press),
  );

  function open(which: Kind): (row: { readonly key: string }) => void {
    return ({ key }) => {
      opened = { kind: which, key };
      draw();
    };
  }

  function openFrom({ key }: RolloutGroup): (item: RolloutItem) => void {
    return (item) => {
      opened = { kind: 'rollouts', key: item.key, from: { kind: 'groups', key } };
      draw();
    };
  }

  function close(): void {
    opened = opened?.from ?? null;
    draw();
    if (opened === null) (kind === 'rollouts' ? rollouts : groups).table.focus();
  }

  function mark(key: string): void {
    marked = withMark(marked, key);
    if (marked.length === 2) opened = { kind: 'diff', key };
    else if (opened?.kind === 'diff') opened = null;
    draw();
  }

  function draw(): void {
    const { shown, all, stage } = content;
    const hasGroups = all.some(({ problem }) => problem !== null);
    if (!hasGroups) kind = 'rollouts';
    chooser.hidden = !hasGroups;
    // A group is whole even where the filter shows some of it.
    const keys = new Set(kind === 'groups' ? shown.map(({ key }) => key) : []);
    const someGroups =
      kind === 'groups' ? groupItems(all).filter(({ items }) => items.some(({ key }) => keys.has(key))) : [];
    for (const { one, press } of kinds) press.ariaPressed = String(one === kind);
    const openedKey = opened?.key ?? null;
    rollouts.table.node.hidden = kind !== 'rollouts';
    groups.table.node.hidden = kind !== 'groups';
    if (kind === 'rollouts') rollouts.show(shown, rolloutColumns(all, stage), new Set(marked), openedKey);
    else groups.show(someGroups, groupColumns(someGroups), new Set(), openedKey);
    panel.show(openedContent(someGroups));
  }

  function openedContent(someGroups: readonly RolloutGroup[]): PanelContent | null {
    if (opened === null) return null;
    const { kind: which, key } = opened;
    const find = (wanted: string | undefined): RolloutItem | undefined =>
      content.all.find((item) => item.key === wanted);
    if (which === 'diff') {
      const [before, after] = marked.map(find);
      return before && after ? { ...diffContent(before, after), buttons: [] } : null;
    }
    if (which === 'groups') {
      const group = someGroups.find((one) => one.key === key);
      return group === undefined ? null : groupContent(group);
    }
    const item = find(key);
    return item === undefined ? null : rolloutContent(item);
  }

  function rolloutContent(item: RolloutItem): PanelContent {
    const isMarked = marked.includes(item.key);
    const told = isMarked
      ? 'Take the mark away'
      : marked.length === 0
        ? 'Mark for comparison'
        : 'Compare with the marked one';
    return {
      signature: JSON.stringify([item.row, item.problem, told]),
      label: `Rollout ${nameOf(item)}`,
      headline: rolloutHeadline(item),
      buttons: [button(told, () => mark(item.key), { title: 'Space, in the table' })],
      draw: () => rolloutDetail(item, folds),
    };
  }

  function groupContent(group: RolloutGroup): PanelContent {
    const siblings = content.all.filter(
      ({ problem, row }) => problem?.id === group.problem.id && row.step === group.step,
    );
    return {
      signature: JSON.stringify([group, siblings]),
      label: `Group ${group.name} of ${solverTitle(group.solver)}`,
      headline: [group.name, element('span.Quiet', solverTitle(group.solver))],
      buttons: [],
      draw: () => groupDetail(group, { folds, chosen, siblings, open: openFrom(group) }),
    };
  }

  return {
    node,
    chooser,
    show(shown, all, stage) {
      content = { shown, all, stage };
      draw();
    },
    read: () => (kind === 'rollouts' ? rollouts : groups).read(),
    resize: () => (kind === 'rollouts' ? rollouts : groups).table.resize(),
  };
}
