import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type ts from '@tslab/typescript-for-tslab';
import type { TypeScript } from './tslab.ts';

/** Of cells: modules of Node that import TypeScript by its file name, as the engine runs them. */
export function compilerOptions(ts: TypeScript, folder: string): ts.CompilerOptions {
  return {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.esnext.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    allowJs: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: folder,
    outDir: 'out',
    newLine: ts.NewLineKind.LineFeed,
    types: ['node'],
    typeRoots: [...typeRootsAbove(folder), ...typeRootsOfKernel()],
    allowUnusedLabels: true,
    allowUnreachableCode: true,
  };
}

function typeRootsAbove(folder: string): readonly string[] {
  const root = join(folder, 'node_modules', '@types');
  const above = dirname(folder) === folder ? [] : typeRootsAbove(dirname(folder));
  return existsSync(root) ? [root, ...above] : above;
}

/** Notebooks lie where there is no `node_modules`, too: Node's own types then come from beside the kernel. */
function typeRootsOfKernel(): readonly string[] {
  const kernel = createRequire(import.meta.url);
  return [kernel, createRequire(kernel.resolve('tslab'))].flatMap((require) => {
    try {
      return [dirname(dirname(require.resolve('@types/node/package.json')))];
    } catch {
      return [];
    }
  });
}
