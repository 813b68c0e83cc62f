/**
 * Soak: many programs of all five solvers through one pool, one in twenty of them hostile, and then: did anything grow or
 * stay behind? Compares the state after the first 1000 programs (or a tenth, of fewer than 10 000) with that at the end:
 * resident memory of Node and of each fork server, within 10 %; open descriptors, processes and scratch files after
 * closing, none more than before; and every honest program must be judged correct. Exit code 1 where a bound is broken.
 *
 * Options: --programs N (10000), --jobs N (2), --seed N (1).
 */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { generateProblems, type SyntheticProblem } from '../src/problems/synthetic/generate.ts';
import { writeProgram } from '../src/problems/synthetic/program.ts';
import { createEvomRule } from '../src/reward/evom.ts';
import { type Observation, type Outcome, SOLVER_NAMES, type SolverName } from '../src/types.ts';
import { type VerifyInput, verify } from '../src/verify/index.ts';
import { Verifier } from '../src/verify/verifier.ts';

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '10000' },
    jobs: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.programs);
const warmUp = Math.min(1000, Math.floor(count / 10));
const BOUND = 1.1;
/** Enough to differ, few enough to generate in a second. */
const PROBLEMS = 500;
const HOSTILE_EVERY = 20;

/** Programs that should not get away with it, and the outcomes that say so. */
const HOSTILE: readonly { readonly name: string; readonly outcomes: readonly Outcome[]; readonly program: string }[] = [
  { name: 'processor', outcomes: ['time'], program: 'while True:\n    pass\n' },
  { name: 'memory', outcomes: ['memory', 'time'], program: 'x = []\nwhile True:\n    x.append(bytearray(1 << 24))\n' },
  { name: 'fork', outcomes: ['blocked'], program: 'import os\nwhile True:\n    os.fork()\n' },
  {
    name: 'disk',
    outcomes: ['output', 'blocked', 'exception'],
    program: 'for i in range(9999):\n    open(f"f{i}", "wb").write(bytes(16 << 20))\n',
  },
  {
    name: 'files',
    outcomes: ['output', 'time'],
    program: 'import os\ni = 0\nwhile True:\n    os.mkdir(f"d{i}", 0)\n    i += 1\n',
  },
  { name: 'log', outcomes: ['output'], program: 'while True:\n    print("x" * 100000)\n' },
  {
    name: 'threads',
    outcomes: ['exception', 'memory', 'time'],
    program:
      'import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n',
  },
  { name: 'exit', outcomes: ['no-solve'], program: 'import os\nos._exit(0)\n' },
  { name: 'report', outcomes: ['no-solve'], program: 'import os\nos.pwrite(3, os.urandom(1 << 20), 0)\nos._exit(0)\n' },
  { name: 'crash', outcomes: ['exception'], program: 'import ctypes\nctypes.string_at(0)\n' },
];

const problems = generateProblems({ seed: Number(values.seed), count: PROBLEMS, split: 'train' });

interface SoakProgram extends VerifyInput {
  readonly solver: SolverName;
  readonly problem: SyntheticProblem | null;
  readonly hostile: (typeof HOSTILE)[number] | null;
}

/** Each solver meets every problem and every attack in turn. */
function programOf(index: number): SoakProgram {
  const solver = SOLVER_NAMES[index % SOLVER_NAMES.length] ?? 'highs';
  const id = String(index);
  if (index % HOSTILE_EVERY === HOSTILE_EVERY - 1 - (Math.floor(index / HOSTILE_EVERY) % SOLVER_NAMES.length)) {
    const hostile = HOSTILE[Math.floor(index / HOSTILE_EVERY / SOLVER_NAMES.length) % HOSTILE.length] ?? null;
    return { id, solver, program: hostile?.program ?? '', problem: null, hostile };
  }
  const problem = problems[Math.floor(index / SOLVER_NAMES.length) % PROBLEMS] ?? null;
  return { id, solver, program: problem ? writeProgram(problem.model, solver) : '', problem, hostile: null };
}

function* programs(): Generator<SoakProgram> {
  for (let index = 0; index < count; index++) yield programOf(index);
}

/** Resident bytes, by the name of what they belong to. */
type Memory = ReadonlyMap<string, number>;

setFlagsFromString('--expose-gc');
// A plain collection leaves V8's young generation as large as it ever was: up to 48 MiB that no object lives in.
const collectGarbage = runInNewContext(
  '() => gc({ type: "major", execution: "sync", flavor: "last-resort" })',
) as () => void;

/** Resident bytes of Node at each measurement, before the collection. */
const uncollected: number[] = [];

function memoryOf(pids: readonly number[]): Memory {
  uncollected.push(residentBytes('self'));
  collectGarbage();
  const named = pids.map((pid): [string, number] => {
    const hook = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[4] ?? '';
    return [`${/(\w+)\.py$/.exec(hook)?.[1]} fork server ${pid}`, residentBytes(pid)];
  });
  return new Map([['Node', residentBytes('self')], ...named.toSorted()]);
}

function residentBytes(pid: number | 'self'): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

const openDescriptors = (): number => readdirSync('/proc/self/fd').length;

