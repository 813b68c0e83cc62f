/** Node modules of a folder by its lock file. Runs on Node 18 and before anything is installed. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm install` by the lock file, unless what lies in node_modules is what package-lock.json asks for; tells whether
 * there was something to do. Not `npm ci`: that refuses a lock file made where the registry lacked some other platform's
 * optional package. The lock's versions and hashes bind all the same, nothing is saved, and the match is checked
 * afterwards. `isWhole`: what else must be there; `log` is given npm's lines where it fails.
 */
export async function installNodeModules(folder, { isWhole = () => true, log, onStart = () => {} }) {
  const isDone = () => isAsLocked(folder) && isWhole();
  if (isDone()) return false;
  onStart();
  const arguments_ = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  await npm(folder, arguments_, log);
  if (isDone()) return true;
  throw new Error(
    'npm install left modules out. Look at npm’s `ignore-scripts` and `omit` settings, then run this again.',
  );
}

/** npm keeps what it installed in node_modules/.package-lock.json; packages for other platforms are not in it. */
function isAsLocked(folder) {
  const installed = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  const wanted = readJson(join(folder, 'package-lock.json')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    const found = installed[path];
    if (!found) return entry.optional === true || entry.peer === true || entry.devOptional === true;
    return found.version === entry.version && found.resolved === entry.resolved;
  });
}

/** npm as it was started, else the one on the PATH. */
function npm(folder, arguments_, log) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('js') ? [process.execPath, [script]] : ['npm', []];
  return new Promise((settle, reject) => {
    // onnxruntime's post-install step would fetch CUDA libraries; a GPU host asks for them with ONNXRUNTIME_NODE_INSTALL=cuda.
    const env = { ONNXRUNTIME_NODE_INSTALL: 'skip', ...process.env };
    const child = spawn(command, [...first, ...arguments_], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
