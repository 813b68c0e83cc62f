/** What a benchmark format is: a plain object that finds a row's id, text and label. One file per format. */

/** One row of a file: field names to values, as they came. */
export type Row = Readonly<Record<string, unknown>>;

/** The formats, by name. */
export type FormatName = 'plain' | 'sirl' | 'orlm-results' | 'resocratic' | 'mamo' | 'or-instruct';

/** Where a row keeps what a problem needs, and what is there. Nothing is checked or parsed yet. */
export interface RawProblem {
  /** The file's own id; null where it gives none. */
  readonly id: string | null;
  readonly text: unknown;
  readonly textField: string;
  readonly label: unknown;
  readonly labelField: string;
}

export interface ProblemFormat {
  readonly name: FormatName;
  /** One line for `--help` and for errors: the fields it needs. */
  readonly summary: string;
  /** `set`: ids such as 1, 2, 3 that only count within the file, so the set's name goes in front; `global`: kept as they are. */
  readonly idScope: 'set' | 'global';
  /** Whether a row has this format's fields. */
  matches(row: Row): boolean;
  read(row: Row): RawProblem;
}

/** An id as text; null where the field is missing, empty or no scalar. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
