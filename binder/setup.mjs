/**
 * The set-up of a clone, for every machine: node modules, the Python environment in `.venv`, a self-check.
 * Needs Node from 18 and Python from 3.10, nothing else; a second run finds everything done and takes under a second.
 *
 *   node binder/setup.mjs [--quiet] [--force]
 *
 * `--quiet` prints only what had to be done; `--force` rebuilds the Python environment.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const VENV = join(ROOT, '.venv');
const isQuiet = process.argv.includes('--quiet');
const isForced = process.argv.includes('--force');

const STEPS = [
  ['node modules', setUpNodeModules],
  ['Python environment', setUpPython],
  ['self-check', selfCheck],
];

if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(`Expected Node to be 18 or newer, got ${process.versions.node}. Install a newer Node, then run this again.`);
}
for (const [index, [what, step]] of STEPS.entries()) {
  const head = `[${index + 1}/${STEPS.length}] ${what}`;
  const start = performance.now();
  try {
    const { changed, said } = await step((line) => console.error(`      ${line}`), head);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (changed || !isQuiet) console.error(`${head}: ${said} (${seconds} s)`);
  } catch (error) {
    fail(`${head}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * `npm install` by the lock file, unless what lies in node_modules is what package-lock.json asks for.
 * Not `npm ci`: that refuses a lock file made where the registry lacked some other platform's optional package.
 * The lock's versions and hashes bind all the same, nothing is saved, and the match is checked afterwards.
 */
async function setUpNodeModules(log, head) {
  if (nodeModulesMatch()) return { changed: false, said: 'as locked' };
  console.error(`${head}: npm install, some 430 MB; about a minute`);
  await npm(['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], log);
  if (!nodeModulesMatch()) {
    throw new Error(
      'npm install left modules out. Look at npm’s `ignore-scripts` and `omit` settings, then run this again.',
    );
  }
  return { changed: true, said: 'installed' };
}

/** npm keeps what it installed in node_modules/.package-lock.json; packages for other platforms are not in it. */
function nodeModulesMatch() {
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  const hasNode = ['node', 'node.exe'].some((name) => existsSync(join(ROOT, 'node_modules', 'node', 'bin', name)));
  if (!installed || !hasNode) return false;
  const wanted = readJson(join(ROOT, 'package-lock.json')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const found = installed[path];
    if (!found) return entry.optional === true || entry.peer === true || entry.devOptional === true;
    return found.version === entry.version && found.resolved === entry.resolved;
  });
}

async function setUpPython(log, head) {
  const { createPythonEnvironment } = await import('./python-environment.mjs');
  let hasLines = false;
  const { built } = await createPythonEnvironment(VENV, {
    force: isForced,
    log: (line) => {
      if (!hasLines) console.error(`${head}: building .venv, some 600 MB; about a minute`);
      hasLines = true;
      log(line);
    },
  });
  return { changed: built, said: built ? 'installed' : 'as locked' };
}

/** A missing solver is a line with its reason, never a failure: the others work without it. */
async function selfCheck(log) {
  const { checkSolvers } = await import('./python-environment.mjs');
  const solvers = await checkSolvers(VENV);
  const missing = solvers.filter((solver) => solver.version === null);
  if (!isQuiet || missing.length > 0) {
    for (const { module, version, reason } of solvers)
      log(version ? `${module} ${version}` : `${module} MISSING: ${reason}`);
  }
  return { changed: missing.length > 0, said: `${solvers.length - missing.length} of ${solvers.length} solvers` };
}

/** npm as it was started, else the one on the PATH. */
function npm(arguments_, log) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('js') ? [process.execPath, [script]] : ['npm', []];
  return new Promise((settle, reject) => {
    // onnxruntime's post-install step would fetch CUDA libraries; a GPU host asks for them with ONNXRUNTIME_NODE_INSTALL=cuda.
    const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env };
    const child = spawn(command, [...first, ...arguments_], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
    }
    child.on('error', () =>
      reject(new Error('npm could not be started. Install npm beside Node, then run this again.')),
    );
    child.on('close', (code) => {
      if (code === 0) return settle();
      for (const line of text.trim().split('\n').slice(0, 20)) log(line);
      const isNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E403|E404/.test(text);
      reject(
        new Error(
          isNetwork
            ? 'The npm registry could not be reached, or does not hold a locked package: check the network, ' +
                'and npm’s registry, proxy and cafile settings, then run this again.'
            : `npm install failed (exit ${code}). See the lines above, then run this again.`,
        ),
      );
    });
  });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