/** Fork servers and programs of this run: their command line names its scratch folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        name !== String(process.pid) &&
        readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder)
      );
    } catch {
      return false; // gone meanwhile
    }
  });
}

/** What is wrong with an observation, or null. */
function complaint({ problem, hostile }: SoakProgram, observation: Observation): string | null {
  const { id, solver, outcome, detail, status, objective } = observation;
  const shown = `${id} (${solver}): ${outcome} ${status ?? ''} ${objective ?? ''} ${detail ?? ''}`;
  if (hostile) return hostile.outcomes.includes(outcome) ? null : `hostile ${hostile.name} ${shown}`;
  if (!problem) return null;
  const verdict = createEvomRule({ epsilon: 1e-4 }).judge(observation, problem.answer);
  return verdict === 'correct' ? null : `honest ${problem.family} ${shown}, answer ${problem.answer}`;
}

/** A model that HiGHS needs about a second to read: several at once make the verifier start all its threads. */
const LARGE = 'import highspy\nh = highspy.Highs()\nh.addVariables(60000, lb=0, ub=1, obj=-1)\nh.run()\n';

async function runLarge(verifier: Verifier): Promise<void> {
  const copies = Array.from({ length: 2 * verifier.jobs }, (_, id) => ({ id: String(id), program: LARGE }));
  for await (const { outcome, detail } of verify(copies, { verifier })) {
    if (outcome !== 'solved') throw new Error(`Expected the large model to be solved, got ${outcome}: ${detail}`);
  }
}

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'evom-soak-'));
process.env['EVOM_SCRATCH'] = folder;
{
  await using once = new Verifier({ jobs: 1 }); // Node opens a descriptor or two at the first process and thread
  await runLarge(once);
}
const descriptorsBefore = openDescriptors();
const limits = { cpuMs: 1_000, wallMs: 5_000, memoryBytes: 1024 ** 3 };
const verifier = new Verifier({ jobs: Number(values.jobs), limits });
await runLarge(verifier);
const wrongVerdicts: string[] = [];
const oddEndings: string[] = [];
const outcomes = new Map<string, number>();
let early: Memory = new Map();
let seen = 0;
const started = performance.now();
for await (const observation of verify(programs(), { verifier })) {
  const program = programOf(Number(observation.id));
  const wrong = complaint(program, observation);
  if (wrong) (program.hostile ? oddEndings : wrongVerdicts).push(wrong);
  const kind = program.hostile
    ? `hostile ${program.hostile.name}: ${observation.outcome}`
    : `honest: ${observation.outcome}`;
  outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
  if (++seen === warmUp) early = memoryOf(verifier.pids);
  if (seen % 1000 === 0) console.error(`${seen} programs, ${Math.round((performance.now() - started) / 1000)} s`);
}
const seconds = (performance.now() - started) / 1000;
const late = memoryOf(verifier.pids);
await verifier.close();
const failures = report();
rmSync(folder, { recursive: true });
process.exitCode = failures === 0 ? 0 : 1;

/** Prints everything and gives the number of broken bounds. */
function report(): number {
  console.log(
    `${seen} programs in ${seconds.toFixed(0)} s, ${(seen / seconds).toFixed(1)} programs/s, ${values.jobs} jobs`,
  );
  for (const [kind, number] of [...outcomes].toSorted()) console.log(`  ${String(number).padStart(6)} ${kind}`);
  const mebibytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(1);
  let failures = 0;
  const check = (what: string, holds: boolean): void => {
    if (!holds) failures++;
    console.log(`${holds ? 'ok    ' : 'BROKEN'} ${what}`);
  };
  check(`${seen} observations of ${count} programs`, seen === count);
  for (const [name, bytes] of late) {
    const before = early.get(name);
    const growth = before === undefined ? null : bytes / before;
    const then = before === undefined ? 'not there' : `${mebibytes(before)} MiB`;
    check(
      `${name}: ${then} after ${warmUp} programs, ${mebibytes(bytes)} MiB at the end${growth === null ? '' : `, ratio ${growth.toFixed(3)}`}`,
      growth !== null && growth <= BOUND,
    );
  }
  for (const name of early.keys()) if (!late.has(name)) check(`${name} ended on the way`, false);
  const descriptorsAfter = openDescriptors();
  check(
    `open descriptors: ${descriptorsBefore} before, ${descriptorsAfter} after`,
    descriptorsAfter <= descriptorsBefore,
  );
  check(`processes left: ${processesOf(folder).join(' ') || 'none'}`, processesOf(folder).length === 0);
  check(`scratch files left: ${readdirSync(folder).join(' ') || 'none'}`, readdirSync(folder).length === 0);
  check(`wrong verdicts of honest programs: ${wrongVerdicts.length}`, wrongVerdicts.length === 0);
  for (const line of wrongVerdicts.slice(0, 20)) console.log(`       ${line}`);
  check(`hostile programs with another outcome than foreseen: ${oddEndings.length}`, oddEndings.length === 0);
  for (const line of oddEndings.slice(0, 20)) console.log(`       ${line}`);
  console.log(`Node before the last collection, not bounded: ${uncollected.map(mebibytes).join(' MiB, then ')} MiB`);
  return failures;
}
