/**
 * TypeScript declarations of what every cell can use: `evom`, `jupyter`, `display`, and the library's functions by their
 * names. They come from the declaration files of the package; a clone makes them when the kernel is installed.
 */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EvomError } from '../src/errors.ts';
import { PACKAGE_ROOT } from '../src/package-root.ts';
import { libraryNames } from './engine/library-names.ts';

const BUILT = join(PACKAGE_ROOT, 'dist');
/** Of the package as a whole. A clone has it once the kernel is installed. */
export const LIBRARY_DECLARATIONS: string = join(BUILT, 'src/index.d.ts');
const TOOLS = join(BUILT, 'kernel/engine/child/tools.d.ts');

/** Without declaration files everything is `any`. */
export function ambientDeclarations(): string {
  const hasTypes = existsSync(LIBRARY_DECLARATIONS);
  const typed = (name: string, file: string, type: string): string =>
    `declare let ${name}: ${hasTypes ? `import('${join(BUILT, file)}')${type}` : 'any'};`;
  const library = libraryNames().map((name) =>
    hasTypes ? `declare let ${name}: typeof import('${LIBRARY_DECLARATIONS}').${name};` : `declare let ${name}: any;`,
  );
  return [
    typed('evom', 'src/workbench/workbench.d.ts', '.Workbench'),
    typed('jupyter', 'kernel/engine/child/jupyter.d.ts', `.Jupyter & import('${TOOLS}').Tools`),
    typed('display', 'kernel/engine/child/jupyter.d.ts', ".Jupyter['display']"),
    ...library,
  ].join('\n');
}

/** Makes the declaration files of a clone, in some seconds; nothing to do in a package. Throws `config/no-declarations`. */
export function emitDeclarations(): void {
  const compiler = join(PACKAGE_ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(PACKAGE_ROOT, 'tsconfig.build.json');
  if (!existsSync(project)) return;
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project, '--emitDeclarationOnly'], {
    encoding: 'utf8',
  });
  if (status === 0) return;
  throw new EvomError(
    'config',
    'no-declarations',
    `The sources do not compile, and the kernel lacks types:\n${stdout}`,
  );
}
