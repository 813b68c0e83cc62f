/**
 * A cell's TypeScript to JavaScript that V8 runs as one script of many (`Runtime.evaluate` in its REPL mode, where
 * `await` is allowed at the top).
 *
 * - Types are stripped in place, so that lines and columns stay; only enums, namespaces and the like are rewritten, and
 *   then a source map leads back.
 * - What is declared at the top becomes `var`: any later cell may declare it again, as anything, and every function sees
 *   the newest value. Assigning to a constant is for the type checker to refuse.
 * - `import` and `export` become `await import(…)` and nothing; the value of the last expression is handed to the engine.
 *
 * Not covered: `using` at the top of a cell.
 */

import { SourceMap, stripTypeScriptTypes } from 'node:module';
import { type AnyNode, type Program, parse, type VariableDeclaration } from 'acorn';
import { Edits } from './edits.ts';
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

/** Throws a `SyntaxError` with a `position`, as {@link CellSyntaxError}. `lower`: for what types alone are not, see below. */
export function compileCell(source: string, lower: Lower): CompiledCell {
  const { code, map } = withoutTypes(source, lower);
  const program = parsed(code);
  const edits = new Edits(code);
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

/** What strips cannot express (decorators), by a whole compiler. */
export type Lower = (source: string) => { readonly code: string; readonly map: string };

/** A syntax error with its place in the cell. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = 'SyntaxError';
  /** 1-based. */
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

function withoutTypes(source: string, lower: Lower): { readonly code: string; readonly map: SourceMap | null } {
  if (/^\s*@/m.test(source)) {
    const lowered = lower(source);
    return { code: lowered.code, map: new SourceMap(JSON.parse(lowered.map)) };
  }
  try {
    return { code: stripTypeScriptTypes(source), map: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX')
      return { code: source, map: null };
    const code = stripTypeScriptTypes(source, { mode: 'transform', sourceMap: true });
    const [, data = ''] = /\n\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code) ?? [];
    return { code, map: new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString())) };
  }
}

function parsed(code: string): Program {
  try {
    return parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      allowAwaitOutsideFunction: true,
      locations: true,
    });
  } catch (error) {
    const { message, loc } = error as SyntaxError & {
      readonly loc?: { readonly line: number; readonly column: number };
    };
    throw new CellSyntaxError(message.replace(/ \(\d+:\d+\)$/, ''), loc?.line ?? 1, (loc?.column ?? 0) + 1);
  }
}

function rewriteStatement(statement: AnyNode, edits: Edits): void {
  const { type, start, end } = statement;
  if (type === 'VariableDeclaration') {
    toVar(statement, edits);
  } else if (type === 'ClassDeclaration' && statement.id) {
    edits.insert(start, `var ${statement.id.name} = `);
    edits.insert(end, ';');
  } else if (type === 'ImportDeclaration') {
    edits.replace(start, end, importAsVariables(statement, `${BRIDGE}.import`));
  } else if (type === 'ExportNamedDeclaration' || type === 'ExportDefaultDeclaration') {
    const { declaration } = statement;
    edits.blank(start, declaration?.start ?? end);
    if (declaration) rewriteStatement(declaration, edits);
  } else if (type === 'ExportAllDeclaration') {
    edits.blank(start, end);
  }
}

/** A `let` without a value is given `undefined`: running the cell again starts afresh. */
function toVar({ start, kind, declarations }: VariableDeclaration, edits: Edits): void {
  if (kind === 'using' || kind === 'await using') return;
  edits.replace(start, start + kind.length, 'var'.padEnd(kind.length));
  for (const { id, init } of declarations) {
    if (!init && kind === 'let') edits.insert(id.end, ' = undefined');
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
