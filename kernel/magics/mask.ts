import { findMagics } from './find-magics.ts';

/**
 * The cell for the language service: spaces in place of magics, every other character at its offset. TypeScript in a
 * magic (`%time f()`, the function below `%%reward`) stays.
 */
export function maskMagics(cell: string): string {
  let masked = cell;
  for (const { magic, isHelp, kind, start, argumentsStart, lineEnd, end } of findMagics(cell)) {
    const isCode = !isHelp && magic?.body !== undefined && magic.body !== 'text';
    const codeStart = !isCode ? end : kind === 'cell' || magic.body === 'expression' ? lineEnd : argumentsStart;
    masked = masked.slice(0, start) + masked.slice(start, codeStart).replace(/[^\n]/g, ' ') + masked.slice(codeStart);
  }
  return masked;
}
