/**
 * The Lab extension: its node modules where they are missing (200 MB, of use to nobody who does not build it), then
 * `labextension/dist` and a wheel of it in `dist/`, by npm alone.
 *
 *   node binder/labextension.mjs [--types]
 *
 * `--types` only checks the types of the extension and of its tests. A build whose own code has grown beyond `MOST_BYTES`
 * fails: a notebook with one view in it loads all of them.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNodeModules } from './node-modules.mjs';
import { writeWheel } from './wheel.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(ROOT, 'labextension');
const COMPILER = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const MODULES = join(FOLDER, 'node_modules');
/** Of the minified scripts of the extension's own: not Plotly, which is loaded when asked for, style sheets, or what the builder adds. */
const MOST_BYTES = 103_000;

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
  checkSize(join(FOLDER, 'dist', 'static'));
  const target = join(ROOT, 'dist');
  mkdirSync(target, { recursive: true });
  console.log(writeWheel({ folder: join(FOLDER, 'dist'), target }));
}

function checkSize(folder) {
  const scripts = readdirSync(folder)
    .filter((name) => /^\d+\..*\.js$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const own = scripts.filter((text) => text.length < 1e6 && !text.includes('.evom-View {'));
  const bytes = own.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  log(`${bytes} bytes of the extension's own scripts, at most ${MOST_BYTES}`);
  if (own.length === 0 || bytes > MOST_BYTES) process.exit(1);
}

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: FOLDER, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
