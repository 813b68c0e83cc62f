/** What the library exports, read from the text of its one page: loading it takes longer than a cell should. */

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ExportNamedDeclaration, parse } from 'acorn';
import { siblingModule } from '../../src/sibling-module.ts';

/** What cells import it by. */
export const LIBRARY_NAME = 'evom';

/** The file of the library's public surface. */
export const LIBRARY_FILE: string = fileURLToPath(siblingModule('../../src/index', import.meta.url));

/** Names of the values that the library exports. */
export function libraryNames(): readonly string[] {
  return readExports().flatMap(({ specifiers }) =>
    specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? [exported.name] : [])),
  );
}

/** URLs of the modules that they come from. */
export function libraryFiles(): readonly string[] {
  const url = pathToFileURL(LIBRARY_FILE);
  return readExports().flatMap(({ source }) =>
    typeof source?.value === 'string' ? [new URL(source.value, url).href] : [],
  );
}

function readExports(): readonly ExportNamedDeclaration[] {
  const text = readFileSync(LIBRARY_FILE, 'utf8');
  const { body } = parse(LIBRARY_FILE.endsWith('.ts') ? stripTypeScriptTypes(text) : text, {
    ecmaVersion: 'latest',
    sourceType: 'module',
  });
  return body.filter((statement) => statement.type === 'ExportNamedDeclaration');
}
