import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/types.ts';
import { type VerifyInput, verify } from '../../src/verify/index.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { processesNaming, within } from './processes.ts';
import { optimumOf, SLEEP, slowOptimumOf } from './programs.ts';
import { pythonThat, without } from './python-wrapper.ts';

const root = mkdtempSync(join(tmpdir(), 'evom-faults-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(root, 'scratch-'));
  process.env['EVOM_SCRATCH'] = scratch;
});
afterEach(() => {
  delete process.env['EVOM_SCRATCH'];
  delete process.env['EVOM_PYTHON'];
});

const expectNothingLeft = async (): Promise<void> => {
  expect(await within(3_000, () => processesNaming(scratch).length === 0)).toBe(true);
  expect(await within(1_000, () => readdirSync(scratch).length === 0)).toBe(true);
};

const batch = (count: number, seconds = 0.05): VerifyInput[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), program: slowOptimumOf(index, seconds) }));

describe('a fork server that is killed', () => {
  it('in the middle of a batch, again and again, costs no row: its programs run again', async () => {
    const verifier = new Verifier({ jobs: 2 });
    const seen: Observation[] = [];
    for await (const observation of verify(batch(60), { verifier })) {
      seen.push(observation);
      if (seen.length % 15 === 10) for (const pid of verifier.pids) process.kill(pid, 'SIGKILL');
    }
    expect(seen.map(({ id, outcome, objective }) => [Number(id), outcome, objective]).toSorted(byFirst)).toEqual(
      Array.from({ length: 60 }, (_, index) => [index, 'solved', index]),
    );
    await verifier.close();
    await expectNothingLeft();
  });

  it('while it starts, is started once more', async () => {
    const verifier = new Verifier({ jobs: 1 });
    const running = verifier.observe({ id: 'x', solver: 'highs', program: optimumOf(7) });
    await within(1_000, () => verifier.pids.length === 1);
    for (const pid of verifier.pids) process.kill(pid, 'SIGKILL');
    expect(await running).toMatchObject({ outcome: 'solved', objective: 7 });
    await verifier.close();
    await expectNothingLeft();
  });

  it('while it is idle, is replaced for the next program', async () => {
    const verifier = new Verifier({ jobs: 1 });
    const observe = () => verifier.observe({ id: 'x', solver: 'highs', program: optimumOf(7) });
    await observe();
    for (const pid of verifier.pids) process.kill(pid, 'SIGKILL');
    expect(await observe()).toMatchObject({ outcome: 'solved', objective: 7 });
    await verifier.close();
  });

  it('twice under the same program leaves it without a verdict: nobody knows whose fault it was', async () => {
    const verifier = new Verifier({ jobs: 1 });
    const running = verifier.observe({ id: 'x', solver: 'highs', program: `open("running", "w")\n${SLEEP}` });
    const hasProgram = (): boolean => filesBelow(scratch).some((name) => name.endsWith('running'));
    for (let kill = 0; kill < 2; kill++) {
      expect(await within(5_000, hasProgram)).toBe(true);
      for (const pid of verifier.pids) process.kill(pid, 'SIGKILL');
      expect(await within(2_000, () => !hasProgram())).toBe(true);
    }
    expect(await running).toMatchObject({ outcome: 'infra', detail: expect.stringContaining('SIGKILL') });
    await verifier.close();
    await expectNothingLeft();
  });

  it('twice by its own program, which no honest host lets happen, blocks that program alone', async () => {
    process.env['EVOM_PYTHON'] = pythonThat(
      root,
      [
        'import child, signal',
        'honest = child.run',
        'def run(job, server):',
        '    if b"CRASH" in os.pread(child.PROGRAM, 1000, 0):',
        '        os.kill(os.getppid(), signal.SIGSEGV)',
        '    honest(job, server)',
        'child.run = run',
      ].join('\n'),
    );
    const verifier = new Verifier({ jobs: 2 });
    const programs = [
      ...batch(5),
      { id: 'bad', program: '# CRASH' },
      ...batch(5).map(({ program }, id) => ({ id: `${id}+`, program })),
    ];
    const seen: Observation[] = [];
    for await (const observation of verify(programs, { verifier })) seen.push(observation);
    expect(seen).toHaveLength(11);
    for (const { id, outcome, detail } of seen) {
      expect(outcome).toBe(id === 'bad' ? 'blocked' : 'solved');
      if (id === 'bad') expect(detail).toContain('SIGSEGV');
    }
    await verifier.close();
    await expectNothingLeft();
  });
});

