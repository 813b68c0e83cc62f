/**
 * Rows → problems, and an issue for every row that is odd. Pure. Good rows are still used:
 *
 * - dropped: no text, an empty text, no label or one that cannot be read. There is nothing to judge;
 * - kept: a text that came before, with the same label (`duplicate-text`) or another (`conflicting-label`), since the
 *   published accuracies count those rows too; an id that came before, with `#2`, `#3`, … added.
 *
 * Texts are the same when they agree up to case, white space (a literal `\n` too) and Unicode's compatibility forms.
 * Texts that differ in one word are two problems here.
 */

import type { Answer, Problem, RowIssue } from '../types.ts';
import { parseAnswer } from './answer-label.ts';
import type { ProblemFormat, RawProblem } from './formats/format.ts';
import type { NumberedRow } from './text-rows.ts';

/** A problem, and the file's own id for it: null where it gives none. */
export interface CheckedProblem {
  readonly problem: Problem;
  readonly givenId: string | null;
}

export interface CheckedRows {
  readonly problems: readonly CheckedProblem[];
  readonly issues: readonly RowIssue[];
}

/** The form under which two texts count as the same. */
function normalizeText(text: string): string {
  return text.normalize('NFKC').replaceAll('\\n', ' ').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Checks the rows of the set `name`. Ids are `<name>/<row>` where the file gives none. */
export function checkRows(rows: readonly NumberedRow[], format: ProblemFormat, name: string): CheckedRows {
  const problems: CheckedProblem[] = [];
  const issues: RowIssue[] = [];
  const idCounts = new Map<string, number>();
  const firstByText = new Map<string, { readonly row: number; readonly answer: Answer }>();

  for (const { row, value } of rows) {
    const raw = format.read(value);
    const reading = readProblem(raw);
    if ('kind' in reading) {
      issues.push({ row, id: raw.id, ...reading, dropped: true });
      continue;
    }
    const { text, answer } = reading;
    const wanted = idFor(raw.id, row, format, name);
    const id = uniqueId(wanted, idCounts);
    problems.push({ problem: { id, text, answer, source: name }, givenId: raw.id });
    if (id !== wanted) issues.push(duplicateId(row, wanted, id));
    const key = normalizeText(text);
    const first = firstByText.get(key);
    if (first === undefined) firstByText.set(key, { row, answer });
    else issues.push(repeatedText(row, id, raw, answer, first));
  }
  return { problems, issues };
}

type Unusable = Pick<RowIssue, 'kind' | 'field' | 'message'>;

function readProblem(raw: RawProblem): { readonly text: string; readonly answer: Answer } | Unusable {
  const { text, textField, label, labelField } = raw;
  if (text === undefined || text === null) return missing(textField);
  if (typeof text !== 'string') {
    return { kind: 'missing-field', field: textField, message: says(textField, 'a text', text) };
  }
  if (text.trim() === '') return { kind: 'empty-text', field: textField, message: says(textField, 'a problem', '') };
  if (label === undefined || label === null) return missing(labelField);
  const reading = parseAnswer(label);
  if ('answer' in reading) return { text: text.trim(), answer: reading.answer };
  const message = `${says(labelField, 'a label', label)} That is, ${reading.unreadable}.`;
  return { kind: 'unreadable-label', field: labelField, message };
}

function missing(field: string): Unusable {
  return { kind: 'missing-field', field, message: `Expected the field \`${field}\`, and the row has none. Add it.` };
}

function says(field: string, what: string, got: unknown): string {
  const text = typeof got === 'string' ? got : String(JSON.stringify(got) ?? got);
  return `Expected \`${field}\` to be ${what}, got \`${text.slice(0, 60)}\`.`;
}

function idFor(given: string | null, row: number, format: ProblemFormat, name: string): string {
  if (given === null) return `${name}/${row}`;
  return format.idScope === 'set' ? `${name}/${given}` : given;
}

function uniqueId(wanted: string, counts: Map<string, number>): string {
  let id = wanted;
  for (let count = (counts.get(wanted) ?? 0) + 1; counts.has(id); count += 1) id = `${wanted}#${count}`;
  counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
  if (id !== wanted) counts.set(id, 1);
  return id;
}

function duplicateId(row: number, wanted: string, id: string): RowIssue {
  const message = `Expected \`id\` to be the row's own, and \`${wanted}\` came before. The row is used as \`${id}\`.`;
  return { row, id, kind: 'duplicate-id', field: 'id', message, dropped: false };
}

function repeatedText(
  row: number,
  id: string,
  raw: RawProblem,
  answer: Answer,
  first: { readonly row: number; readonly answer: Answer },
): RowIssue {
  if (Object.is(answer, first.answer)) {
    const message = `The text is that of row ${first.row}, with the same label. Both rows are used.`;
    return { row, id, kind: 'duplicate-text', field: raw.textField, message, dropped: false };
  }
  const message =
    `The text is that of row ${first.row}, whose label is \`${first.answer}\`, and here it is \`${answer}\`. ` +
    'Both rows are used, and one of them is wrong. Correct or remove it.';
  return { row, id, kind: 'conflicting-label', field: raw.labelField, message, dropped: false };
}
