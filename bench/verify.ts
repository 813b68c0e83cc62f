/**
 * The verifier against the ways around it, on the same programs in the same run:
 *   subprocess   a pool of `subprocess.run([python, file])`, as ORLM's harness does; no fence, no certificate
 *   evom         our pool: sandbox, hooks, export and certificate included, cache off
 *   in-process   the floor: the solver imported once, no isolation, as many processes as jobs
 * Arms take turns in every round, so that a machine whose speed drifts does not favour one. Quote the ratios.
 *
 * Options: --file FILE.jsonl (rows {program, solver}; default: the bundled samples), --solver S, --jobs N (2),
 * --rounds N (3), --threads default|1 (solver threads, the same in every arm; 1 for Gurobi and COPT alone, the others run
 * at their default), --limit N programs.
 */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readProgramRows } from '../src/commands/rows/program-rows.ts';
import { findPython } from '../src/python-environment.ts';
import { solverName, solvers } from '../src/solvers/index.ts';
import { renderTable } from '../src/text-table.ts';
import { SOLVER_NAMES, type SolverName } from '../src/types.ts';
import { verify } from '../src/verify/index.ts';
import { Verifier } from '../src/verify/verifier.ts';
import { median } from './policy/rounds.ts';

interface Measurement {
  readonly wallMs: number;
  readonly timesMs: readonly number[];
  readonly cpuMs: number;
  readonly peakBytes: number;
}

const ARMS = ['subprocess', 'evom', 'in-process'] as const;
type Arm = (typeof ARMS)[number];

// Set before the program, which may still ask for another number.
const ONE_THREAD: Readonly<Partial<Record<SolverName, string>>> = {
  gurobi:
    'import gurobipy as _g; _g.setParam("OutputFlag", 0); _g.setParam("Threads", 1); _g.setParam("OutputFlag", 1)',
  copt: [
    'import coptpy as _c',
    '_create = _c.Envr.createModel',
    'def _one(self, *a, **k):',
    '    model = _create(self, *a, **k); model.setParam("Threads", 1); return model',
    '_c.Envr.createModel = _one',
  ].join('\n'),
};

const { values } = parseArgs({
  options: {
    file: { type: 'string', default: new URL('../samples/programs.jsonl', import.meta.url).pathname },
    solver: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: 'default' },
    limit: { type: 'string', default: '1000' },
  },
});
const jobs = Number(values.jobs);

