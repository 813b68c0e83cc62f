/**
 * Tells Jupyter of the kernel: a folder with `kernel.json` in one of the places where it looks (Jupyter's "Making kernels
 * for Jupyter"). The Node that runs this runs the kernel; `JUPYTER_DATA_DIR` and the platform's habits are followed.
 */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../src/sibling-module.ts';
import { compiledEnvironment } from './compiled.ts';
import { KERNEL_NAME } from './handlers/kernel-info.ts';

/** Whose Jupyter: this user's, a Python environment's, or any prefix. */
export type Place =
  | { readonly kind: 'user' }
  /** The environment whose interpreter this is. */
  | { readonly kind: 'environment'; readonly python: string }
  | { readonly kind: 'prefix'; readonly folder: string };

export interface Installation {
  /** What a notebook's metadata calls it, and the folder's name. */
  readonly name: string;
  readonly place: Place;
}

export const DEFAULT_NAME = 'evom';

/** Not every front end shows an SVG. In pixels, as in the names that Jupyter looks for. */
const LOGO_SIZES = [32, 64];
const LOGO = 'logo-svg.svg';

const MAIN = fileURLToPath(siblingModule('./main', import.meta.url));

/** Writes the folder, in place of an older one, and returns it. */
export function installKernel({ name, place }: Installation): string {
  const folder = folderOf(name, place);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const specification = {
    argv: [process.execPath, '--disable-warning=ExperimentalWarning', MAIN, '{connection_file}'],
    display_name: name === DEFAULT_NAME ? KERNEL_NAME : `${KERNEL_NAME}: ${name}`,
    language: 'typescript',
    interrupt_mode: 'message',
    env: compiledEnvironment(),
    metadata: { debugger: false },
  };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(specification, null, 2)}\n`);
  writeLogos(folder);
  return folder;
}

/** Removes the folder; null where there is none. */
export function uninstallKernel({ name, place }: Installation): string | null {
  const folder = folderOf(name, place);
  if (!existsSync(join(folder, 'kernel.json'))) return null;
  rmSync(folder, { recursive: true });
  return folder;
}

function writeLogos(folder: string): void {
  // Only here: every `evom` loads this file, and the renderer is large.
  const { Resvg } = createRequire(import.meta.url)('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const svg = readFileSync(fileURLToPath(new URL(`./logo/${LOGO}`, import.meta.url)));
  writeFileSync(join(folder, LOGO), svg);
  for (const size of LOGO_SIZES) {
    const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
    writeFileSync(join(folder, `logo-${size}x${size}.png`), picture.asPng());
  }
}

function folderOf(name: string, place: Place): string {
  return join(dataFolder(place), 'kernels', name);
}

function dataFolder(place: Place): string {
  if (place.kind === 'prefix') return join(place.folder, 'share', 'jupyter');
  // An environment's interpreter lies in its `bin`.
  if (place.kind === 'environment') return join(dirname(dirname(place.python)), 'share', 'jupyter');
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter');
}
