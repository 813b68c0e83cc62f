import { describeScore, type Evaluation, evaluate } from '../evaluate.ts';
import type { Rule } from '../reward/rule.ts';
import { OUTCOMES, SOLVER_NAMES } from '../types.ts';
import { type JudgedRow, labelSetOfRows, samplesOf } from './judged-row.ts';

const VERDICTS = ['correct', 'wrong-objective', 'wrong-status', ...OUTCOMES.filter((outcome) => outcome !== 'solved')];

/** Verdicts by solver (outcomes where there is no answer), then every score with its rule, n and interval. */
export function summarise(rows: readonly JudgedRow[], rules?: readonly Rule[]): string {
  const samples = samplesOf(rows);
  const lines = [verdictTable(rows), ''];
  if (samples.length > 0) {
    const evaluation = evaluate(samples, { labelSet: labelSetOfRows(rows), ...(rules ? { rules } : {}) });
    lines.push(...scoreLines(evaluation));
  }
  const flagged = rows.filter((row) => (row.certificate?.degenerate.length ?? 0) > 0).length;
  if (flagged > 0)
    lines.push(`degenerate models: ${flagged} (an answer may have been guessed; see certificate.degenerate)`);
  return lines.join('\n');
}

function scoreLines({ scores, passAtK }: Evaluation): string[] {
  return [
    ...scores.map((score) => `accuracy  ${describeScore(score)}`),
    ...passAtK.map(({ k, value, problems, interval, rule, epsilon }) => {
      const percent = (share: number): string => (100 * share).toFixed(1);
      return `pass@${k}    ${percent(value)} % (${problems} problems; 95 % interval ${percent(interval.low)}–${percent(interval.high)}; rule ${rule}, ε ${epsilon})`;
    }),
  ];
}

function verdictTable(rows: readonly JudgedRow[]): string {
  const wordOf = (row: JudgedRow): string => row.verdict ?? row.outcome;
  const words = ['solved', ...VERDICTS].filter((word) => rows.some((row) => wordOf(row) === word));
  const body = SOLVER_NAMES.flatMap((solver) => {
    const ofSolver = rows.filter((row) => row.solver === solver);
    if (ofSolver.length === 0) return [];
    const counts = words.map((word) => String(ofSolver.filter((row) => wordOf(row) === word).length));
    return [[solver, String(ofSolver.length), ...counts]];
  });
  return renderTable([['solver', 'programs', ...words], ...body]);
}

/** Columns of equal width; the first one left-aligned, the others right-aligned. */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
