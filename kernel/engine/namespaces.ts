/**
 * Enums and namespaces, as compilers write them, add to what has their name. Those of an earlier cell are not added to: a
 * cell that runs again starts afresh. Within a cell they go on as TypeScript says.
 */

import type { AnyNode, Expression, Program } from 'acorn';
import type { Edits } from './edits.ts';
import { namesOf } from './syntax.ts';

export function startNamespacesAfresh({ body }: Program, edits: Edits): void {
  const begun = new Set<string>();
  for (const statement of body) {
    const call = callOf(statement);
    const [added] = call?.type === 'CallExpression' ? call.arguments : [];
    // `E || {}` and `N || (N = {})`
    if (added?.type === 'LogicalExpression' && added.left.type === 'Identifier' && !begun.has(added.left.name)) {
      begun.add(added.left.name);
      edits.replace(added.left.start, added.left.end, 'null');
    }
    const isBare = statement.type === 'VariableDeclaration' && statement.declarations.every(({ init }) => !init);
    if (!isBare) for (const name of namesOf(statement)) begun.add(name);
  }
}

/** What makes the enum or the namespace, if that is what the statement does. */
function callOf(statement: AnyNode): Expression | null {
  if (statement.type === 'ExportNamedDeclaration') return statement.declaration ? callOf(statement.declaration) : null;
  const call =
    statement.type === 'ExpressionStatement'
      ? statement.expression
      : statement.type === 'VariableDeclaration'
        ? statement.declarations[0]?.init
        : null;
  return call?.type === 'CallExpression' && call.callee.type === 'FunctionExpression' ? call : null;
}
