/**
 * Code that TypeScript 5.0 reads, of code that newer ones read too, letter for letter as long: `using` becomes `const`, and
 * what an import says `with` is left out. Neither changes a type.
 *
 * Not covered: `for (using … of …)`.
 */

import type ts from '@tslab/typescript-for-tslab';
import type { TypeScript } from './tslab.ts';

export function toOlderSyntax(ts: TypeScript, code: string): string {
  if (!/\b(?:using|with)\b/.test(code)) return code;
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.ES2022, true);
  let text = code;
  const put = (start: number, end: number, instead: string): void => {
    const blank = text.slice(start + instead.length, end).replace(/[^\r\n]/g, ' ');
    text = text.slice(0, start) + instead + blank + text.slice(end);
  };
  const rewrite = (statement: ts.Statement, next: ts.Statement): void => {
    const isOnOneLine = !/\n/.test(code.slice(statement.end, next.getStart(file)));
    if (!isOnOneLine) return;
    if (isUsing(ts, statement)) put(statement.getStart(file), statement.end, 'const');
    const mayHave = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    if (mayHave && ts.isWithStatement(next)) put(next.getStart(file), next.expression.end, '');
  };
  const visit = (node: ts.Node): void => {
    const { statements } = node as Partial<ts.Block>;
    statements?.forEach((statement, at) => {
      const next = statements[at + 1];
      if (next) rewrite(statement, next);
    });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return text;
}

/** As the older one reads it: a statement of the word alone, and the name and its value as another. */
function isUsing(ts: TypeScript, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement)) return false;
  const { expression } = statement;
  const word = ts.isAwaitExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(word) && word.text === 'using' && statement.getText().endsWith('using');
}
