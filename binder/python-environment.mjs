/**
 * Builds the Python environment with the solvers: a `venv`, uv from its own lock file, then `uv pip sync` of
 * `requirements.txt`. Hashes are checked and only wheels are used, so no package runs code while it is installed.
 * Shared by `binder/setup.mjs` (a clone's `.venv`) and `evom setup` (a per-user folder).
 * Plain JavaScript on Node's own modules: it runs before anything is installed, on any Node from 18.
 *
 * Does not guard against two set-ups of one folder at the same time.
 */

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const REQUIREMENTS = join(HERE, 'requirements.txt');
const UV_LOCK = join(HERE, 'uv.txt');

/** The Python minors for which every locked package has wheels. */
const PYTHON_MINORS = [10, 11, 12, 13, 14];
const PYTHON_NAMES = ['python3', 'python', ...PYTHON_MINORS.map((minor) => `python3.${minor}`).reverse()];

/** Import name and distribution name are the same for all five. */
const SOLVER_MODULES = ['gurobipy', 'coptpy', 'ortools', 'pyscipopt', 'highspy'];

/** Imports what a program would import and prints the version. */
const IMPORT_CHECK = `
import importlib, importlib.metadata, sys
name = sys.argv[1]
importlib.import_module("ortools.linear_solver.pywraplp" if name == "ortools" else name)
print(importlib.metadata.version(name))
`;

const REGISTRY_SIGNS =
  /could not resolve|name resolution|failed to fetch|error sending request|connection (refused|reset|error|timed out)|network is unreachable|no matching distribution|newconnectionerror|connecttimeout|dns error/i;

/** See the .d.mts. A stamp in the folder makes the second call quick; `force` rebuilds. */
export async function createPythonEnvironment(folder, { log, force = false }) {
  const target = resolve(folder);
  const python = interpreterOf(target);
  if (!force && isBuilt(target)) return { built: false };

  const isRepair = !force && existsSync(python) && versionOf(python) !== null && uvIn(target) !== null;
  if (!isRepair) {
    const host = findHostPython();
    log(`Python ${host.version} makes ${folder}`);
    createVenv(host.command, target);
    await installUv(host.command, target, log);
  }
  await run(
    uvIn(target),
    ['pip', 'sync', '--python', python, '--require-hashes', '--only-binary', ':all:', REQUIREMENTS],
    { ...process.env, ...indexSettings(python), VIRTUAL_ENV: target },
    log,
    'Installing the solvers',
  );
  writeStamp(target, { lock: lockHash(), folder: target, python: versionOf(python) });
  return { built: true };
}

/** See the .d.mts. The result is kept with a list of what is installed, and asked again only when that changes. */
export async function checkSolvers(folder) {
  const target = resolve(folder);
  const installed = distributionsIn(target);
  const stamp = readStamp(target);
  if (stamp?.checked?.installed === installed) return stamp.checked.solvers;

  const solvers = [];
  for (const module of SOLVER_MODULES) solvers.push(await checkSolver(interpreterOf(target), module));
  if (stamp) writeStamp(target, { ...stamp, checked: { installed, solvers } });
  return solvers;
}

/**
 * Installs what a lock file names into `target`, which is put on PYTHONPATH by whoever wants it: the environment itself, and
 * a program's `import`, do not see it. A copy of the lock file in it makes the second call quick.
 */
export async function installBeside(folder, { lock, target, log }) {
  const stamp = join(target, 'lock.txt');
  const wanted = readFileSync(lock, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(target, { recursive: true, force: true });
  const python = interpreterOf(resolve(folder));
  await run(
    uvIn(resolve(folder)),
    [
      ...['pip', 'install', '--python', python, '--require-hashes', '--only-binary', ':all:'],
      ...['--target', target, '--requirement', lock],
    ],
    { ...process.env, ...indexSettings(python) },
    log,
    `Installing ${basename(lock, '.txt')}`,
  );
  writeFileSync(stamp, wanted);
}

export function userEnvironmentFolder(environment) {
  const home =
    environment['EVOM_HOME'] || join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'evom');
  return join(home, `python-${lockHash()}`);
}

export function interpreterOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** First 12 hexadecimal digits of SHA-256 over both lock files. */
function lockHash() {
  const hash = createHash('sha256');
  for (const file of [REQUIREMENTS, UV_LOCK]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

function isBuilt(folder) {
  const stamp = readStamp(folder);
  if (stamp === null || stamp.lock !== lockHash() || stamp.folder !== folder) return false;
  return versionOf(interpreterOf(folder)) === stamp.python;
}

function readStamp(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'evom-environment.json'), 'utf8'));
  } catch {
    return null;
  }
}

