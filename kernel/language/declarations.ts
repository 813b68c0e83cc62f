/** What cells declared, one by one, so that a later cell may declare any of it again. */

import type ts from '@tslab/typescript-for-tslab';
import type { TypeScript } from './tslab.ts';

export interface Declaration {
  readonly name: string;
  /** An interface and a constant of one name live side by side. */
  readonly isValue: boolean;
  readonly isType: boolean;
  /** As in a declaration file, with its comment. */
  readonly text: string;
}

/** Those of both cells; the later one's hide the earlier one's of the same name and meaning. */
export function addDeclarations(
  earlier: readonly Declaration[],
  later: readonly Declaration[],
): readonly Declaration[] {
  const isHidden = (one: Declaration): boolean =>
    later.some(
      ({ name, isValue, isType }) => name === one.name && ((isValue && one.isValue) || (isType && one.isType)),
    );
  return [...earlier.filter((one) => !isHidden(one)), ...later];
}

/** From the text of a declaration file. */
export function readDeclarations(ts: TypeScript, text: string): readonly Declaration[] {
  const file = ts.createSourceFile('cell.d.ts', text, ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((statement): readonly Declaration[] => {
    if (ts.isVariableStatement(statement)) return fromVariables(ts, statement);
    if (ts.isImportDeclaration(statement)) return fromImport(ts, statement);
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [];
    const { name } = statement as ts.DeclarationStatement;
    const isOnlyType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const isOnlyValue = ts.isFunctionDeclaration(statement);
    const isGlobal = ts.isModuleDeclaration(statement) && (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
    return [
      {
        name: isGlobal || !name ? `declare ${name?.getText(file) ?? statement.getText(file)}` : name.getText(file),
        isValue: !isOnlyType,
        isType: !isOnlyValue,
        text: statement.getFullText(file).trim(),
      },
    ];
  });
}

function fromVariables(ts: TypeScript, statement: ts.VariableStatement): readonly Declaration[] {
  const { declarations, flags } = statement.declarationList;
  const keyword = flags & ts.NodeFlags.Const ? 'const' : flags & ts.NodeFlags.Let ? 'let' : 'var';
  const comment = statement.getFullText().slice(0, statement.getLeadingTriviaWidth()).trim();
  return declarations.map((declaration) => ({
    name: declaration.name.getText(),
    isValue: true,
    isType: false,
    text: `${comment}\ndeclare ${keyword} ${declaration.getText()};`.trim(),
  }));
}

function fromImport(ts: TypeScript, statement: ts.ImportDeclaration): readonly Declaration[] {
  const { importClause: clause, moduleSpecifier } = statement;
  const from = moduleSpecifier.getText();
  if (!clause) return [{ name: `import ${from}`, isValue: true, isType: true, text: `import ${from};` }];
  const { name, namedBindings, isTypeOnly } = clause;
  const parts: { readonly name: ts.Identifier; readonly text: string }[] = [];
  if (name) parts.push({ name, text: name.text });
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    parts.push({ name: namedBindings.name, text: namedBindings.getText() });
  } else {
    for (const element of namedBindings?.elements ?? []) {
      parts.push({ name: element.name, text: `{ ${element.getText()} }` });
    }
  }
  return parts.map((part) => ({
    name: part.name.text,
    isValue: !isTypeOnly,
    isType: true,
    text: `import ${isTypeOnly ? 'type ' : ''}${part.text} from ${from};`,
  }));
}
