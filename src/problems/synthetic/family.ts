/**
 * A problem family is one file that exports a plain object meeting {@link Family}. Its data is the hub:
 *
 *     draw → data → facts → wording → text → (read) → facts → data → model
 *                 ↘ model, and on a path of its own ↘ optimum
 *
 * Data is a record from kinds of facts to their values, so that telling and understanding need no code of the
 * family. `optimum` works on the data by a method of the family (enumeration, dynamic programming, paths, flows)
 * and shares no code with the model; a test solves every model by HiGHS and compares.
 */

import type { Key } from '../../random.ts';
import type { Model, Optimum } from './model.ts';
import type { Values } from './phrase.ts';

/** 1: two or three things to decide on; 2 and 3: larger, and with more kinds of constraints. */
export type Difficulty = 1 | 2 | 3;

/** What kind of answer a problem has. */
export type AnswerKind = 'number' | 'infeasible' | 'unbounded';

/** The phrases for one kind of fact: training problems use one half, held-out problems the other. */
export interface Wordings {
  /**
   * How often the fact is told, and the shape of its data: `once`: values (a fact without slots, like the goal, has
   * no data); `maybe`: values or null; `each`: a list of values, one sentence each.
   */
  readonly told: 'once' | 'maybe' | 'each';
  readonly training: readonly string[];
  readonly heldOut: readonly string[];
}

/** What a family's data looks like from outside: values by kind of fact, shaped as {@link Wordings.told} says. */
export type Story = { readonly [kind: string]: Values | readonly Values[] | null };

export interface Family<Data extends Story = Story> {
  readonly name: string;
  /** Kept out of training: its problems exist in the held-out split only (there with both halves of its wordings). */
  readonly isHeldOut: boolean;
  /** The kinds of answer it can be drawn for. */
  readonly answers: readonly AnswerKind[];
  /** Data that most likely has the kind of answer asked for; the generator checks and draws again where it has not. */
  draw(key: Key, difficulty: Difficulty, aim: AnswerKind): Data;
  model(data: Data): Model;
  /** The optimum by the family's own method, exact in integer arithmetic where the data is. */
  optimum(data: Data): Optimum;
  /** By kind of fact, in the order of the text; `goal` comes last. */
  readonly wordings: Readonly<Record<string, Wordings>>;
}
