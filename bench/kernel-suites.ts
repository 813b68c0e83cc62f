/**
 * Two public conformance suites, Jupyter's own and runtimed/kernel-testbed's (written anew), on this kernel beside
 * ipykernel, tslab and, where $EVOM_DENO names its program, Deno: how many checks each passes, and which not.
 *
 * Each kernel is given its own ways to show and to ask (`test/kernel/conformance/snippets.py`); what it has no way to do
 * it does not pass. Kernels take turns in every round, and a check is passed where it is in all of them: some kernels
 * publish what a cell shows before or after its end as it happens. Says nothing of speed.
 *
 * Options: --rounds N (3).
 */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { installKernel } from '../kernel/install.ts';
import { PACKAGE_ROOT } from '../src/package-root.ts';
import { findPython } from '../src/python-environment.ts';
import { writeDenoKernelspec, writeKernelspec } from './jupyter/kernelspec.ts';
import { type Suites, suitesTable } from './jupyter/table.ts';

/** For both suites on one kernel in one round; each wait in them has a limit of its own. */
const KERNEL_MS = 900_000;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const conformance = join(PACKAGE_ROOT, 'test/kernel/conformance');
const script = join(PACKAGE_ROOT, 'bench/jupyter/suites.py');
const folder = mkdtempSync(join(tmpdir(), 'evom-kernel-suites-'));
try {
  // tslab finds Node's types there, and itself.
  symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(folder, 'node_modules'));
  const kernels = Object.entries(installKernels(folder));
  const results: Record<string, Suites[]> = {};
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [title, name] of kernels) {
      results[title] ??= [];
      results[title].push(await runSuites(name));
      console.error(`round ${round}, ${title}: done`);
    }
  }
  console.log(suitesTable(results));
} finally {
  rmSync(folder, { recursive: true });
}

async function runSuites(name: string): Promise<Suites> {
  const { stdout } = await promisify(execFile)(findPython(), [script, conformance, name], {
    cwd: folder,
    env: { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') },
    timeout: KERNEL_MS,
    maxBuffer: 2 ** 26,
  });
  // What a kernel prints stands before the document.
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Suites;
}

/** Kernelspecs by what the table calls them. */
function installKernels(prefix: string): Readonly<Record<string, string>> {
  installKernel({ name: 'evom', place: { kind: 'prefix', folder: prefix } });
  const tslab = join(PACKAGE_ROOT, 'node_modules/tslab/bin/tslab');
  writeKernelspec(prefix, 'tslab', [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}']);
  const deno = writeDenoKernelspec(prefix);
  return { EVOM: 'evom', ipykernel: 'python3', tslab: 'tslab', ...(deno && { [deno.title]: deno.name }) };
}
