/**
 * A JupyterLite site: JupyterLab as files alone, with the Lab extension and notebooks, for any web server. Saved views
 * draw in it. There is no kernel in it, so that nothing can be run.
 *
 *   node binder/lite.mjs SITE NOTEBOOK…    SITE is a new folder; a notebook may be a folder of them
 *
 * Needs `npm run setup` and `npm run build`. JupyterLite (16 MB) is put beside the Python environment, in `.venv/lite`.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installBeside, interpreterOf } from './python-environment.mjs';
import { writeWheel } from './wheel.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VENV = join(ROOT, '.venv');
const TOOLS = join(VENV, 'lite');
const EXTENSION = join(ROOT, 'labextension', 'dist');

const [site, ...notebooks] = process.argv.slice(2).map((path) => resolve(path));
if (site === undefined || notebooks.length === 0) fail('Usage: node binder/lite.mjs SITE NOTEBOOK…');
if (existsSync(site)) fail(`Expected ${site} to be a new folder, got one that exists. Remove it, then run this again.`);
if (!existsSync(EXTENSION)) fail('Expected the extension to be built, got none. Run `npm run build`, then this again.');

try {
  const log = (line) => console.error(`      ${line}`);
  await installBeside(VENV, { lock: join(ROOT, 'binder', 'lite.txt'), target: TOOLS, log });
} catch (error) {
  fail(error.message);
}
/** JupyterLite's own files about a build, and the extension. */
const scratch = mkdtempSync(join(tmpdir(), 'evom-lite-'));
const { status } = spawnSync(
  interpreterOf(VENV),
  [
    ...['-m', 'jupyterlite_core', 'build', '--lite-dir', scratch, '--output-dir', site],
    ...['--apps', 'lab', '--apps', 'notebooks', '--no-sourcemaps', '--no-unused-shared-packages'],
    ...['--ignore-sys-prefix', '--no-libarchive'],
    `--LiteBuildConfig.federated_extensions=${writeWheel({ folder: EXTENSION, target: scratch })}`,
    ...notebooks.flatMap((path) => ['--contents', path]),
  ],
  { cwd: scratch, env: { ...process.env, PYTHONPATH: TOOLS }, stdio: ['ignore', 'ignore', 'inherit'] },
);
rmSync(scratch, { recursive: true });
if (status !== 0) fail(`JupyterLite built nothing in ${site} (exit ${status}). See the lines above.`);
console.log(site);

function fail(message) {
  console.error(message);
  process.exit(1);
}
