/**
 * Where the imports of cells lead. What was found stays found while the file is there; what was not is looked for again
 * with every program, so that a package installed or a file written by a cell is known to the next. `evom` is this package
 * wherever the folder is, unless it has one of its own.
 */

import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import type ts from '@tslab/typescript-for-tslab';
import { LIBRARY_DECLARATIONS } from '../declarations.ts';
import { LIBRARY_NAME } from '../engine/library-names.ts';
import type { TypeScript } from './tslab.ts';

type Resolver = Required<Pick<ts.CompilerHost, 'resolveModuleNameLiterals'>> & {
  /** Whether a file imports something that was not there. */
  hasInvalidatedResolutions(path: string): boolean;
};

const TYPED = /\.(?:[cm]?tsx?|json)$/;

export function resolveModules(ts: TypeScript, host: ts.ModuleResolutionHost): Resolver {
  const found = new Map<string, ts.ResolvedModuleFull | undefined>();
  const incomplete = new Set<string>();

  /** Node's own come before any package, and are declared by its types. */
  function resolve(name: string, from: string, options: ts.CompilerOptions): ts.ResolvedModuleFull | undefined {
    if (isBuiltin(name)) return undefined;
    const key = `${dirname(from)}\n${name}`;
    const known = found.get(key);
    const isSettled = isOfPackage(from) || (known && (isOfPackage(known.resolvedFileName) || isThere(known)));
    if (isSettled && found.has(key)) return known;
    const { resolvedModule = libraryOf(name) } = ts.resolveModuleName(name, from, options, host);
    // A package without types may be given some later.
    if (isOfPackage(from) || (resolvedModule && TYPED.test(resolvedModule.resolvedFileName))) {
      found.set(key, resolvedModule);
    }
    return resolvedModule;
  }

  function libraryOf(name: string): ts.ResolvedModuleFull | undefined {
    if (name !== LIBRARY_NAME || !host.fileExists(LIBRARY_DECLARATIONS)) return undefined;
    return { resolvedFileName: LIBRARY_DECLARATIONS, extension: ts.Extension.Dts, isExternalLibraryImport: true };
  }

  function isThere({ resolvedFileName }: ts.ResolvedModuleFull): boolean {
    return host.fileExists(resolvedFileName);
  }

  return {
    resolveModuleNameLiterals(literals, from, _, options) {
      const resolved = literals.map(({ text }) => resolve(text, from, options));
      const isMissing = literals.some(({ text }, at) => resolved[at] === undefined && !isBuiltin(text));
      if (isMissing && !isOfPackage(from)) incomplete.add(from);
      else incomplete.delete(from);
      return resolved.map((resolvedModule) => ({ resolvedModule }));
    },
    hasInvalidatedResolutions: (path) => incomplete.has(path),
  };
}

function isOfPackage(path: string): boolean {
  return path.includes('/node_modules/');
}
