import { describeScore, type Evaluation, evaluate, type PassAtK } from '../evaluate.ts';
import type { Rule } from '../reward/rule.ts';
import { renderTable } from '../text-table.ts';
import { OUTCOMES, SOLVER_NAMES } from '../types.ts';
import { type JudgedRow, labelSetOfRows, samplesOf } from './rows/judged-row.ts';

const WORDS = [
  'solved',
  'correct',
  'wrong-objective',
  'wrong-status',
  ...OUTCOMES.filter((outcome) => outcome !== 'solved'),
];

/** Verdicts by solver (outcomes where there is no answer), then every score with its rule, n and interval. */
export function summarise(rows: readonly JudgedRow[], rules: readonly Rule[]): string {
  const samples = samplesOf(rows);
  const lines = [renderVerdicts(rows), ''];
  if (samples.length > 0) lines.push(...scoreLines(evaluate(samples, { labelSet: labelSetOfRows(rows), rules })));
  const flagged = countDegenerate(rows);
  if (flagged > 0)
    lines.push(`degenerate models: ${flagged} (an answer may have been guessed; see certificate.degenerate)`);
  return lines.join('\n');
}

/** How many programs met each verdict, a line for each solver. */
export function renderVerdicts(rows: readonly JudgedRow[]): string {
  const wordOf = (row: JudgedRow): string => row.verdict ?? row.outcome;
  const words = WORDS.filter((word) => rows.some((row) => wordOf(row) === word));
  const body = SOLVER_NAMES.flatMap((solver) => {
    const ofSolver = rows.filter((row) => row.solver === solver);
    if (ofSolver.length === 0) return [];
    const counts = words.map((word) => String(ofSolver.filter((row) => wordOf(row) === word).length));
    return [[solver, String(ofSolver.length), ...counts]];
  });
  return renderTable([['solver', 'programs', ...words], ...body]);
}

function countDegenerate(rows: readonly JudgedRow[]): number {
  return rows.filter((row) => (row.certificate?.degenerate.length ?? 0) > 0).length;
}

function scoreLines({ scores, passAtK }: Evaluation): string[] {
  return [...scores.map((score) => `accuracy  ${describeScore(score)}`), ...passAtK.map(describePassAtK)];
}

function describePassAtK({ k, value, problems, interval, rule, epsilon }: PassAtK): string {
  const percent = (share: number): string => (100 * share).toFixed(1);
  return (
    `pass@${k}    ${percent(value)} % (${problems} problems; 95 % interval ` +
    `${percent(interval.low)}–${percent(interval.high)}; rule ${rule}, ε ${epsilon})`
  );
}
