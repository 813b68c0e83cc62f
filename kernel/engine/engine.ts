/** What the kernel needs of whoever runs cells and knows TypeScript. Neither knows a socket or a message. */

import type { JsonObject } from '../wire/message.ts';

/** A MIME bundle and what is said about it, as Jupyter's `data` and `metadata`. */
export interface Display {
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  /** Lines, ANSI colours allowed. */
  readonly traceback: readonly string[];
}

export interface Cell {
  /** Of the request that brought it. What it sends, even long after its end, is marked with this. */
  readonly id: string;
  readonly code: string;
  /** How it is called in tracebacks: `[3]`. */
  readonly name: string;
  /** Expressions to evaluate after it, by name. */
  readonly expressions: Readonly<Record<string, string>>;
}

export type CellResult = (
  | { readonly status: 'ok'; readonly result: Display | null; readonly payload: readonly JsonObject[] }
  | { readonly status: 'error'; readonly error: CellError }
) & {
  /** By the names that were asked for: `{ status: 'ok', data, metadata }` or `{ status: 'error', ename, … }`. */
  readonly expressions: Readonly<Record<string, JsonObject>>;
};

/**
 * When the type checker is heard. `before`: a cell that it does not like does not run. `after`: the cell runs at once, and
 * what the checker says of it is shown below. `off`: never, but what cells declare is still known to completion.
 */
export type CheckMode = 'before' | 'after' | 'off';

/** What a cell sends besides its result. */
export type CellEvent =
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | {
      readonly kind: 'display';
      readonly display: Display;
      readonly displayId: string | null;
      readonly isUpdate: boolean;
    }
  | { readonly kind: 'clear'; readonly wait: boolean }
  | { readonly kind: 'setting'; readonly name: 'strict'; readonly value: boolean }
  | { readonly kind: 'setting'; readonly name: 'check'; readonly value: CheckMode }
  | ({ readonly kind: 'comm' } & CommEvent);

/** A comm is a pair of ends, one here and one in the front end; either may open it. */
export type CommEvent = { readonly commId: string; readonly data: JsonObject; readonly metadata: JsonObject } & (
  | { readonly action: 'open'; readonly target: string }
  | { readonly action: 'message' | 'close' }
);

/** Whom an engine tells. */
export interface EngineListener {
  onEvent(cellId: string, event: CellEvent): void;
  /** Resolves with the line; rejects where nobody can be asked. */
  onQuestion(cellId: string, prompt: string, isPassword: boolean): Promise<string>;
}

/** Runs cells, one at a time, and keeps their variables. */
export interface Engine {
  execute(cell: Cell): Promise<CellResult>;
  /** Stops the running cell, by harder means where softer ones do not help; `execute` always resolves. */
  interrupt(): void;
  /** From the front end, also while a cell runs. */
  receiveComm(event: CommEvent): void;
  /** Resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** Knows the cells that ran, and answers while one runs. Offsets are UTF-16 code units of the code that was given. */
export interface Language {
  complete(code: string, offset: number): Promise<Completions>;
  /** Null where there is nothing to say. */
  inspect(code: string, offset: number, detail: 0 | 1): Promise<Display | null>;
  isComplete(code: string): Promise<Completeness>;
  /**
   * What the type checker says of a cell that runs. What the cell declares is known to every later call, whether or not
   * there is something to say. Cells are checked one after the other, in the order of the calls.
   */
  check(code: string): Promise<readonly Diagnostic[]>;
  /** TypeScript's `strict`, for cells to come; on until told otherwise. */
  setStrict(isStrict: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Something that the type checker does not like. Line and column are 1-based. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  /** UTF-16 code units, at least 1. */
  readonly length: number;
  readonly message: string;
  /** TypeScript's number, as in TS2322. */
  readonly code: number;
}

export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly text: string; readonly kind: string }[];
}

export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  | { readonly status: 'incomplete'; readonly indent: string };
