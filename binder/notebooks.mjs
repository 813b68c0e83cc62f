/**
 * `npm run notebooks`: runs the walkthroughs top to bottom and keeps their outputs.
 *
 *   node binder/notebooks.mjs [NAME...] [--check]
 *
 * Each runs in a fresh folder, on a kernel that is installed for this alone. NAME is a notebook's name or its number.
 * `--check` writes nothing and compares: times, sizes in memory and pictures aside, the outputs must be those that are saved.
 * Exit code 1 where a cell fails or something differs, 2 for a name that is none.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cleanNotebook, complaintIn, firstDifference } from './notebook-outputs.mjs';
import { interpreterOf } from './python-environment.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NOTEBOOKS = join(ROOT, 'notebooks');
const PYTHON = interpreterOf(join(ROOT, '.venv'));

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const names = readdirSync(NOTEBOOKS)
  .filter((file) => file.endsWith('.ipynb'))
  .map((file) => basename(file, '.ipynb'))
  .sort();
const chosen = positionals.length === 0 ? names : positionals.flatMap(find);

const prefix = mkdtempSync(join(tmpdir(), 'evom-notebooks-'));
try {
  installKernel();
  for (const name of chosen) if (!runNotebook(name)) process.exitCode = 1;
} finally {
  rmSync(prefix, { recursive: true, force: true });
}

function find(asked) {
  const found = names.filter((name) => name === basename(asked, '.ipynb') || name.startsWith(`${asked}-`));
  if (found.length > 0) return found;
  console.error(`Expected a notebook's name, got \`${asked}\`. There are: ${names.join(', ')}.`);
  process.exit(2);
}

function installKernel() {
  const words = [join(ROOT, 'src/cli.ts'), 'kernel', 'install', '--prefix', prefix];
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The kernel was not installed: ${stderr}`);
}

/** Whether every cell has run and, with `--check`, shows what is saved. */
function runNotebook(name) {
  const [path, folder, out] = [join(NOTEBOOKS, `${name}.ipynb`), join(prefix, name), join(prefix, `${name}.ipynb`)];
  mkdirSync(folder);
  for (const file of readdirSync(NOTEBOOKS).filter((one) => one.endsWith('.ts')))
    symlinkSync(join(NOTEBOOKS, file), join(folder, file));
  const started = performance.now();
  const { status, stderr } = spawnSync(PYTHON, [join(ROOT, 'binder/run_notebook.py'), path, folder, out], {
    encoding: 'utf8',
    env: {
      ...process.env,
      JUPYTER_PATH: [join(prefix, 'share/jupyter'), process.env.JUPYTER_PATH ?? []].flat().join(delimiter),
    },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (status !== 0) {
    console.log(`${name}: FAILED after ${seconds} s\n${stderr.trim()}`);
    return false;
  }
  const made = cleanNotebook(readFileSync(out, 'utf8'), [folder, ROOT, prefix]);
  const complaint = complaintIn(made);
  if (complaint !== null) {
    console.log(`${name}: FAILED, a cell complains: ${complaint}`);
    return false;
  }
  const difference = values.check ? firstDifference(JSON.parse(readFileSync(path, 'utf8')), made) : null;
  console.log(`${name}: ${difference === null ? 'ok' : `DIFFERS: ${difference}`}, ${seconds} s`);
  if (!values.check) writeFileSync(path, `${JSON.stringify(made, null, 1)}\n`);
  return difference === null;
}
