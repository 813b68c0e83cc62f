/** What a cell of the matrix says, at one ε. */

import type {
  ScoreData,
  SolverWord,
  TransferCell,
  TransferData,
  TransferRowData,
} from '../../../../kernel/spec/mime.ts';
import { scoreText } from '../../figure/score-text.ts';
import { solverTitle } from '../../palette.ts';
import { oneLine } from '../../text/visible-text.ts';
import { baseRow, compareToBase, SIGNIFICANCE_MARKS } from './significance.ts';

export interface MatrixCell {
  readonly cell: TransferCell;
  readonly score: ScoreData | null;
  /** `62.5 % [51, 72]`, or a dash. */
  readonly text: string;
  readonly n: number;
  /** Empty where it does not differ from the base. */
  readonly mark: string;
  /** It was trained on what it is judged on. */
  readonly isOwn: boolean;
}

export interface MatrixRow {
  readonly row: TransferRowData;
  readonly name: string;
  readonly trainedOn: string;
  readonly cells: readonly MatrixCell[];
}

export function matrixRows({ rows, solvers }: TransferData, epsilon: number | null): readonly MatrixRow[] {
  const base = baseRow(rows);
  return rows.map((row) => ({
    row,
    name: oneLine(row.policy, 40),
    trainedOn: row.trainedOn.map(solverTitle).join(', ') || 'nothing',
    cells: row.cells.map((cell, index) => {
      const score = scoreAt(cell, epsilon);
      const before = base === null || base === row ? null : scoreAt(base.cells[index], epsilon);
      return {
        ...{ cell, score, text: score === null ? '–' : scoreText(score), n: score?.n ?? 0 },
        mark: score === null || before === null ? '' : SIGNIFICANCE_MARKS[compareToBase(score, before)],
        isOwn: row.trainedOn.includes(solvers[index] as SolverWord),
      };
    }),
  }));
}

/** Every ε that somebody has a score at, the loosest first. */
export function epsilonsOf({ rows }: TransferData): readonly number[] {
  const all = rows.flatMap(({ cells }) => cells.flatMap(({ scores }) => scores.map(({ epsilon }) => epsilon)));
  return [...new Set(all)].sort((left, right) => right - left);
}

function scoreAt(cell: TransferCell | undefined, epsilon: number | null): ScoreData | null {
  return cell?.scores.find((score) => score.epsilon === epsilon) ?? null;
}
