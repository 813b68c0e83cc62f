/**
 * What the library exports, read from the text of its one page, which has but `export { a, type B, c as d } from './file'`:
 * loading the library, and even parsing the page, takes longer than a kernel's start should.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { siblingModule } from '../../src/sibling-module.ts';

/** What cells import it by. */
export const LIBRARY_NAME = 'evom';

/** The file of the library's public surface. */
export const LIBRARY_FILE: string = fileURLToPath(siblingModule('../../src/index', import.meta.url));

/** Names of the values that the library exports. */
export function libraryNames(): readonly string[] {
  const names = readExports().flatMap(({ list }) => list.split(',').map((name) => name.trim()));
  const values = names.filter((name) => name !== '' && !name.startsWith('type '));
  return values.map((name) => name.split(' as ').at(-1) ?? name);
}

/** URLs of the modules that they come from. */
export function libraryFiles(): readonly string[] {
  const url = pathToFileURL(LIBRARY_FILE);
  return readExports().map(({ source }) => new URL(source, url).href);
}

function readExports(): readonly { readonly list: string; readonly source: string }[] {
  const found = readFileSync(LIBRARY_FILE, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']*)'/gm);
  return [...found].map(([, list = '', source = '']) => ({ list, source }));
}
