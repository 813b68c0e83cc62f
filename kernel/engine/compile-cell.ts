/**
 * A cell's TypeScript to JavaScript that V8 runs as one script of many (`Runtime.evaluate` in its REPL mode, where
 * `await` is allowed at the top).
 *
 * - Types are stripped in place, so that lines and columns stay; only enums, namespaces and the like are rewritten, and
 *   then a source map leads back.
 * - What is declared at the top becomes `var`: any later cell may declare it again, as anything, and every function sees
 *   the newest value. Assigning to a constant is for the type checker to refuse.
 * - `import` and `export` become `await import(…)` and nothing; the value of the last expression is handed to the engine.
 * - It is strict code, as the modules are that a notebook is exported to.
 *
 * Not covered: decorators beside `using`, as the compiler for the first does not know the second.
 */

import type { AnyNode, Program, VariableDeclaration } from 'acorn';
import { Edits } from './edits.ts';
import { startNamespacesAfresh } from './namespaces.ts';
import { type Lower, parseCell } from './parse-cell.ts';
import { forEachNode, importAsVariables, namesOf } from './syntax.ts';

/** How a compiled cell calls the engine: `globalThis` has an object of this name. */
export const BRIDGE = '__evom__';

export interface CompiledCell {
  readonly code: string;
  /** What it declares at its top, in order. */
  readonly names: readonly string[];
  /** Line and column of the cell for those of `code`, all 1-based. */
  readonly originOf: (line: number, column: number) => readonly [line: number, column: number];
}

/** Throws a `SyntaxError` with a `position`, as `CellSyntaxError`. `lower`: for what types alone are not, see below. */
export function compileCell(source: string, lower: Lower): CompiledCell {
  const { code, map, program } = parseCell(source, lower);
  const edits = new Edits(code);
  edits.insert(0, STRICT);
  hoistImports(program, edits);
  if (map) startNamespacesAfresh(program, edits);
  for (const statement of program.body) rewriteStatement(statement, edits);
  rewriteImports(program, edits);
  keepLast(program, edits);
  return {
    code: edits.apply(),
    names: program.body.flatMap(namesOf),
    originOf(line, column) {
      const [codeLine, codeColumn] = edits.originOf(line, column);
      const entry = map?.findEntry(codeLine - 1, codeColumn - 1);
      return entry && 'originalLine' in entry
        ? [entry.originalLine + 1, entry.originalColumn + 1]
        : [codeLine, codeColumn];
    },
  };
}

const STRICT = "'use strict';";

function rewriteStatement(statement: AnyNode, edits: Edits): void {
  const { type, start, end } = statement;
  if (type === 'VariableDeclaration') {
    toVar(statement, edits);
  } else if (type === 'ClassDeclaration' && statement.id) {
    edits.insert(start, `var ${statement.id.name} = `);
    edits.insert(end, ';');
  } else if (type === 'ExportNamedDeclaration' || type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    edits.blank(start, declaration?.start ?? end);
    if (!declaration) return;
    rewriteStatement(declaration, edits);
    // Without a name it is no statement.
    if (/Declaration$/.test(declaration.type) && namesOf(declaration).length === 0) {
      edits.insert(declaration.start, 'void ');
      edits.insert(end, ';');
    }
  } else if (type === 'ExportAllDeclaration') {
    edits.blank(start, end);
  }
}

/** A `let` without a value is given `undefined`: running the cell again starts afresh. What is held by `using` ends with the cell. */
function toVar({ start, kind, declarations }: VariableDeclaration, edits: Edits): void {
  edits.replace(start, start + kind.length, 'var'.padEnd(kind.length));
  for (const { id, init } of declarations) {
    if (!init && kind === 'let') edits.insert(id.end, ' = undefined');
    const hold = HOLD[kind];
    if (!init || !hold) continue;
    edits.insert(init.start, hold);
    edits.insert(init.end, ')');
  }
}

/** By `kind` of declaration. A stack within the cell's own, as that one would rather end later what can end at once. */
const HOLD: Readonly<Record<string, string>> = {
  using: `${BRIDGE}.held.use(new DisposableStack()).use(`,
  'await using': `${BRIDGE}.held.use(`,
};

/** Imports take place before all else, as in a module. */
function hoistImports({ body }: Program, edits: Edits): void {
  const first = body.find(({ type }) => type !== 'ImportDeclaration')?.start ?? Number.POSITIVE_INFINITY;
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration') continue;
    const { start, end } = statement;
    const variables = importAsVariables(statement, `${BRIDGE}.import`);
    if (start < first) {
      edits.replace(start, end, variables);
    } else {
      edits.insert(first, variables);
      edits.blank(start, end);
    }
  }
}

/** `import(…)` and `import.meta` mean what they mean in a file of the working folder. */
function rewriteImports(program: Program, edits: Edits): void {
  forEachNode(program, (node) => {
    const { type, start, end } = node;
    if (type === 'ImportExpression') edits.replace(start, start + 'import'.length, `${BRIDGE}.import`);
    if (type === 'MetaProperty' && node.meta.name === 'import') edits.replace(start, end, `${BRIDGE}.meta`);
  });
}

/** The value of a last expression, `export default` among them, is the cell's result. */
function keepLast({ body }: Program, edits: Edits): void {
  const last = body.at(-1);
  const shown =
    last?.type === 'ExpressionStatement'
      ? last.expression
      : last?.type === 'ExportDefaultDeclaration'
        ? last.declaration
        : null;
  if (!shown || /Declaration$/.test(shown.type)) return;
  edits.insert(shown.start, `${BRIDGE}.result = (`);
  edits.insert(shown.end, ')');
}
