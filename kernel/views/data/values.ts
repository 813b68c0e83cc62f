/** What the data of the MIME types are made of: numbers and texts as JSON can hold them. */

import type { AnswerValue, ProblemData, ProgressData, TextData } from '../../spec/mime.ts';

/** A problem, its answer perhaps unknown. */
export interface ShownProblem {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly answer: AnswerValue | null;
}

/** Of a single text; in tables less, see `rolloutsData`. */
export const TEXT_LIMIT: number = 1 << 16;

/** What is over. */
export const DONE: ProgressData = progressOf('done', 1, 1);

export function progressOf(state: ProgressData['state'], done: number, total: number): ProgressData {
  return { state, done, total, secondsLeft: null, error: null };
}

export function finite(value: number | null | undefined): number | null {
  return Number.isFinite(value) ? (value as number) : null;
}

export function finiteValues(values: Readonly<Record<string, number>>): Readonly<Record<string, number | null>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, finite(value)]));
}

/** A part by its name, which may be anything a user wrote: `__proto__` is no part of what lacks it. */
export function partOf<Value>(parts: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(parts, name) ? (parts[name] as Value) : null;
}

/** The beginning of a text, well-formed. */
export function textData(text: string, limit: number = TEXT_LIMIT): TextData {
  return { text: text.slice(0, limit).toWellFormed(), length: text.length };
}

export function problemData({ id, text, source, answer }: ShownProblem, limit: number = TEXT_LIMIT): ProblemData {
  // A word is what it is; of numbers the finite ones can be told.
  return { id, text: textData(text, limit), source, answer: typeof answer === 'string' ? answer : finite(answer) };
}

/** How often each word occurs. */
export function countWords(words: Iterable<string>): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, some]) => [word, some.length]));
}
