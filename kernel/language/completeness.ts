/** Whether a cell can run, or could if more lines followed. */

import type ts from '@tslab/typescript-for-tslab';
import type { Completeness } from '../engine/engine.ts';
import { readCell } from './read-cell.ts';
import { PREFIX, type TypeScript } from './tslab.ts';

export function completenessOf(ts: TypeScript, code: string): Completeness {
  const { syntaxErrors } = readCell(ts, code);
  const [first] = syntaxErrors;
  if (!first) return { status: 'complete' };
  const open = openBrackets(ts, code);
  if (first.code === UNCLOSED_STRING) return { status: 'invalid' };
  const isAtEnd = (first.start ?? 0) >= PREFIX.length + code.trimEnd().length || ENDLESS.has(first.code);
  if (!isAtEnd && !canGoOn(ts, code, open)) return { status: 'invalid' };
  return { status: 'incomplete', indent: ENDLESS.has(first.code) ? '' : indentAfter(code) };
}

/** A string ends with its line, so that more lines do not help. */
const UNCLOSED_STRING = 1002;

/** What is open takes in all that follows: a comment, a template. */
const ENDLESS: ReadonlySet<number> = new Set([1010, 1160]);

/**
 * Whether the code reads well once its brackets are closed. TypeScript tells of `(a: number, b` before its end, as it may
 * be no arrow function.
 */
function canGoOn(ts: TypeScript, code: string, open: readonly string[]): boolean {
  if (open.length === 0) return false;
  const closed = open.toReversed();
  const [inner = '', ...outer] = closed;
  return [
    closed.join(''),
    `${inner} => {}${outer.join('')}`,
    `_${closed.join('')}`,
    `_${inner} => {}${outer.join('')}`,
  ].some((rest) => readCell(ts, `${code}\n${rest}`).syntaxErrors.length === 0);
}

/** What closes the brackets that are open at the end, the outermost first. */
function openBrackets(ts: TypeScript, code: string): readonly string[] {
  const { SyntaxKind } = ts;
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.Standard, code);
  const open: string[] = [];
  const closing: ReadonlySet<ts.SyntaxKind> = new Set([
    SyntaxKind.CloseBraceToken,
    SyntaxKind.CloseParenToken,
    SyntaxKind.CloseBracketToken,
    SyntaxKind.TemplateTail,
  ]);
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === SyntaxKind.CloseBraceToken && open.at(-1) === TEMPLATE) token = scanner.reScanTemplateToken(false);
    if (token === SyntaxKind.OpenBraceToken) open.push('}');
    else if (token === SyntaxKind.OpenParenToken) open.push(')');
    else if (token === SyntaxKind.OpenBracketToken) open.push(']');
    else if (token === SyntaxKind.TemplateHead) open.push(TEMPLATE);
    else if (closing.has(token)) open.pop();
  }
  return open;
}

const TEMPLATE = '}`';

/** As the last line, and two spaces more where that line opened something. */
function indentAfter(code: string): string {
  const line = code.trimEnd().split('\n').at(-1) ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return /[{([,=]$|=>$/.test(line) ? `${indent}  ` : indent;
}
