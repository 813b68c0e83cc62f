/**
 * Completions as JSON lines that `evom verify` reads. A rerun with the same file goes on where a killed one stopped:
 * whole rows are kept, a last half row is written again.
 *
 * Does not guard against two runs that write the same file at the same time.
 */

import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { EvomError } from '../../errors.ts';
import type { Answer, Completion, Prompt, SolverName } from '../../types.ts';

/** One line. `id`, `solver`, `completion`, `truncated`, `answer` and `problem` are what `evom verify` reads. */
export interface CompletionRow {
  readonly id: string;
  readonly solver: SolverName;
  readonly completion: string;
  readonly truncated: boolean;
  readonly answer: Answer;
  /** The problem's text: rows of one text are samples of one problem. */
  readonly problem: string;
  readonly problemId: string;
  readonly sample: number;
  readonly tokens: number;
  /** Sum over the completion's tokens, natural logarithm. */
  readonly logProb: number;
  /** 16 hexadecimal digits of SHA-256 over all that decides the completion. */
  readonly digest: string;
}

/** A row. `settings`: how the completion was drawn, and by whom. */
export function completionRow(
  { problem, solver }: Prompt,
  sample: number,
  { text, truncated, tokenIds, logProbs }: Completion,
  settings: unknown,
): CompletionRow {
  return {
    id: rowId({ problem, solver }, sample),
    solver,
    completion: text,
    truncated,
    answer: problem.answer,
    problem: problem.text,
    problemId: problem.id,
    sample,
    tokens: tokenIds.length,
    logProb: logProbs.reduce((sum, value) => sum + value, 0),
    digest: digestOf({ problem, solver }, settings),
  };
}

function rowId({ problem, solver }: Prompt, sample: number): string {
  return `${problem.id}/${solver}/${sample}`;
}

function digestOf({ problem, solver }: Prompt, settings: unknown): string {
  const { id, text, answer } = problem;
  return createHash('sha256')
    .update(JSON.stringify([id, text, answer, solver, settings]))
    .digest('hex')
    .slice(0, 16);
}

/** The file, open for more rows. */
export class CompletionFile implements Disposable {
  readonly #descriptor: number;
  readonly #kept: ReadonlySet<string>;

  /** Throws, and leaves the file as it is, where it holds anything but completions of these prompts, drawn in this way. */
  constructor(path: string, prompts: readonly Prompt[], settings: unknown) {
    const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';
    const rows = readRows(text);
    const digests = new Map(prompts.map((prompt) => [rowId(prompt, 0), digestOf(prompt, settings)]));
    const isOwn = (row: Partial<CompletionRow> | null): row is CompletionRow =>
      row?.digest !== undefined && digests.get(`${row.problemId}/${row.solver}/0`) === row.digest;
    if (!rows.every(isOwn)) throw foreign(path);
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    try {
      if (lines !== text) rewrite(path, lines);
      this.#descriptor = openSync(path, 'a');
    } catch (cause) {
      const message = `Expected to write \`${path}\`: ${cause}. Choose another --out.`;
      throw new EvomError('config', 'unwritable-output', message, { cause });
    }
    this.#kept = new Set(rows.map(({ id }) => id));
  }

  /** Rows that were there already. */
  get keptCount(): number {
    return this.#kept.size;
  }

  has(prompt: Prompt, sample: number): boolean {
    return this.#kept.has(rowId(prompt, sample));
  }

  write(row: CompletionRow): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    for (let offset = 0; offset < line.length; ) {
      offset += writeSync(this.#descriptor, line, offset, line.length - offset, null);
    }
  }

  [Symbol.dispose](): void {
    try {
      fsyncSync(this.#descriptor);
    } catch {
      // a pipe or a device, which has nothing to flush
    }
    closeSync(this.#descriptor);
  }
}

/** Whole rows; null for a line that is none. A last line that broke off is left out. */
function readRows(text: string): (Partial<CompletionRow> | null)[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line, index) => {
    try {
      return [JSON.parse(line) as Partial<CompletionRow> | null];
    } catch {
      const isHalf = index === lines.length - 1 && !text.endsWith('\n') && line.startsWith('{"id":');
      return isHalf ? [] : [null];
    }
  });
}

function rewrite(path: string, text: string): void {
  const partial = `${path}.${process.pid}.part`;
  writeFileSync(partial, text, { flush: true });
  renameSync(partial, path);
}

function foreign(path: string): EvomError {
  return new EvomError(
    'config',
    'output-of-another-run',
    `Expected \`${path}\` to be absent, or from an earlier run of the same policy, problems, solvers, sampling and seed, ` +
      'but it holds something else. Choose another --out, or remove the file.',
  );
}
