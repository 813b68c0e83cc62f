/** What became of a program: what it claimed, what was certified, what was expected, and why. In cards and in tables' details. */

import type { AnswerValue, ObservationSummary, SolveData } from '../../../../kernel/spec/mime.ts';
import { type Child, element } from '../../dom.ts';
import { hiddenCaption, shortTable } from '../../parts/short-table.ts';
import { rounded } from '../../text/numbers.ts';
import { oneLine, visibleText } from '../../text/visible-text.ts';
import { errorBar } from './error-bar.ts';

export interface Outcome {
  readonly summary: ObservationSummary;
  readonly certified: SolveData | null;
  /** Who certified it; empty where nobody has. */
  readonly certifiedBy: string;
  readonly expected: AnswerValue | null;
}

export function outcomeParts({ summary, certified, certifiedBy, expected }: Outcome): readonly HTMLElement[] {
  const { claimed, relativeError, detail, degenerate } = summary;
  const rows = [
    ...(claimed ? [solveRow('claimed', claimed, `${claimed.api}: ${claimed.rawStatus}`)] : []),
    ...(certified ? [solveRow('certified', certified, certifiedBy)] : []),
    ...(expected === null ? [] : [expectedRow(expected)]),
  ];
  return [
    ...(detail ? [element('p', { dir: 'auto' }, visibleText(detail.slice(0, 2000)))] : []),
    ...(rows.length === 0 ? [] : [solveTable(rows)]),
    ...(relativeError === null ? [] : [errorBar(relativeError)]),
    ...(degenerate.length === 0 ? [] : [degenerateNote(degenerate)]),
  ];
}

function solveTable(rows: readonly (readonly Child[])[]): HTMLElement {
  const columns = [{ title: null }, { title: 'status' }, { title: 'objective', isNumeric: true }, { title: 'by' }];
  return shortTable(hiddenCaption('Status and objective: claimed, certified, expected'), columns, rows);
}

function solveRow(name: string, { status, objective }: SolveData, by: string): readonly Child[] {
  return [name, status, objective === null ? '–' : rounded(objective, 10), oneLine(by, 60)];
}

function expectedRow(expected: AnswerValue): readonly Child[] {
  const isNumber = typeof expected === 'number';
  return ['expected', isNumber ? 'optimal' : expected, isNumber ? rounded(expected, 10) : '–', 'label'];
}

function degenerateNote(degenerate: readonly string[]): HTMLElement {
  const told = degenerate.slice(0, 12).map((hint) => oneLine(hint, 40));
  return element(
    'p.Warning',
    `⚠ Degenerate model: ${told.join(', ')}. It may have been built around a guessed answer.`,
  );
}
