/**
 * `import` of cells: names are looked for from the working folder, as in a file that lies there. A local file is read
 * again once it, or any local file that a cell ever reached, has changed.
 */

import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { changedAt } from '../../changed-at.ts';

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
      const isFromCell = context.parentURL === import.meta.url;
      const resolved = nextResolve(specifier, isFromCell ? { ...context, parentURL: url } : context);
      if (!isFromCell && !context.parentURL?.includes(`?${VERSION}=`)) return resolved;
      if (!isLocal(resolved.url)) return resolved;
      const path = fileURLToPath(resolved.url);
      changed.set(path, changedAt(path));
      return { ...resolved, url: `${resolved.url}?${VERSION}=${version}` };
    },
  });

  return {
    import(specifier, options) {
      if ([...changed].some(([path, time]) => changedAt(path) !== time)) version += 1;
      return import(specifier, options);
    },
    meta: {
      url,
      filename,
      dirname: folder,
      resolve: (specifier: string) => new URL(specifier, url).href,
    } as ImportMeta,
  };
}

function isLocal(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && /\.(m?[jt]s|json)$/.test(url);
}
