/**
 * A problem family is one file that exports a plain object meeting {@link Family}. Its data is the hub:
 *
 *     draw → data → tell → facts → wording → text → (read) → facts → understand → data → model
 *                 ↘ model, and on a path of its own ↘ optimum
 *
 * `optimum` works on the data by a method of the family (enumeration, dynamic programming, paths, flows) and shares
 * no code with the model; a test solves every model by HiGHS and compares.
 */

import type { Model, Optimum } from './model.ts';
import type { Value, Values } from './phrase.ts';
import type { Key } from './random.ts';

/** 1: two or three things to decide on; 2 and 3: larger, and with more kinds of constraints. */
export type Difficulty = 1 | 2 | 3;

/** What kind of answer a problem has. */
export type AnswerKind = 'number' | 'infeasible' | 'unbounded';

/** One sentence's content. */
export interface Fact {
  readonly kind: string;
  readonly values: Values;
}

/** The phrases for one kind of fact: training problems use one half, held-out problems the other. */
export interface Wordings {
  readonly training: readonly string[];
  readonly heldOut: readonly string[];
}

export interface Family<Data = unknown> {
  readonly name: string;
  /** Kept out of training: its problems exist in the held-out split only (there with both halves of its wordings). */
  readonly isHeldOut: boolean;
  /** The kinds of answer it can be drawn for. */
  readonly answers: readonly AnswerKind[];
  /** Data that most likely has the kind of answer asked for; the generator checks and draws again where it has not. */
  draw(key: Key, difficulty: Difficulty, aim: AnswerKind): Data;
  /** The facts in the order of the text; the last one is the goal. */
  tell(data: Data): readonly Fact[];
  /**
   * The inverse of `tell`. Never fails: on facts that make no sense it gives some data, whose `tell` then differs
   * from the facts, which is how the reader notices.
   */
  understand(facts: readonly Fact[]): Data;
  model(data: Data): Model;
  /** The optimum by the family's own method, exact in integer arithmetic where the data is. */
  optimum(data: Data): Optimum;
  readonly wordings: Readonly<Record<string, Wordings>>;
}

/** One fact. */
export function fact(kind: string, values: Values = {}): Fact {
  return { kind, values };
}

/** The values of every fact of a kind, in order. */
export function factsOf(facts: readonly Fact[], kind: string): readonly Values[] {
  return facts.filter((candidate) => candidate.kind === kind).map((candidate) => candidate.values);
}

/** The values of the first fact of a kind; empty where there is none. */
export function factOf(facts: readonly Fact[], kind: string): Values {
  return factsOf(facts, kind)[0] ?? {};
}

/** A number by name; NaN where there is none. */
export function numberOf(values: Values, name: string): number {
  const value: Value | undefined = values[name];
  return typeof value === 'number' ? value : Number.NaN;
}

/** A word by name; empty where there is none. */
export function wordOf(values: Values, name: string): string {
  const value: Value | undefined = values[name];
  return typeof value === 'string' ? value : '';
}

/** A list by name; empty where there is none. */
export function listOf(values: Values, name: string): readonly Values[] {
  const value: Value | undefined = values[name];
  return Array.isArray(value) ? value : [];
}
