import { createHash } from 'node:crypto';
import { EvomError, expected } from '../../errors.ts';
import { parseAnswer } from '../../problems/answer-label.ts';
import { readRows } from '../../problems/read-rows.ts';
import { readCompletion } from '../../reward/format.ts';
import { solverName } from '../../solvers/index.ts';
import { type Answer, SOLVER_NAMES, type SolverName } from '../../types.ts';

/** One row to judge: a bare program, or a completion that should hold one. */
export interface ProgramRow {
  /** The row's own id, made unique: the second `a` is `a#2`. */
  readonly id: string;
  readonly solver: SolverName;
  /** Null where the completion holds no program; `noProgram` says why. */
  readonly program: string | null;
  readonly noProgram: string | null;
  readonly completion: string | null;
  /** The completion hit its length limit. */
  readonly truncated: boolean;
  readonly answer: Answer | null;
  /** The word problem, where the row has it; rows of one problem are samples of one group. */
  readonly problem: string | null;
  /**
   * All that decides the output row, so that a rerun knows its own rows: 16 hexadecimal digits of SHA-256 over
   * solver, program, completion, answer, problem and {@link ReadOptions.settings}.
   */
  readonly digest: string;
}

/** A row that cannot be judged, and what to do about it. */
export interface BadRow {
  readonly row: number;
  readonly field: string | null;
  readonly message: string;
}

export interface ProgramRows {
  readonly rows: readonly ProgramRow[];
  readonly bad: readonly BadRow[];
}

export interface ReadOptions {
  /** For all rows, whatever they name. */
  readonly solver?: SolverName;
  /** How the rows will be run and judged: limits, rule, weights. */
  readonly settings?: unknown;
}

/**
 * Reads `{id?, solver?, program | completion, truncated?, answer?, problem?}` rows from JSONL, JSON, CSV or Parquet;
 * `-` is standard input. Bad rows are reported and left out; the good ones are still judged. Rejects with
 * `config/empty-input` where there is no row at all: it is most likely the wrong file.
 */
export async function readProgramRows(path: string, options: ReadOptions = {}): Promise<ProgramRows> {
  const { rows, issues } = await readRows(path);
  if (rows.length + issues.length === 0) {
    throw new EvomError(
      'config',
      'empty-input',
      expected(path, 'a file with at least one row', 'none', 'Check the path.'),
    );
  }
  const bad: BadRow[] = issues.map(({ row, field, message }) => ({ row, field, message }));
  const good: ProgramRow[] = [];
  const seen = new Map<string, number>();
  for (const { row, value } of rows) {
    try {
      good.push(readRow(row, value, options, seen));
    } catch (error) {
      if (!(error instanceof BadField)) throw error;
      bad.push({ row, field: error.field, message: error.message });
    }
  }
  return { rows: good, bad };
}

class BadField extends Error {
  readonly field: string;

  constructor(field: string, what: string, got: unknown, next: string) {
    super(expected(field, what, got, next));
    this.field = field;
  }
}

function readRow(
  row: number,
  value: Readonly<Record<string, unknown>>,
  options: ReadOptions,
  seen: Map<string, number>,
): ProgramRow {
  const { program, noProgram, completion, truncated } = readProgram(value);
  const solver = readSolver(value['solver'], options.solver);
  const answer = readLabel(value['answer']);
  const problem = optionalText(value, 'problem');
  const id = unique(readId(value['id'], row), seen);
  const digest = createHash('sha256')
    .update(JSON.stringify([solver, program, completion, truncated, answer, problem, options.settings]))
    .digest('hex')
    .slice(0, 16);
  return { id, solver, program, noProgram, completion, truncated, answer, problem, digest };
}

function readProgram(
  value: Readonly<Record<string, unknown>>,
): Pick<ProgramRow, 'program' | 'noProgram' | 'completion' | 'truncated'> {
  const program = optionalText(value, 'program');
  const completion = optionalText(value, 'completion');
  const truncated = value['truncated'] ?? false;
  if (typeof truncated !== 'boolean') throw new BadField('truncated', 'true or false', truncated, 'Mend the row.');
  if (program !== null && completion !== null) {
    throw new BadField('completion', 'absent where `program` is given', completion, 'Keep one of the two.');
  }
  if (program !== null) return { program, noProgram: null, completion: null, truncated };
  if (completion === null) {
    throw new BadField('program', 'a text', value['program'], 'Give the row a `program` or a `completion`.');
  }
  const read = readCompletion(completion);
  return { program: read.program, noProgram: read.program === null ? read.reason : null, completion, truncated };
}

function readSolver(value: unknown, forAllRows: SolverName | undefined): SolverName {
  const chosen = forAllRows ?? value;
  const next = 'Mend the row, or choose one for all rows by `--solver`.';
  try {
    return solverName(chosen);
  } catch {
    throw new BadField('solver', `one of ${SOLVER_NAMES.join(', ')}`, chosen, next);
  }
}

function readLabel(value: unknown): Answer | null {
  if (value === undefined || value === null) return null;
  const reading = parseAnswer(value);
  if ('answer' in reading) return reading.answer;
  throw new BadField('answer', 'a number, infeasible, unbounded or no solution', value, `${reading.unreadable}.`);
}

function readId(value: unknown, row: number): string {
  if (value === undefined || value === null) return `row-${row}`;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new BadField('id', 'a text or a number', value, 'Mend the row, or leave the id out.');
}

function optionalText(value: Readonly<Record<string, unknown>>, field: string): string | null {
  const text = value[field] ?? null;
  if (text === null || typeof text === 'string') return text;
  throw new BadField(field, 'a text', text, 'Mend the row.');
}

function unique(id: string, seen: Map<string, number>): string {
  const count = (seen.get(id) ?? 0) + 1;
  seen.set(id, count);
  return count === 1 ? id : unique(`${id}#${count}`, seen);
}

/** One line on standard error for each bad row; true where there was one. */
export function reportBadRows(path: string, bad: readonly BadRow[]): boolean {
  for (const { row, field, message } of bad) {
    console.error(`${path}, row ${row}${field === null ? '' : `, field ${field}`}: ${message}`);
  }
  return bad.length > 0;
}
