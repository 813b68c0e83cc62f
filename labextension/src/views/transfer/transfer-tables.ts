/** A transfer matrix in numbers: scores, pass@k, kinds of errors, and the names that an API lacks. */

import type { TransferCell, TransferData, TransferRowData } from '../../../../kernel/spec/mime.ts';
import type { FigureTable } from '../../figure/figure-table.ts';
import { entriesOf, own } from '../../own.ts';
import { markOf, solverTitle } from '../../palette.ts';

export function transferTables(data: TransferData): readonly FigureTable[] {
  return [scoreTable(data), passTable(data), errorTable(data), missingTable(data)].filter(
    ({ rows }) => rows.length > 0,
  );
}

export function scoreTable(data: TransferData): FigureTable {
  return {
    caption: 'Accuracy with 95 % intervals',
    header: [
      'policy',
      'trained on',
      'judged on',
      'rule',
      'ε',
      'accuracy',
      'low',
      'high',
      'hits',
      'n',
      'problems',
      'masked',
    ],
    rows: eachCell(data, ({ policy, trainedOn }, { solver, scores }) =>
      scores.map(({ rule, epsilon, accuracy, low, high, hits, n, problems, masked }) => [
        ...[policy, trainedOn.map(solverTitle).join(', '), solverTitle(solver), rule, epsilon],
        ...[accuracy, low, high, hits, n, problems, masked],
      ]),
    ),
  };
}

function passTable(data: TransferData): FigureTable {
  return {
    caption: 'Problems with a hit among k samples',
    header: ['policy', 'judged on', 'k', 'ε', 'share', 'low', 'high', 'problems'],
    rows: eachCell(data, ({ policy }, { solver, passAtK }) =>
      passAtK.map(({ k, epsilon, value, low, high, problems }) => [
        policy,
        solverTitle(solver),
        k,
        epsilon,
        value,
        low,
        high,
        problems,
      ]),
    ),
  };
}

/** A column for each verdict, the most frequent first. */
export function errorTable(data: TransferData): FigureTable {
  const totals = new Map<string, number>();
  const known = data.rows.flatMap(({ cells }) => cells.flatMap(({ verdicts }) => entriesOf(verdicts ?? {})));
  for (const [verdict, count] of known) totals.set(verdict, (totals.get(verdict) ?? 0) + count);
  const names = [...totals].sort(([, left], [, right]) => right - left).map(([verdict]) => verdict);
  return {
    caption: 'Verdicts by cell',
    header: ['policy', 'judged on', ...names.map((name) => `${markOf(name).shape} ${markOf(name).word}`)],
    rows: eachCell(data, ({ policy }, { solver, verdicts }) =>
      verdicts === null ? [] : [[policy, solverTitle(solver), ...names.map((name) => own(verdicts, name) ?? 0)]],
    ),
  };
}

export function missingTable(data: TransferData): FigureTable {
  return {
    caption: 'Names that an API lacks, by how often they were called',
    header: ['name', 'judged on', 'policy', 'count'],
    rows: eachCell(data, ({ policy }, { solver, missingNames }) =>
      (missingNames ?? []).map(({ name, count }) => [name, solverTitle(solver), policy, count]),
    ),
  };
}

function eachCell<Result>(
  { rows }: TransferData,
  read: (row: TransferRowData, cell: TransferCell) => readonly Result[],
): readonly Result[] {
  return rows.flatMap((row) => row.cells.flatMap((cell) => read(row, cell)));
}
