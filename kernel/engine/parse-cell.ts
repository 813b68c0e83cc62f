/** A cell's TypeScript as JavaScript, and its syntax. Types are stripped in place where that is enough. */

import { SourceMap, stripTypeScriptTypes } from 'node:module';
import { Parser, type Program } from 'acorn';

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

export interface ParsedCell {
  readonly code: string;
  readonly map: SourceMap | null;
  readonly program: Program;
}

/** Throws a {@link CellSyntaxError}. */
export function parseCell(source: string, lower: Lower): ParsedCell {
  const stripped = withoutTypes(source);
  try {
    return { ...stripped, program: parsed(stripped.code) };
  } catch (error) {
    if (!(error instanceof CellSyntaxError) || !needsLowering(stripped.code, error)) throw error;
    const { code, map } = lower(source);
    return { code, map: new SourceMap(JSON.parse(map)), program: parsed(code) };
  }
}

/** Whether the parser stopped at a decorator, or at a field that is an `accessor`. */
function needsLowering(code: string, { line, column }: CellSyntaxError): boolean {
  const text = code.split('\n')[line - 1] ?? '';
  return text[column - 1] === '@' || /\baccessor\s+$/.test(text.slice(0, column - 1));
}

function withoutTypes(source: string): Omit<ParsedCell, 'program'> {
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

/** A cell may export what an earlier one declared. */
class CellParser extends Parser {
  checkLocalExport(): void {}
}

function parsed(code: string): Program {
  try {
    return CellParser.parse(code, {
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
