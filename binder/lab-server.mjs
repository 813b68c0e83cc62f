/** The JupyterLab of a clone: where it runs is written in a file of the environment, for a second start and for `npm stop`. */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { interpreterOf } from './python-environment.mjs';

const FIRST_PORT = 8888;
const PORTS_TRIED = 50;
const START_MS = 60_000;

/** `url` of the server that runs, with its token; null where none does. */
export async function findLab(venv) {
  try {
    const { pid, url } = JSON.parse(readFileSync(stateFile(venv), 'utf8'));
    return (await answers(url)) ? { pid, url } : null;
  } catch {
    return null; // none was started
  }
}

/**
 * Starts one whose files are `root`'s, and resolves once it answers. It only listens on this machine. `child` is the
 * server: whoever called ends it. Rejects with the log's last lines where it does not start.
 */
export async function startLab(venv, { root, port }) {
  const token = randomBytes(24).toString('hex');
  const chosen = port ?? (await freePort());
  const log = join(venv, 'jupyterlab.log');
  const output = openSync(log, 'w', 0o600);
  const child = spawn(
    interpreterOf(venv),
    [
      ...['-m', 'jupyterlab', '--no-browser', `--ServerApp.root_dir=${root}`],
      ...['--ServerApp.ip=127.0.0.1', `--ServerApp.port=${chosen}`, '--ServerApp.port_retries=0'],
      ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ],
    { env: { ...process.env, JUPYTER_TOKEN: token }, stdio: ['ignore', output, output] },
  );
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${chosen}/?token=${token}`;
  const limit = Date.now() + START_MS;
  while (!(await answers(url))) {
    if (child.exitCode !== null || Date.now() > limit) {
      child.kill();
      const said = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
      throw new Error(`Expected JupyterLab to start on port ${chosen}. It said, in ${log}:\n${said}`);
    }
    await sleep(100);
  }
  writeFileSync(stateFile(venv), JSON.stringify({ pid: child.pid, url }), { mode: 0o600 });
  const forget = () => rmSync(stateFile(venv), { force: true });
  return { url, child, exited: exited.then(forget) };
}

/** Whether one ran. */
export async function stopLab(venv) {
  const found = await findLab(venv);
  if (found === null) return false;
  process.kill(found.pid, 'SIGTERM');
  while (await answers(found.url)) await sleep(100);
  rmSync(stateFile(venv), { force: true });
  return true;
}

/** The address of a notebook, or of another file below the server's root. */
export function addressOf(url, file) {
  const address = new URL(url);
  address.pathname = `/lab/tree/${file}`;
  return address.href;
}

function stateFile(venv) {
  return join(venv, 'jupyterlab.json');
}

async function answers(url) {
  const address = new URL(url);
  address.pathname = '/api/status';
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) if (await isFree(port)) return port;
  throw new Error(`Expected a free port from ${FIRST_PORT} on, found none. Name one with --port.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
