/**
 * Reads a label in every notation that the public files use. Pure.
 *
 * Numbers: `0`, `-3`, `−3` (the typographic minus), `1e+16`, `5e-05`, `.5`, `1.`, `$2,300.50`.
 * Words, whatever their case: `No Best Solution` and its kin, `infeasible`, `unbounded`.
 *
 * Decided here, because the files leave it open:
 * - A comma separates thousands, and only in well-formed groups: `1,000` is 1000; `1,00` and `1.000,5` are unreadable.
 * - A currency sign in front changes nothing. A percent sign makes the label unreadable: `5%` may mean 5 or 0.05.
 * - What a double cannot hold (`1e999`, or `1e-400`, which would become a label of 0) is unreadable, never rounded away.
 * - `-99999` is a number here. That it means "no solution" is one publisher's convention: see `formats/sirl.ts`.
 */

import type { Answer } from '../types.ts';

/** A label as read, or why it cannot be. */
export type AnswerReading = { readonly answer: Answer } | { readonly unreadable: string };

const WORDS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['no best solution', 'no-solution'],
  ['no solution', 'no-solution'],
  ['no optimal solution', 'no-solution'],
  ['infeasible or unbounded', 'no-solution'],
  ['infeasible', 'infeasible'],
  ['no feasible solution', 'infeasible'],
  ['unbounded', 'unbounded'],
]);

const NUMBER = /^(?<sign>[+-]?)(?<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?<fraction>\d*))?(?:e[+-]?\d+)?$/i;

/** Reads a label. `raw` is what the file held: a number, a string, or anything else, which is unreadable. */
export function parseAnswer(raw: unknown): AnswerReading {
  switch (typeof raw) {
    case 'number':
      return Number.isFinite(raw) ? { answer: raw + 0 } : { unreadable: `${raw} is not a finite number` };
    case 'bigint':
      return parseNumber(String(raw));
    case 'string':
      return parseText(raw);
    default:
      return { unreadable: raw === null || raw === undefined ? 'there is no label' : 'a label is a number or a text' };
  }
}

function parseText(raw: string): AnswerReading {
  const text = raw.trim();
  if (text === '') return { unreadable: 'the label is empty' };
  const word = WORDS.get(
    text
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .replace(/\.$/, ''),
  );
  if (word !== undefined) return { answer: word };
  if (text.endsWith('%')) return { unreadable: 'a percent sign leaves open whether 5% means 5 or 0.05' };
  return parseNumber(text.replace(/^[−–﹣－]/, '-').replace(/^([+-]?)\s*[$€£¥]\s*/, '$1'));
}

function parseNumber(text: string): AnswerReading {
  const groups = NUMBER.exec(text)?.groups;
  if (groups === undefined || `${groups['whole']}${groups['fraction'] ?? ''}` === '') {
    return { unreadable: 'neither a number nor a known word such as "No Best Solution"' };
  }
  const value = Number(text.replaceAll(',', ''));
  const mantissa = `${groups['whole']}${groups['fraction'] ?? ''}`;
  if (!Number.isFinite(value)) return { unreadable: 'the number is too large for a double' };
  if (value === 0 && /[1-9]/.test(mantissa)) return { unreadable: 'the number is too small for a double' };
  return { answer: value + 0 };
}
