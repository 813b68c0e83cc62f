/** The library's functions as globals of cells: `await verify(…)`. Loaded when the first one is used. */

import { createRequire } from 'node:module';
import { LIBRARY_FILE, libraryNames } from '../library-names.ts';
import { whileRequiring } from './loading.ts';

export function defineLibrary(): void {
  const require = createRequire(import.meta.url);
  const load = (): Record<string, unknown> => whileRequiring(() => require(LIBRARY_FILE));
  for (const name of libraryNames()) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => load()[name],
      // A cell may have another use for the name.
      set: (value: unknown) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }),
    });
  }
}
