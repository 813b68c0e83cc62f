/** The columns of rollouts and of groups. What is known of no row has no column. */

import type { RolloutsData } from '../../../../kernel/spec/mime.ts';
import { known } from '../../dom.ts';
import { markRank, solverTitle } from '../../palette.ts';
import { markedWord } from '../../parts/marked-word.ts';
import type { Column } from '../../parts/table-head.ts';
import { rounded, seconds } from '../../text/numbers.ts';
import { oneLine, shortName } from '../../text/visible-text.ts';
import type { RolloutGroup } from './groups.ts';
import { nameOf, partNames, type RolloutItem, rewardPart } from './items.ts';

export function rolloutColumns(
  items: readonly RolloutItem[],
  stage: RolloutsData['stage'],
): readonly Column<RolloutItem>[] {
  const isSampled = items.some(({ row }) => row.sample !== null);
  const isRun = items.some(({ row }) => row.step !== null);
  const isWritten = items.some(({ row }) => row.completion !== null);
  const isVerified = stage !== 'generated';
  const isRewarded = stage === 'rewarded';
  return known([
    nameColumn<RolloutItem>('rollout', (item) => item.problem?.id ?? nameOf(item)),
    isSampled && numberColumn<RolloutItem>('#', 40, ({ row }) => row.sample),
    isRun && numberColumn<RolloutItem>('step', 56, ({ row }) => row.step),
    textColumn<RolloutItem>('solver', 80, ({ row }) => oneLine(solverTitle(row.solver), 16)),
    isVerified && verdictColumn(),
    isRewarded && rewardColumn(),
    isVerified && whyColumn(),
    ...(isRewarded ? partColumns(partNames(items)) : []),
    isWritten && tokensColumn(),
    ...(isVerified ? observationColumns() : []),
  ]);
}

export function groupColumns(groups: readonly RolloutGroup[]): readonly Column<RolloutGroup>[] {
  const isRun = groups.some(({ step }) => step !== null);
  return known([
    nameColumn<RolloutGroup>('problem', ({ problem }) => problem.id),
    isRun && numberColumn<RolloutGroup>('step', 56, ({ step }) => step),
    textColumn<RolloutGroup>('solver', 80, ({ solver }) => oneLine(solverTitle(solver), 16)),
    numberColumn<RolloutGroup>('completions', 116, ({ items }) => items.length),
    numberColumn<RolloutGroup>('correct', 84, ({ correct }) => correct),
    numberColumn<RolloutGroup>('masked', 84, ({ masked }) => masked),
    numberColumn<RolloutGroup>('mean reward', 120, ({ mean }) => mean),
    {
      ...numberColumn<RolloutGroup>('spread', 140, ({ spread }) => spread),
      cell: ({ spread }) => (spread === 0 ? '0: teaches nothing' : rounded(spread, 3)),
    },
    numberColumn<RolloutGroup>('mean tokens', 120, ({ tokens }) => tokens),
    timeColumn<RolloutGroup>('longest run', 110, ({ durationMs }) => durationMs),
  ]);
}

function verdictColumn(): Column<RolloutItem> {
  return {
    ...{ id: 'verdict', title: 'verdict', width: 140 },
    value: ({ word }) => word,
    rank: ({ word }) => markRank(word),
    cell: ({ word }) => markedWord(word),
  };
}

function rewardColumn(): Column<RolloutItem> {
  return {
    ...numberColumn<RolloutItem>('reward', 76, (item) => rewardPart(item, 'total')),
    cell: (item) => (item.row.reward?.masked ? 'masked' : rounded(rewardPart(item, 'total'), 3)),
  };
}

function whyColumn(): Column<RolloutItem> {
  return textColumn('why', 220, ({ row }) => oneLine(row.observation?.detail ?? '', 80));
}

function partColumns(parts: readonly string[]): readonly Column<RolloutItem>[] {
  return [
    ...parts.map(
      (part): Column<RolloutItem> => ({
        ...numberColumn<RolloutItem>(oneLine(part, 14), 84, (item) => rewardPart(item, part)),
        id: `part ${part.slice(0, 80)}`,
      }),
    ),
    numberColumn('advantage', 100, ({ row }) => row.advantage),
  ];
}

function tokensColumn(): Column<RolloutItem> {
  return {
    ...numberColumn<RolloutItem>('tokens', 84, ({ row }) => row.completion?.tokens ?? null),
    cell: ({ row: { completion } }) =>
      `${rounded(completion?.tokens ?? null, 6)}${completion?.truncated ? ' cut' : ''}`,
  };
}

function observationColumns(): readonly Column<RolloutItem>[] {
  return [
    timeColumn('time', 76, ({ row }) => row.observation?.durationMs || null),
    numberColumn('objective', 100, ({ row }) => row.observation?.objective ?? null, 8),
    numberColumn('error', 76, ({ row }) => row.observation?.relativeError ?? null, 2),
  ];
}

/** Names often differ at their ends: what is left out is their middle. */
function nameColumn<Row>(title: string, read: (row: Row) => string): Column<Row> {
  return { id: title, title, width: 204, value: read, cell: (row) => shortName(read(row), 26) };
}

function textColumn<Row>(title: string, width: number, read: (row: Row) => string): Column<Row> {
  return { id: title, title, width, value: read, cell: read };
}

function numberColumn<Row>(title: string, width: number, read: (row: Row) => number | null, digits = 3): Column<Row> {
  return { id: title, title, width, isNumeric: true, value: read, cell: (row) => rounded(read(row), digits) };
}

function timeColumn<Row>(title: string, width: number, read: (row: Row) => number | null): Column<Row> {
  return { ...numberColumn(title, width, read), cell: (row) => seconds(read(row)) };
}