const { rows } = await readProgramRows(values.file, undefined);
const chosen = values.solver === undefined ? SOLVER_NAMES : [solverName(values.solver)];
const folder = mkdtempSync(join(tmpdir(), 'evom-bench-'));
try {
  for (const solver of chosen) {
    const programs = rows.flatMap((row) => (row.solver === solver && row.program !== null ? [row.program] : []));
    if (programs.length > 0) await benchmark(solver, programs.slice(0, Number(values.limit)));
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function benchmark(solver: SolverName, texts: readonly string[]): Promise<void> {
  const prelude = values.threads === '1' ? ONE_THREAD[solver] : undefined;
  await using verifier = new Verifier({ jobs, limits: { threads: 0 } });
  const harmless = await withoutNeedOfFences(verifier, solver, texts);
  const programs = prelude === undefined ? harmless : harmless.map((text) => `${prelude}\n${text}`);
  const path = join(folder, `${solver}.json`);
  writeFileSync(path, JSON.stringify({ programs, modules: modulesOf(programs, solver) }));
  await measureEvom(verifier, solver, programs); // start-up, and compiling HiGHS, are not per program
  const rounds: Record<Arm, Measurement>[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push({
      subprocess: await measurePython('subprocess', path),
      evom: await measureEvom(verifier, solver, programs),
      'in-process': await measurePython('in-process', path),
    });
  }
  print(solver, programs.length, prelude === undefined ? "the solver's default" : '1', rounds);
}

function modulesOf(programs: readonly string[], solver: SolverName): string[] {
  const known = ['ortools.linear_solver.pywraplp', 'ortools.sat.python.cp_model', 'ortools.math_opt.python.mathopt'];
  if (solver !== 'ortools') return [...solvers[solver].modules];
  return known.filter((name) => programs.some((program) => program.includes(name.split('.').at(-1) ?? name)));
}

/** The programs that may run in the arms without fences: no endless loops, nothing that our sandbox had to stop. */
async function withoutNeedOfFences(
  verifier: Verifier,
  solver: SolverName,
  texts: readonly string[],
): Promise<string[]> {
  const needsFence = new Set(['time', 'memory', 'output', 'blocked']);
  const harmless: string[] = [];
  const requests = texts.map((program, index) => ({ id: String(index), program }));
  for await (const { outcome, id } of verify(requests, { verifier, solver, order: 'input' })) {
    if (!needsFence.has(outcome)) harmless.push(texts[Number(id)] ?? '');
  }
  return harmless;
}

async function measurePython(arm: Exclude<Arm, 'evom'>, path: string): Promise<Measurement> {
  const script = new URL('arms.py', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(findPython(), [script, arm, path, String(jobs)], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Measurement;
}

async function measureEvom(verifier: Verifier, solver: SolverName, programs: readonly string[]): Promise<Measurement> {
  const cpuBefore = cpuOfAll(verifier);
  const started = performance.now();
  const timesMs: number[] = [];
  const requests = programs.map((program, index) => ({ id: String(index), program }));
  for await (const observation of verify(requests, { verifier, solver })) {
    timesMs.push(observation.durationMs + (observation.certificate?.durationMs ?? 0));
  }
  const wallMs = performance.now() - started;
  return { wallMs, timesMs, cpuMs: cpuOfAll(verifier) - cpuBefore, peakBytes: residentBytes(verifier) };
}

/** Processor time of this process, the fork servers and every program that ended. */
function cpuOfAll(verifier: Verifier): number {
  const { user, system } = process.cpuUsage();
  const TICK_MS = 10;
  const ofServers = verifier.pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
  });
  return (user + system) / 1000 + ofServers.reduce((sum, cpuMs) => sum + cpuMs, 0);
}

function residentBytes(verifier: Verifier): number {
  const ofServers = verifier.pids.map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
  });
  return process.memoryUsage().rss + ofServers.reduce((sum, bytes) => sum + bytes, 0);
}

function print(solver: SolverName, count: number, threads: string, rounds: readonly Record<Arm, Measurement>[]): void {
  const rate = (measurement: Measurement): number => (1000 * count) / measurement.wallMs;
  const body = ARMS.map((arm) => {
    const all = rounds.map((round) => round[arm]);
    const times = all.flatMap((measurement) => measurement.timesMs).sort((a, b) => a - b);
    const quantile = (q: number): string => `${(times[Math.floor(q * (times.length - 1))] ?? 0).toFixed(1)}`;
    const cpu = median(all.map((measurement) => measurement.cpuMs / count));
    const memory = Math.max(...all.map((measurement) => measurement.peakBytes)) / 1024 ** 2;
    return [
      arm,
      median(all.map(rate)).toFixed(1),
      quantile(0.5),
      quantile(0.95),
      quantile(0.99),
      cpu.toFixed(1),
      memory.toFixed(0),
    ];
  });
  console.log(`\n${solver}: ${count} programs, ${rounds.length} rounds, ${jobs} jobs, solver threads ${threads}`);
  console.log(renderTable([['arm', 'programs/s', 'p50 ms', 'p95 ms', 'p99 ms', 'CPU ms/program', 'RSS MiB'], ...body]));
  for (const [arm, against] of [
    ['subprocess', '×'],
    ['in-process', 'of the floor'],
  ] as const) {
    const ratios = rounds.map((round) => rate(round.evom) / rate(round[arm]));
    console.log(
      `evom / ${arm}: ${median(ratios).toFixed(2)} ${against} (rounds ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    );
  }
}
