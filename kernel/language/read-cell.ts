/** A cell as its text says it, before anything is known of other cells. */

import type ts from '@tslab/typescript-for-tslab';
import { PREFIX, type TypeScript } from './tslab.ts';

export interface CellText {
  /** With its prefix. */
  readonly file: ts.SourceFile;
  readonly syntaxErrors: readonly ts.Diagnostic[];
}

export function readCell(ts: TypeScript, code: string): CellText {
  const file = ts.createSourceFile('cell.ts', PREFIX + code, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = file as ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  return { file, syntaxErrors: parseDiagnostics };
}

/**
 * The code with everything that it declares exported, as only that comes into declarations. Its own exports are taken out
 * first, letter for letter, so that every place stays where it was; what is added comes after the end.
 */
export function exportAll(ts: TypeScript, { file }: CellText): string {
  let text = file.text;
  const put = (start: number, end: number, instead: string): void => {
    const blank = text.slice(start + instead.length, end).replace(/[^\r\n]/g, ' ');
    text = text.slice(0, start) + instead + blank + text.slice(end);
  };
  for (const statement of file.statements.slice(1)) {
    const start = statement.getStart(file);
    if (ts.isExportDeclaration(statement)) put(start, statement.end, ';');
    else if (ts.isExportAssignment(statement)) put(start, statement.expression.getStart(file), AS_EXPRESSION);
    else takeOutModifiers(statement);
  }
  return `${text.slice(PREFIX.length)}\nexport { ${namesIn(ts, file).join(', ')} };`;

  function takeOutModifiers(statement: ts.Statement): void {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const ours = modifiers.filter(
      ({ kind }) => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword,
    );
    const [first] = ours;
    const last = ours.at(-1);
    if (!first || !last) return;
    const isNameless = (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && !statement.name;
    put(first.getStart(file), last.end, isNameless ? AS_EXPRESSION : '');
  }
}

/** Makes an expression of what follows, in no more letters than `export=`. The checker's dislike of it is not told. */
const AS_EXPRESSION = 'void 0,';

function namesIn(ts: TypeScript, file: ts.SourceFile): readonly string[] {
  ts.bindSourceFile(file, {});
  const { locals } = file as ts.SourceFile & { readonly locals?: ReadonlyMap<ts.__String, ts.Symbol> };
  return [...(locals?.keys() ?? [])]
    .map((name) => ts.unescapeLeadingUnderscores(name))
    .filter((name) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== 'default');
}
