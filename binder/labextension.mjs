/**
 * The Lab extension: its node modules where they are missing (200 MB, of use to nobody who does not build it), then
 * `labextension/dist` and a wheel of it in `dist/`, by npm alone.
 *
 *   node binder/labextension.mjs [--types]
 *
 * `--types` only checks the types of the extension and of its tests.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNodeModules } from './node-modules.mjs';
import { writeWheel } from './wheel.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(ROOT, 'labextension');
const COMPILER = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const MODULES = join(FOLDER, 'node_modules');

const log = (line) => console.error(`      ${line}`);
const onStart = () => console.error('Lab extension: npm install, some 200 MB; about a minute');
await installNodeModules(FOLDER, { log, onStart });
if (process.argv.includes('--types')) {
  run(COMPILER, '-p', join(FOLDER, 'tsconfig.json'), '--noEmit');
  run(COMPILER, '-p', join(ROOT, 'test', 'labextension', 'tsconfig.json'));
} else {
  build();
}

function build() {
  for (const made of ['lib', 'dist']) rmSync(join(FOLDER, made), { recursive: true, force: true });
  run(COMPILER, '-p', join(FOLDER, 'tsconfig.json'));
  const builder = join(MODULES, '@jupyter', 'builder', 'lib', 'build-labextension.js');
  const core = join(MODULES, '@jupyterlab', 'core-meta', 'core.package.json');
  run(builder, '--core-package-file', core, FOLDER);
  const target = join(ROOT, 'dist');
  mkdirSync(target, { recursive: true });
  console.log(writeWheel({ folder: join(FOLDER, 'dist'), target }));
}

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: FOLDER, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
