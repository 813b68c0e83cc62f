/**
 * Cells as one module. In a notebook any cell may declare a name again; in a module only `var` may. So what several cells
 * declare becomes `var`, everywhere; all else stays as it was typed. A cell's last expression is printed.
 *
 * Not covered: an abstract class that several cells declare; a call before the function, where several declare it; a
 * second `let x;`, which keeps the old value; a cell that does not compile, which stays as it is.
 */

import { stripTypeScriptTypes } from 'node:module';
import { type AnyNode, type ExpressionStatement, type Program, parse } from 'acorn';
import { Edits } from '../engine/edits.ts';
import { forEachNode, importAsVariables, namesOf } from '../engine/syntax.ts';

export interface JoinedCells {
  readonly texts: readonly string[];
  /** Names that occur and that no cell declares. */
  readonly free: ReadonlySet<string>;
}

type Statement = Program['body'][number];

export function joinCells(cells: readonly string[]): JoinedCells {
  const programs = cells.map(read);
  const declared = new Map<string, number>();
  const occurring = new Set<string>();
  const labels = new Set<AnyNode>();
  for (const program of programs) {
    if (program === null) continue;
    for (const name of new Set(program.body.flatMap(namesOf))) declared.set(name, (declared.get(name) ?? 0) + 1);
    forEachNode(program, (node) => {
      const label = labelOf(node);
      if (label !== null) labels.add(label);
      if (node.type === 'Identifier' && !labels.has(node)) occurring.add(node.name);
    });
  }
  const isShared = (name: string): boolean => (declared.get(name) ?? 0) > 1;
  const texts = cells.map((cell, index) => {
    const edits = new Edits(cell);
    const body = programs[index]?.body ?? [];
    for (const statement of body) if (namesOf(statement).some(isShared)) share(statement, edits);
    const last = body.at(-1);
    if (last?.type === 'ExpressionStatement' && isWorthPrinting(last)) {
      edits.insert(last.expression.start, 'console.log(');
      edits.insert(last.expression.end, ')');
    }
    return edits.apply();
  });
  return { texts, free: new Set([...occurring].filter((name) => !declared.has(name))) };
}

/** Offsets are those of the cell, as types are blanked in place. */
function read(cell: string): Program | null {
  try {
    const options = { ecmaVersion: 'latest', sourceType: 'module', allowAwaitOutsideFunction: true } as const;
    return parse(stripTypeScriptTypes(cell), options);
  } catch {
    return null;
  }
}

/** What follows a dot or precedes a colon: no name of a variable, although it looks like one. */
function labelOf(node: AnyNode): AnyNode | null {
  if (node.type === 'MemberExpression') return node.computed ? null : node.property;
  const isMember = node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition';
  return isMember && !node.computed ? node.key : null;
}

function share(statement: Statement, edits: Edits): void {
  const { type, start, end } = statement;
  if (type === 'VariableDeclaration') edits.replace(start, start + statement.kind.length, 'var');
  if (type === 'ImportDeclaration') edits.replace(start, end, importAsVariables(statement, 'import'));
  if (type === 'ExportNamedDeclaration' && statement.declaration) {
    edits.blank(start, statement.declaration.start);
    share(statement.declaration, edits);
  }
  if ((type === 'FunctionDeclaration' || type === 'ClassDeclaration') && statement.id) {
    edits.insert(start, `var ${statement.id.name} = `);
    edits.insert(end, ';');
  }
}

/** Not what prints by itself, and not an assignment. */
function isWorthPrinting({ expression }: ExpressionStatement): boolean {
  if (expression.type === 'AssignmentExpression' || expression.type === 'UpdateExpression') return false;
  const called = expression.type === 'AwaitExpression' ? expression.argument : expression;
  if (called.type !== 'CallExpression') return true;
  let callee: AnyNode = called.callee;
  while (callee.type === 'MemberExpression' || callee.type === 'CallExpression') {
    callee = callee.type === 'MemberExpression' ? callee.object : callee.callee;
  }
  return !(callee.type === 'Identifier' && ['console', 'process', 'jupyter', 'display'].includes(callee.name));
}
