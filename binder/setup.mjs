/**
 * The set-up of a clone, for every machine: node modules, the Python environment in `.venv`, a self-check.
 * Needs Node from 18 and Python from 3.10, nothing else; a second run finds everything done and takes under a second.
 *
 *   node binder/setup.mjs [--quiet] [--force]
 *
 * `--quiet` prints only what had to be done; `--force` rebuilds the Python environment.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { installNodeModules } from './node-modules.mjs';

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

async function setUpNodeModules(log, head) {
  const onStart = () => console.error(`${head}: npm install, some 430 MB; about a minute`);
  const changed = await installNodeModules(ROOT, { isWhole: hasNode, log, onStart });
  return { changed, said: changed ? 'installed' : 'as locked' };
}

/** The Node that every npm script runs on; its install step may have been left out. */
function hasNode() {
  return ['node', 'node.exe'].some((name) => existsSync(join(ROOT, 'node_modules', 'node', 'bin', name)));
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

function fail(message) {
  console.error(message);
  process.exit(1);
}
