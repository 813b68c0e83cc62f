/** A case of the tables beside this file: cells in the order they run, and what is expected of each. */

/** Written into the working folder, by path: what a user does between two cells. */
export interface Files {
  readonly files: Readonly<Record<string, string>>;
}

export interface ToldCell {
  readonly code: string;
  /** Its result as text; null: it shows nothing. Unasked where absent. */
  readonly shown?: string | null;
  /** Its standard output, in all. */
  readonly printed?: string;
  readonly printedAsError?: string;
  /** `name: message` of what it throws. Absent: it throws nothing. */
  readonly fails?: string;
  /** Lines of the traceback that are there, in this order, without colours; `[n]` is the cell's own name. */
  readonly traceback?: readonly string[];
  /** What the type checker says: `line:column number`. Default: nothing. */
  readonly said?: readonly string[];
}

export interface CellCase {
  readonly name: string;
  /** A text is a cell that runs, and of which nothing else is asked. */
  readonly steps: readonly (string | ToldCell | Files)[];
}
