/** The string that the cursor is in. Offsets are of the code, without the prefix. */

import type ts from '@tslab/typescript-for-tslab';
import { PREFIX, type TypeScript } from './tslab.ts';

/** Between the quotes. */
export interface StringPlace {
  readonly start: number;
  readonly end: number;
}

export function stringAt(ts: TypeScript, file: ts.SourceFile, offset: number): StringPlace | null {
  const literal = literalAt(ts, file, offset + PREFIX.length);
  return literal && placeOf(file, literal, offset);
}

/** Where the string names a module. */
export function specifierAt(ts: TypeScript, file: ts.SourceFile, offset: number): StringPlace | null {
  const literal = literalAt(ts, file, offset + PREFIX.length);
  return literal && isSpecifier(ts, literal) ? placeOf(file, literal, offset) : null;
}

function literalAt(ts: TypeScript, file: ts.SourceFile, position: number): ts.StringLiteralLike | null {
  let literal: ts.StringLiteralLike | null = null;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) >= position || node.end < position) return;
    const isInside = node.end > position || !isClosed(file, node);
    if (ts.isStringLiteralLike(node) && isInside) literal = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return literal;
}

function isSpecifier(ts: TypeScript, literal: ts.Node): boolean {
  const { parent } = literal;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent)) {
    return true;
  }
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== literal) return false;
  const { expression } = parent;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require')
  );
}

/** One without its second quote takes in the rest of the line, which is not replaced. */
function placeOf(file: ts.SourceFile, literal: ts.Node, offset: number): StringPlace {
  const start = literal.getStart(file) + 1 - PREFIX.length;
  return { start, end: isClosed(file, literal) ? literal.end - 1 - PREFIX.length : offset };
}

function isClosed(file: ts.SourceFile, literal: ts.Node): boolean {
  const start = literal.getStart(file);
  return literal.end > start + 1 && file.text[literal.end - 1] === file.text[start];
}
