/**
 * The kernel beside ipykernel and, where $EVOM_DENO names its program, Deno's: start, cells, completion, a hundred thousand
 * lines, memory. Kernels take turns in every round; quote the ratios, on a quiet machine.
 *
 * Ours runs a cell at once and type-checks it meanwhile; ipykernel and Deno check nothing.
 *
 * Options: --rounds N (3), --cells N (400).
 */

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { installKernel } from '../kernel/install.ts';
import { renderTable } from '../src/commands/table.ts';
import { findPython } from '../src/python-environment.ts';
import { median } from './policy/rounds.ts';

type Figures = Readonly<Record<string, number>>;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, cells: { type: 'string', default: '400' } },
});

const prefix = mkdtempSync(join(tmpdir(), 'evom-kernel-bench-'));
try {
  installKernel({ name: 'evom', place: { kind: 'prefix', folder: prefix } });
  const names = ['evom', 'python3', ...(installDeno(process.env['EVOM_DENO']) ? ['deno-bench'] : [])];
  const script = new URL('kernel.py', import.meta.url).pathname;
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

function installDeno(program: string | undefined): boolean {
  if (!program) {
    console.log('Deno is left out: set EVOM_DENO to its program.');
    return false;
  }
  const folder = join(prefix, 'share', 'jupyter', 'kernels', 'deno-bench');
  mkdirSync(folder, { recursive: true });
  const argv = [program, 'jupyter', '--kernel', '--conn', '{connection_file}'];
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: 'Deno', language: 'typescript' }));
  console.log(execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0]);
  return true;
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
