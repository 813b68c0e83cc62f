/** What the checker says of a cell, and what it declares. Of what it says, only what is of use in a notebook is told. */

import type ts from '@tslab/typescript-for-tslab';
import type { Diagnostic } from '../engine/engine.ts';
import { type Declaration, readDeclarations } from './declarations.ts';
import { type CellText, exportAll, readCell } from './read-cell.ts';
import { PREFIX, type Tslab, type TypeScript } from './tslab.ts';

const UNTOLD: ReadonlySet<number> = new Set([
  1202, // `import x = require()`, which cells may say
  2695, // the left side of a comma is unused
  7034, // a variable whose type is not known yet: a later cell gives it one
]);

export interface CheckedCell {
  readonly diagnostics: readonly Diagnostic[];
  /** None where the code cannot be read, as it does not run. */
  readonly declared: readonly Declaration[];
}

export function checkCell({ ts, view }: Tslab, declarations: string, code: string): CheckedCell {
  const text = readCell(ts, code);
  if (text.syntaxErrors.length > 0) return { diagnostics: told(ts, text, text.syntaxErrors), declared: [] };
  const { program, cell } = view(declarations, exportAll(ts, text));
  const diagnostics = told(ts, text, program.getSemanticDiagnostics(cell));
  const declared = readDeclarations(ts, declarationFile(program, cell));
  return { diagnostics, declared: [...declared, ...fromBlocks(ts, program, cell, declared)] };
}

/** A `var` within a block is known outside it; declaration files tell only of what stands at the top. */
function fromBlocks(
  ts: TypeScript,
  program: ts.Program,
  cell: ts.SourceFile,
  declared: readonly Declaration[],
): readonly Declaration[] {
  const checker = program.getTypeChecker();
  const { locals } = cell as ts.SourceFile & { readonly locals?: ReadonlyMap<ts.__String, ts.Symbol> };
  return [...(locals?.values() ?? [])].flatMap(({ name, valueDeclaration }) => {
    const isVariable = valueDeclaration && ts.isVariableDeclaration(valueDeclaration);
    if (!isVariable || declared.some((one) => one.name === name && one.isValue)) return [];
    const type = checker.typeToString(checker.getTypeAtLocation(valueDeclaration), cell, IN_FULL);
    return [{ name, isValue: true, isType: false, text: `declare var ${name}: ${type};` }];
  });
}

const IN_FULL: ts.TypeFormatFlags.NoTruncation = 1;

function told(ts: TypeScript, { file }: CellText, diagnostics: readonly ts.Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.flatMap(({ start = 0, length = 0, code, messageText, category }) => {
    const isOfCell = start >= PREFIX.length && start <= file.text.length;
    if (!isOfCell || category !== ts.DiagnosticCategory.Error || UNTOLD.has(code)) return [];
    const { line, character } = file.getLineAndCharacterOfPosition(start); // line 0 is the prefix
    const inside = Math.max(1, Math.min(length, file.text.length - start));
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    return [{ line, column: character + 1, length: inside, message, code }];
  });
}

/** Whatever is wrong with the cell: what has no name outside it is named all the same, and is then of any type. */
function declarationFile(program: ts.Program, cell: ts.SourceFile): string {
  let text = '';
  const write: ts.WriteFileCallback = (_, data) => {
    text = data;
  };
  (program.emit as ForcedEmit)(cell, write, undefined, true, undefined, true);
  return text;
}

type ForcedEmit = (...given: [...Parameters<Required<ts.Program>['emit']>, isForced: boolean]) => ts.EmitResult;
