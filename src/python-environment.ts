/**
 * Which Python interpreter runs the programs. The environments themselves are built by
 * `binder/python-environment.mjs`, the one implementation behind `npm run setup` and `evom setup`.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createPythonEnvironment, interpreterOf, userEnvironmentFolder } from '#binder/python-environment.mjs';
import { EvomError, expected } from './errors.ts';
import { PACKAGE_ROOT } from './package-root.ts';

/**
 * The interpreter to run programs with: `$EVOM_PYTHON`, else the clone's `.venv`, else the per-user environment
 * that `evom setup` builds.
 * Throws `config/no-python-environment` where there is none, and `config/python-not-found` where `$EVOM_PYTHON`
 * names no file.
 */
export function findPython(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['EVOM_PYTHON'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new EvomError(
      'config',
      'python-not-found',
      expected('EVOM_PYTHON', 'the path of a Python interpreter', chosen, 'Correct it, or unset it.'),
    );
  }
  const candidates = [join(PACKAGE_ROOT, '.venv'), userEnvironmentFolder(environment)].map(interpreterOf);
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found) return found;
  throw new EvomError(
    'config',
    'no-python-environment',
    `Expected a Python environment with the solvers, found none at ${candidates.join(' or ')}. ` +
      'Run `npm run setup` in a clone, or `evom setup` where evom was installed by npm; or set EVOM_PYTHON.',
  );
}

/**
 * `evom setup`: builds the per-user Python environment from the lock file in the package, and gives its interpreter.
 * A second call finds it built and returns at once. Failures come as `config/python-environment`.
 */
export async function setUpPython(options: { readonly log: (line: string) => void }): Promise<string> {
  const folder = userEnvironmentFolder(process.env);
  try {
    await createPythonEnvironment(folder, options);
  } catch (error) {
    throw new EvomError('config', 'python-environment', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  return interpreterOf(folder);
}
