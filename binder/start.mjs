/**
 * `npm start`: from a fresh clone to an open notebook. What is done already is not done again; the second start takes seconds.
 *
 *   npm start -- [--demo] [--headless] [--no-browser] [--port N]
 *
 * `--demo` shows the loop in the terminal, as the first start does; `--headless` does that and nothing more: no JupyterLab;
 * `--no-browser` prints the address and opens nothing. Ctrl-C ends JupyterLab, and so does `npm stop` from elsewhere.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addressOf, findLab, startLab } from './lab-server.mjs';
import { installExtension } from './labextension-link.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VENV = join(ROOT, '.venv');
const FIRST_NOTEBOOK = 'notebooks/00-first-minute.ipynb';
/** There once the loop was shown. */
const SHOWN = join(VENV, 'demo-shown');

const started = performance.now();
const flags = readFlags();
if (flags.demo || flags.headless || !existsSync(SHOWN)) {
  stage('the loop, once, in the terminal');
  run('the demo', [join(ROOT, 'src/cli.ts'), 'demo']);
  writeFileSync(SHOWN, '');
}
if (!flags.headless) await openLab();

async function openLab() {
  const running = await findLab(VENV);
  if (running) {
    show(running.url);
    return;
  }
  if (isStale(join(VENV, 'share/jupyter/kernels/evom/kernel.json'), ['src', 'kernel'])) {
    stage('the TypeScript kernel for JupyterLab');
    run('installing the kernel', [join(ROOT, 'src/cli.ts'), 'kernel', 'install', '--sys-prefix']);
  }
  if (
    isStale(join(ROOT, 'labextension/dist/package.json'), ['labextension/src', 'labextension/style', 'kernel/spec'])
  ) {
    stage('the Lab extension: what it is built with is some 200 MB');
    run('building the Lab extension', [join(ROOT, 'binder/labextension.mjs')]);
  }
  installExtension(join(ROOT, 'labextension/dist'), VENV);
  stage('JupyterLab');
  const { url, child, exited } = await startLab(VENV, { root: ROOT, port: flags.port });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'));
  show(url);
  await exited;
}

function show(url) {
  const address = addressOf(url, existsSync(join(ROOT, FIRST_NOTEBOOK)) ? FIRST_NOTEBOOK : '');
  console.error(`[${seconds()} s] JupyterLab is at\n\n    ${address}\n\nCtrl-C here, or \`npm stop\`, ends it.`);
  if (flags.browser) openBrowser(address);
}

/** Where there is none, the address was printed. */
function openBrowser(address) {
  const program = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(program, [address], { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref();
}

function stage(what) {
  console.error(`[${seconds()} s] ${what}`);
}

function seconds() {
  return ((performance.now() - started) / 1000).toFixed(1);
}

/** Whether it is missing, or something below these folders has changed since it was made. */
function isStale(made, folders) {
  if (!existsSync(made)) return true;
  const since = statSync(made).mtimeMs;
  return folders.some((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true }).some(
      (name) => statSync(join(ROOT, folder, name)).mtimeMs > since,
    ),
  );
}

function run(what, command) {
  const { status, signal } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  console.error(
    `${what} ended ${signal ? `by ${signal}` : `with exit code ${status}`}; see above. Then \`npm start\` again goes on from here.`,
  );
  process.exit(1);
}

function readFlags() {
  const options = {
    demo: { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    browser: { type: 'boolean', default: true },
    port: { type: 'string' },
  };
  try {
    const { values } = parseArgs({ options, allowNegative: true });
    if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
      throw new Error(`Expected --port to be a number up to 65535, got \`${values.port}\`.`);
    return { ...values, port: values.port === undefined ? null : Number(values.port) };
  } catch (error) {
    console.error(`${error.message}\nnpm start -- [--demo] [--headless] [--no-browser] [--port N]`);
    process.exit(2);
  }
}
