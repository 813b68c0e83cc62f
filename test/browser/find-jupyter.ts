/** Whose Jupyter is looked at: the project's own, or that of the interpreter $EVOM_JUPYTER, such as an older release. */

import { spawnSync } from 'node:child_process';
import { findPython } from '../../src/python-environment.ts';

export function findJupyter(): string {
  return process.env['EVOM_JUPYTER'] ?? findPython();
}

/** Why Notebook 7 cannot be looked at; null where it can. */
export function notebookMissing(): string | null {
  const { status } = spawnSync(findJupyter(), ['-c', 'import notebook']);
  return status === 0 ? null : 'Notebook 7 is not there (set EVOM_JUPYTER to a Python with `notebook`)';
}