/** `evom verify` over a file of HiGHS programs. */
class CommandLine {
  readonly input: string = join(mkdtempSync(join(root, 'cli-')), 'programs.jsonl');
  readonly out: string = `${this.input}.out`;
  readonly ids: readonly string[];

  constructor(programs: readonly (VerifyInput & { solver?: string })[]) {
    this.ids = programs.map(({ id }) => id);
    writeFileSync(this.input, programs.map((row) => `${JSON.stringify({ solver: 'highs', ...row })}\n`).join(''));
  }

  start(): ChildProcess & { closed: Promise<unknown[]>; errors: () => string } {
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const child = spawn(process.execPath, [cli, 'verify', this.input, '--out', this.out, '--jobs', '2'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (part) => {
      errors += part;
    });
    return Object.assign(child, { closed: once(child, 'close'), errors: () => errors });
  }

  /** Whole rows that are written so far. */
  rows(): Record<string, unknown>[] {
    const lines = existsSync(this.out) ? readFileSync(this.out, 'utf8').split('\n').slice(0, -1) : [];
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  expectEveryRowOnce(): void {
    expect(
      this.rows()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(this.ids.toSorted());
  }
}

describe('Node killed with SIGKILL in the middle of a batch', () => {
  it('leaves no process and no scratch file, and a rerun goes on where it stopped', { timeout: 120_000 }, async () => {
    const run = new CommandLine(batch(60, 0.1));
    for (const rows of [3, 15, 30]) {
      const child = run.start();
      expect(await within(20_000, () => run.rows().length >= rows)).toBe(true);
      child.kill('SIGKILL');
      expect(await child.closed).toEqual([null, 'SIGKILL']);
      await expectNothingLeft();
    }
    const last = run.start();
    expect(await last.closed, last.errors()).toEqual([0, null]);
    expect(last.errors()).toMatch(/\d+ rows are there already/);
    run.expectEveryRowOnce();
    expect(run.rows().every(({ id, outcome, objective }) => outcome === 'solved' && objective === Number(id))).toBe(
      true,
    );
    await expectNothingLeft();
  });

  it('while its fork servers start leaves nothing either', async () => {
    const run = new CommandLine(batch(4));
    for (const delayMs of [0, 50, 200]) {
      const child = run.start();
      expect(await within(10_000, () => processesNaming(scratch).length > 0)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill('SIGKILL');
      await child.closed;
      await expectNothingLeft();
    }
  });

  it('together with its fork servers leaves no process, and the next start sweeps its files', async () => {
    const run = new CommandLine([{ id: 'sleep', program: `open("left", "w").write("x")\n${SLEEP}` }]);
    const child = run.start();
    expect(await within(20_000, () => processesNaming(scratch).length >= 2)).toBe(true);
    expect(await within(5_000, () => filesBelow(scratch).some((name) => name.endsWith('left')))).toBe(true);
    process.kill(child.pid as number, 'SIGSTOP'); // so that it starts no other fork server
    for (const pid of processesNaming(scratch)) tryKill(pid);
    child.kill('SIGKILL');
    await child.closed;
    expect(await within(2_000, () => processesNaming(scratch).length === 0)).toBe(true);
    expect(readdirSync(scratch)).toHaveLength(1);
    const next = new Verifier({ jobs: 1 });
    expect(readdirSync(scratch)).toHaveLength(1);
    expect(filesBelow(scratch).some((name) => name.endsWith('left'))).toBe(false);
    await next.close();
    await expectNothingLeft();
  });
});

describe('scratch space that is full', () => {
  const disk = join(root, 'disk');
  const canMount = tryToMount(disk);
  afterAll(() => {
    if (canMount) execFileSync('umount', [disk]);
  });
  beforeEach(() => {
    process.env['EVOM_SCRATCH'] = disk;
  });

  afterEach(() => rmSync(join(disk, 'filler'), { force: true }));

  /** Leaves this many bytes. */
  function fill(rest: number): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - rest));
  }

  it('at the start is refused with what to do', async ({ skip }) => {
    if (!canMount) skip('this user cannot mount a small tmpfs');
    fill(1 << 20);
    expect(() => new Verifier({ jobs: 1 })).toThrow(/Free space there, or set EVOM_SCRATCH/);
    const run = new CommandLine(batch(1));
    const child = run.start();
    expect(await child.closed).toEqual([1, null]);
    expect(child.errors()).toMatch(/Free space there, or set EVOM_SCRATCH/);
  });

  it.for(['highs', 'scip', 'gurobi', 'copt', 'ortools'] as const)(
    'in the middle of a batch is our failure, never the program’s (%s)',
    async (solver, { skip }) => {
      if (!canMount) skip('this user cannot mount a small tmpfs');
      const verifier = new Verifier({ jobs: 1 });
      const observe = () => verifier.observe({ id: 'x', solver, program: SOLVE_BY[solver] });
      expect(await observe()).toMatchObject({ outcome: 'solved', objective: 7 });
      fill(0);
      const { outcome, detail, objective } = await observe();
      if (outcome === 'solved') expect(objective).toBe(7);
      else {
        expect(outcome).toBe('infra');
        expect(detail).toContain('set EVOM_SCRATCH to another folder');
      }
      rmSync(join(disk, 'filler'));
      expect(await observe()).toMatchObject({ outcome: 'solved', objective: 7 });
      await verifier.close();
      expect(readdirSync(disk)).toEqual([]);
    },
  );
});

describe('a solver whose package is gone', () => {
  it('is a row with its reason, exit code 3, and the other solvers go on', async () => {
    process.env['EVOM_PYTHON'] = pythonThat(root, without('highspy'));
    const run = new CommandLine([
      { id: 'gone', program: optimumOf(1) },
      { id: 'there', solver: 'scip', program: SOLVE_BY.scip },
      { id: 'gone too', program: optimumOf(2) },
    ]);
    const child = run.start();
    expect(await child.closed).toEqual([3, null]);
    expect(child.errors()).toContain("No module named 'highspy'");
    run.expectEveryRowOnce();
    for (const { id, outcome, detail, objective } of run.rows()) {
      if (id === 'there') expect({ outcome, objective }).toEqual({ outcome: 'solved', objective: 7 });
      else expect({ outcome, detail }).toEqual({ outcome: 'infra', detail: expect.stringContaining('highspy') });
    }
    await expectNothingLeft();
  });

  it('whose import crashes is a row with its reason too', async () => {
    process.env['EVOM_PYTHON'] = pythonThat(root, `if "highs.py" in sys.argv[1]:\n    os.abort()`);
    await using verifier = new Verifier({ jobs: 2 });
    const observe = (solver: 'highs' | 'scip') => verifier.observe({ id: 'x', solver, program: SOLVE_BY[solver] });
    const [gone, there] = await Promise.all([observe('highs'), observe('scip')]);
    expect(gone).toMatchObject({ outcome: 'infra', detail: expect.stringContaining('SIGABRT') });
    expect(there).toMatchObject({ outcome: 'solved', objective: 7 });
  });
});

const SOLVE_BY = {
  highs: optimumOf(7),
  scip: 'from pyscipopt import Model\nm = Model()\nx = m.addVar(vtype="I", ub=7)\nm.setObjective(x, "maximize")\nm.optimize()\n',
  gurobi:
    'import gurobipy as gp\nm = gp.Model()\nx = m.addVar(ub=7)\nm.setObjective(x, gp.GRB.MAXIMIZE)\nm.optimize()\n',
  copt: 'import coptpy as cp\nm = cp.Envr().createModel()\nx = m.addVar(ub=7)\nm.setObjective(x, cp.COPT.MAXIMIZE)\nm.solve()\n',
  ortools:
    'from ortools.linear_solver import pywraplp\ns = pywraplp.Solver.CreateSolver("SCIP")\nx = s.IntVar(0, 7, "x")\ns.Maximize(x)\ns.Solve()\n',
} as const;

function byFirst([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return Number(a) - Number(b);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String);
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it went with its fork server
  }
}

function tryToMount(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