function writeStamp(folder, stamp) {
  writeFileSync(join(folder, 'evom-environment.json'), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** `3.11.7`, or null where the command is no working Python. */
function versionOf(command) {
  const probe = spawnSync(command, ['-I', '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], {
    encoding: 'utf8',
  });
  return probe.status === 0 ? probe.stdout.trim() : null;
}

function findHostPython() {
  const seen = [];
  for (const command of PYTHON_NAMES) {
    const version = versionOf(command);
    if (version === null) continue;
    const [major, minor] = version.split('.').map(Number);
    if (major === 3 && PYTHON_MINORS.includes(minor)) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  const range = `3.${PYTHON_MINORS[0]} to 3.${PYTHON_MINORS.at(-1)}`;
  throw new Error(
    `Expected Python ${range} on the PATH, got ${seen.length > 0 ? seen.join(', ') : 'none'}. ` +
      'Install one (Debian, Ubuntu: apt-get install python3 python3-venv), then run this again.',
  );
}

/** Debian ships `venv` without `ensurepip`; then the environment has no pip, and uv comes by the host's. */
function createVenv(command, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const whole = spawnSync(command, ['-m', 'venv', folder], { encoding: 'utf8' });
  if (whole.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  const bare = spawnSync(command, ['-m', 'venv', '--without-pip', folder], { encoding: 'utf8' });
  if (bare.status === 0) return;
  throw new Error(
    `${command} could not make a virtual environment at ${folder}: ${lastLine(bare.stderr || bare.stdout)}. ` +
      'Install its venv module (Debian, Ubuntu: apt-get install python3-venv), then run this again.',
  );
}

/** uv goes into a folder of its own, so that `uv pip sync` and a program's `import` never see it. */
async function installUv(hostPython, folder, log) {
  const arguments_ = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--only-binary', ':all:'];
  const withPip = [interpreterOf(folder), hostPython].find(
    (python) => spawnSync(python, ['-m', 'pip', '--version']).status === 0,
  );
  if (withPip === undefined) {
    throw new Error(
      `${hostPython} has neither pip nor ensurepip, so uv cannot be installed. ` +
        'Install them (Debian, Ubuntu: apt-get install python3-venv python3-pip), then run this again.',
    );
  }
  const tool = [...arguments_, '--target', join(folder, 'tools'), '--requirement', UV_LOCK];
  const environment = { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_USER: '0' };
  await run(withPip, tool, environment, log, 'Installing uv');
  if (uvIn(folder) === null) throw new Error(`Installing uv left no program in ${join(folder, 'tools', 'bin')}.`);
}

function uvIn(folder) {
  const program = join(folder, 'tools', 'bin', process.platform === 'win32' ? 'uv.exe' : 'uv');
  return existsSync(program) ? program : null;
}

/** uv does not read pip's configuration: a package index or a certificate file set up for pip is handed on to it. */
function indexSettings(python) {
  const settings = {};
  if (!process.env['UV_DEFAULT_INDEX'] && !process.env['UV_INDEX_URL']) {
    const asked = spawnSync(python, ['-m', 'pip', 'config', 'get', 'global.index-url'], { encoding: 'utf8' });
    const index = process.env['PIP_INDEX_URL'] || (asked.status === 0 ? asked.stdout.trim() : '');
    if (index) settings['UV_DEFAULT_INDEX'] = index;
  }
  if (!process.env['SSL_CERT_FILE'] && process.env['PIP_CERT']) settings['SSL_CERT_FILE'] = process.env['PIP_CERT'];
  return settings;
}

/** The name-version folders of what is installed, as one string. */
function distributionsIn(folder) {
  const lib = join(folder, 'lib');
  const roots =
    process.platform === 'win32'
      ? [join(folder, 'Lib', 'site-packages')]
      : existsSync(lib)
        ? readdirSync(lib).map((name) => join(lib, name, 'site-packages'))
        : [];
  return roots
    .flatMap((root) => (existsSync(root) ? readdirSync(root) : []))
    .filter((name) => name.endsWith('.dist-info') || SOLVER_MODULES.includes(name))
    .sort()
    .join(' ');
}

async function checkSolver(python, module) {
  const lines = [];
  try {
    const stdout = await capture(python, ['-I', '-c', IMPORT_CHECK, module], lines);
    return { module, version: lastLine(stdout), reason: null };
  } catch {
    return { module, version: null, reason: lines.at(-1) ?? 'its import ended the process' };
  }
}

function capture(command, arguments_, errorLines) {
  return new Promise((settle, fail) => {
    const child = spawn(command, arguments_, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    createInterface({ input: child.stderr }).on('line', (line) => errorLines.push(line));
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? settle(stdout) : fail(new Error(`exit ${code}`))));
  });
}

/** Runs a command, passing its lines on to `log`; rejects with its last lines and what to do. */
function run(command, arguments_, environment, log, what) {
  return new Promise((settle, fail) => {
    const child = spawn(command, arguments_, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const kept = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        kept.push(line);
        log(line.trimEnd());
      });
    }
    child.on('error', (error) => fail(new Error(`${what} failed: ${error.message}.`, { cause: error })));
    child.on('close', (code, signal) => {
      if (code === 0) return settle();
      const text = kept.slice(-20).join('\n');
      const next = REGISTRY_SIGNS.test(text)
        ? 'The Python package index could not be reached, or does not hold a locked package: ' +
          'check the network, and the index, proxy and certificate settings of pip and uv, then run this again.'
        : 'See the lines above, then run this again.';
      fail(new Error(`${what} failed (${signal ?? `exit ${code}`}). ${next}`));
    });
  });
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}
