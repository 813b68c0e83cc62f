/** From a cell as it was typed to its result: magics become calls, the type checker looks at it, the engine runs it. */

import type { Cell, CellError, CellResult, CheckMode, Diagnostic, Engine, Language } from './engine/engine.ts';
import { BOLD, marked, PLAIN, RED, YELLOW } from './marked-place.ts';

export interface RunCell {
  readonly result: CellResult;
  /** What the type checker says of a cell that ran, as text; empty where it says nothing. */
  readonly remarks: Promise<string>;
}

export async function runCell(
  cell: Cell,
  { engine, language }: { readonly engine: Engine; readonly language: Language },
  mode: CheckMode,
): Promise<RunCell> {
  let code: string;
  try {
    const { rewriteMagics } = await import('./magics/rewrite.ts'); // with the first cell: see `withMagics`
    code = rewriteMagics(cell.code).code;
  } catch (error) {
    return { result: refused(usageError(error as Error)), remarks: Promise.resolve('') };
  }
  const checked = language.check(code);
  if (mode === 'before') {
    const found = await checked;
    if (found.length > 0) return { result: refused(typeError(found, cell)), remarks: Promise.resolve('') };
  }
  const result = await engine.execute({ ...cell, code });
  const isSyntaxError = result.status === 'error' && result.error.ename === 'SyntaxError';
  const isHeard = mode === 'after' && !isSyntaxError;
  return { result, remarks: isHeard ? checked.then((found) => remarksOf(found, cell)) : Promise.resolve('') };
}

function refused(error: CellError): CellResult {
  return { status: 'error', error, expressions: {} };
}

function usageError({ message }: Error): CellError {
  return { ename: 'UsageError', evalue: message, traceback: [`${RED}${BOLD}UsageError${PLAIN}: ${message}`] };
}

function typeError(found: readonly Diagnostic[], cell: Cell): CellError {
  const [first] = found;
  const traceback = found.flatMap((diagnostic) => described(diagnostic, cell, RED));
  return { ename: 'TypeScriptError', evalue: first?.message ?? '', traceback };
}

function remarksOf(found: readonly Diagnostic[], cell: Cell): string {
  return found.flatMap((diagnostic) => [...described(diagnostic, cell, YELLOW), '']).join('\n');
}

function described({ message, code, line, column, length }: Diagnostic, cell: Cell, colour: string): readonly string[] {
  const text = cell.code.split('\n')[line - 1] ?? '';
  const place = {
    name: cell.name,
    line,
    column,
    text,
    length: Math.min(length, Math.max(1, text.length - column + 1)),
  };
  return [`${colour}TS${code}${PLAIN} ${message}`, ...marked(place, colour)];
}
