/** Lets a Python environment's JupyterLab find the built extension where it lies: a rebuild is there after a reload. */

import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function installExtension(built, venv) {
  const place = join(venv, 'share/jupyter/labextensions/@evom/labextension');
  if (targetOf(place) === built) return;
  mkdirSync(dirname(place), { recursive: true });
  rmSync(place, { recursive: true, force: true });
  symlinkSync(built, place);
}

function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    return null; // nothing is there, or a copy of an earlier wheel
  }
}
