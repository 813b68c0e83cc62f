import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { siblingModule } from '../sibling-module.ts';

/** The file of the library's public surface. */
export const LIBRARY_FILE: string = fileURLToPath(siblingModule('../../src/index', import.meta.url));

/** Names of the values that the library exports, read from its text: loading it takes longer than a cell should. */
export function libraryNames(): readonly string[] {
  const text = readFileSync(LIBRARY_FILE, 'utf8');
  const { body } = parse(LIBRARY_FILE.endsWith('.ts') ? stripTypeScriptTypes(text) : text, {
    ecmaVersion: 'latest',
    sourceType: 'module',
  });
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    return statement.specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? [exported.name] : []));
  });
}
