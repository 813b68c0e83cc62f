/**
 * `import` of cells: names are looked for from the working folder, as in a file that lies there. A local file is read
 * again once it, or any local file that a cell ever reached, has changed. `evom` is this package, wherever the folder is,
 * unless it has one of its own.
 */

import { type ResolveFnOutput, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { changedAt } from '../../changed-at.ts';
import { LIBRARY_FILE, LIBRARY_NAME } from '../library-names.ts';
import { whileLoading } from './loading.ts';

const VERSION = 'cell-version';

/** What {@link BRIDGE} has for modules. */
export interface CellModules {
  import(specifier: string, options?: ImportCallOptions): Promise<unknown>;
  readonly meta: ImportMeta;
}

export function createCellModules(folder: string): CellModules {
  const filename = join(folder, 'cell.ts');
  const { href: url } = pathToFileURL(filename);
  const changed = new Map<string, number>();
  let version = 0;

  registerHooks({
    resolve(specifier, context, nextResolve) {
      const isImported = context.parentURL === import.meta.url;
      const isRequired = context.parentURL === url;
      const isOfUser = isImported || isRequired || context.parentURL?.includes(`?${VERSION}=`);
      if (!isOfUser) return nextResolve(specifier, context);
      const asked = isImported ? { ...context, parentURL: url } : context;
      if (specifier === LIBRARY_NAME) return resolveLibrary(() => nextResolve(specifier, asked));
      const resolved = nextResolve(specifier, asked);
      if (!isLocal(resolved.url) || isRequired) return resolved; // `require` keeps what it has read
      const path = fileURLToPath(resolved.url);
      changed.set(path, changedAt(path));
      const importAttributes = path.endsWith('.json') ? { type: 'json' } : context.importAttributes;
      return { ...resolved, importAttributes, url: `${resolved.url}?${VERSION}=${version}` };
    },
  });

  return {
    import(specifier, options) {
      if ([...changed].some(([path, time]) => changedAt(path) !== time)) version += 1;
      const load = (): Promise<unknown> => import(specifier, options);
      // What cannot be read again: a package. A local file may loop, and is read again once it is changed.
      return /^[./]/.test(specifier) ? load() : whileLoading(load);
    },
    meta: {
      url,
      filename,
      dirname: folder,
      resolve: (specifier: string) => new URL(specifier, url).href,
    } as ImportMeta,
  };
}

/** In a clone, the name leads to what was built last. */
function resolveLibrary(resolve: () => ResolveFnOutput): ResolveFnOutput {
  try {
    const resolved = resolve();
    if (!resolved.url.startsWith(PACKAGE_URL)) return resolved;
  } catch {
    // the folder has none
  }
  return { url: pathToFileURL(LIBRARY_FILE).href, shortCircuit: true };
}

const PACKAGE_URL = `${pathToFileURL(PACKAGE_ROOT).href}/`;

function isLocal(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && /\.(m?[jt]s|json)$/.test(url);
}
