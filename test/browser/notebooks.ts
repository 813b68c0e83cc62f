/** Notebooks for the browser: run by the real kernel, or with outputs made by hand. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { shell } from '../e2e/cli.ts';
import { environmentOf } from './lab-server.ts';

/** Every view: solvers, rollouts, rewards with rollouts, one update, a run, an evaluation, a transfer, an observation. */
const EVERY_VIEW = [
  '%problems synthetic:1:24',
  '%policy scripted',
  '%generate --solver highs --limit 8 --n 4',
  '%verify',
  '%reward',
  '%update --algo grpo',
  '%train --solver highs --steps 6 --run a --problems-per-step 4 --n 4',
  '%evaluate --solver highs,scip',
  '%transfer --solver highs,scip',
  '%solvers',
  "await evom.verify({ program: 'import highspy\\nh = highspy.Highs()\\nh.maximize(h.addVariable(0, 10))\\nprint(1)' })",
];

/** Runs every view's magic, and writes the notebook with its outputs. */
export async function writeEveryView(path: string, root: string, prefix: string): Promise<void> {
  const script = join(PACKAGE_ROOT, 'test/kernel/conformance/run_notebook.py');
  const ran = await shell(`'${findPython()}' '${script}' evom '${path}'`, {
    cwd: root,
    input: JSON.stringify(EVERY_VIEW),
    environment: environmentOf(root, prefix),
  });
  if (ran.code !== 0) throw new Error(ran.stderr);
}

/** A cell for each bundle, as if it had been run. */
export function writeOutputs(path: string, bundles: readonly Readonly<Record<string, unknown>>[]): void {
  write(
    path,
    bundles.map((data) => ({ source: '', outputs: [{ output_type: 'display_data', metadata: {}, data }] })),
  );
}

/** A cell for each source, none of them run. */
export function writeSources(path: string, sources: readonly string[]): void {
  write(
    path,
    sources.map((source) => ({ source, outputs: [] })),
  );
}

function write(
  path: string,
  cells: readonly { readonly source: string; readonly outputs: readonly unknown[] }[],
): void {
  const notebook = {
    cells: cells.map((cell, index) => ({
      ...cell,
      cell_type: 'code',
      id: `cell-${index}`,
      metadata: {},
      execution_count: null,
    })),
    metadata: { kernelspec: { name: 'evom', display_name: 'evom', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
}
