export interface Notebook {
  readonly cells: readonly object[];
}

/** The notebook of this text, without what is the machine's: `folders` become `.`. */
export function cleanNotebook(text: string, folders: readonly string[]): Notebook;
/** What a cell wrote to standard error; null where none did. */
export function complaintIn(notebook: Notebook): string | null;
/** One line that says where two notebooks of the same cells differ; null where they do not. */
export function firstDifference(saved: Notebook, made: Notebook): string | null;
