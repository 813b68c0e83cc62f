/**
 * The kernel beside ipykernel and, where $EVOM_DENO names its program, Deno's: start, cells, completion, a hundred thousand
 * lines, memory. Kernels take turns in every round; quote the ratios, on a quiet machine.
 *
 * Ours runs a cell at once and type-checks it meanwhile; ipykernel and Deno check nothing.
 *
 * Options: --rounds N (3), --cells N (400).
 */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { installKernel } from '../kernel/install.ts';
import { findPython } from '../src/python-environment.ts';
import { renderTable } from '../src/text-table.ts';
import { writeDenoKernelspec } from './jupyter/kernelspec.ts';
import { median } from './policy/rounds.ts';

type Figures = Readonly<Record<string, number>>;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, cells: { type: 'string', default: '400' } },
});

const prefix = mkdtempSync(join(tmpdir(), 'evom-kernel-bench-'));
try {
  installKernel({ name: 'evom', place: { kind: 'prefix', folder: prefix } });
  const deno = writeDenoKernelspec(prefix);
  if (deno) console.log(deno.title);
  const names = ['evom', 'python3', ...(deno ? [deno.name] : [])];
  const script = new URL('jupyter/latency.py', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(findPython(), [script, values.rounds, values.cells, ...names], {
    cwd: prefix,
    env: { ...process.env, JUPYTER_PATH: join(prefix, 'share', 'jupyter') },
    maxBuffer: 2 ** 26,
  });
  const { load, results } = JSON.parse(stdout) as {
    readonly load: number;
    readonly results: Record<string, Figures[]>;
  };
  print(load, results);
} finally {
  rmSync(prefix, { recursive: true });
}

function print(load: number, results: Readonly<Record<string, readonly Figures[]>>): void {
  const names = Object.keys(results);
  const figures = Object.keys(results[names[0] ?? '']?.[0] ?? {});
  const body = figures.map((figure) => [
    figure,
    ...names.map((name) => {
      const rounds = (results[name] ?? []).map((round) => round[figure] ?? Number.NaN);
      const all = rounds.map((value) => value.toFixed(1)).join(', ');
      return `${median(rounds).toFixed(1)} (${all})`;
    }),
  ]);
  console.log(
    `\n${values.cells} cells a session, medians of ${values.rounds} rounds (each round), load ${load.toFixed(1)}`,
  );
  console.log(renderTable([['', ...names], ...body]));
}
