import { randomBytes } from 'node:crypto';
import type { Limits } from '../../config.ts';
import { type DegenerateFlag, type Observation, type Outcome, SOLVER_NAMES, type SolverName } from '../../types.ts';
import { verify as verifyPrograms } from '../index.ts';
import { unrun } from '../verifier.ts';
import { type Attack, type AttackGroup, HONEST_OPTIMUM, type Ruling } from './attack.ts';
import { type Bait, layBait } from './bait.ts';
import { judgeAttack } from './judge.ts';
import { type ProcessReport, ProcessWatch } from './process-watch.ts';
import { attackProgram, python } from './program.ts';
import { ATTACKS } from './table.ts';

export interface AttackOptions {
  /** Default: all. One that is not installed is left out and named. */
  readonly solvers?: readonly SolverName[];
  /** How often each attack runs on each solver. Default 1. */
  readonly repeat?: number;
  /** Programs at the same time. Default 4, so that attacks have neighbours. */
  readonly jobs?: number;
  /** Default: the whole table. */
  readonly attacks?: readonly Attack[];
  readonly signal?: AbortSignal;
  /** Called after each run of an attack. */
  readonly onRun?: (run: AttackRun) => void;
  /** Default: the real one. */
  readonly verify?: typeof verifyPrograms;
}

/** One run of one attack on one solver. */
export interface AttackRun extends Ruling {
  readonly attack: Attack;
  readonly solver: SolverName;
  readonly observation: Observation;
}

/** One attack over all its runs. */
export interface AttackRow {
  readonly name: string;
  readonly group: AttackGroup;
  readonly what: string;
  /** Why it is listed rather than stopped, else null. */
  readonly notStopped: string | null;
  readonly runs: number;
  readonly rulings: Readonly<Record<Ruling['ruling'], number>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Flags that every listed run carried. */
  readonly flags: readonly DegenerateFlag[];
  /** Of each run that got through, was forged or never tried: solver and evidence. */
  readonly evidence: readonly string[];
}

export interface AttackReport extends ProcessReport {
  readonly rows: readonly AttackRow[];
  readonly solvers: readonly SolverName[];
  readonly missing: readonly { readonly solver: SolverName; readonly reason: string }[];
  readonly runs: number;
  readonly escapes: number;
  readonly forged: number;
  readonly listed: number;
  readonly untried: number;
  readonly honestRuns: number;
  /** Honest programs beside the attacks whose result was not what it is without them. */
  readonly changedHonest: readonly string[];
  /** How long past its limit a program that was stopped for time still ran, processor or wall time; in ms. */
  readonly killDelayMs: { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number };
  /** This process's peak, which hostile reports try to raise. */
  readonly peakBytes: number;
  readonly durationMs: number;
  /** Nothing got through, nothing was forged, nothing was left, nobody else was disturbed. */
  readonly isHeld: boolean;
}

/** For attacks that name no limits of their own. */
const LIMITS: Partial<Limits> = { cpuMs: 5_000, wallMs: 10_000 };
const HONEST = 'honest';
/** Longer than any limit, certificate and re-solve together. */
const SILENCE_MS = 60_000;

/**
 * Runs the table on each solver through `verify`, an honest program beside every attack.
 * Everything happens on this machine: the only sockets, files and processes reached for are the runner's own.
 */
export async function runAttacks(options: AttackOptions = {}): Promise<AttackReport> {
  const { solvers = SOLVER_NAMES, attacks = ATTACKS, repeat = 1, jobs = 4, verify = verifyPrograms, signal } = options;
  const started = performance.now();
  const bait = await layBait();
  const watch = new ProcessWatch();
  const session: Session = {
    bait,
    canary: `canary-${randomBytes(16).toString('hex')}`,
    runs: [],
    honestRuns: 0,
    changedHonest: [],
    delays: [],
  };
  const present: SolverName[] = [];
  const missing: { solver: SolverName; reason: string }[] = [];
  try {
    for (const solver of solvers) {
      const reason = await reasonForMissing(solver, session, verify, signal);
      if (reason !== null) {
        missing.push({ solver, reason });
        continue;
      }
      present.push(solver);
      for (const [limits, batch] of byLimits(attacks)) {
        const programs = interleave(solver, batch, repeat, session);
        const observations = verify(programs.requests, { solver, jobs, limits, ...(signal && { signal }) });
        const outstanding = programs.attackOf;
        for await (const observation of untilSilent(observations, SILENCE_MS)) {
          const attack = outstanding.get(observation.id);
          outstanding.delete(observation.id);
          if (!attack) {
            checkHonest(observation, session);
            continue;
          }
          const run = judgeRun(attack, observation, limits, session);
          options.onRun?.(run);
        }
        for (const [id, attack] of outstanding) session.runs.push(lostRun(id, attack, solver));
      }
    }
  } finally {
    await bait.close();
  }
  return summarise(attacks, session, await watch.end(), {
    solvers: present,
    missing,
    durationMs: performance.now() - started,
  });
}

/** What a session collects. */
interface Session {
  readonly bait: Bait;
  /** In a comment, a variable and the log of every honest program. */
  readonly canary: string;
  readonly runs: AttackRun[];
  honestRuns: number;
  readonly changedHonest: string[];
  readonly delays: number[];
}

function honestProgram(solver: SolverName, { canary }: Session): string {
  const body = python`
    kept = "${canary}"  # ${canary}
    print(kept, os.listdir("."), flush=True)
    honest()
    time.sleep(0.03)
  `;
  return attackProgram(solver, body);
}

async function reasonForMissing(
  solver: SolverName,
  session: Session,
  verify: typeof verifyPrograms,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const program = honestProgram(solver, session);
  for await (const observation of verify([{ id: HONEST, program }], { solver, ...(signal && { signal }) })) {
    if (observation.outcome === 'infra') return observation.detail ?? 'unavailable';
  }
  return null;
}

function byLimits(attacks: readonly Attack[]): [Partial<Limits>, Attack[]][] {
  const groups = new Map<string, [Partial<Limits>, Attack[]]>();
  for (const attack of attacks) {
    const limits = { ...LIMITS, ...attack.limits };
    const key = JSON.stringify(limits);
    const group = groups.get(key) ?? [limits, []];
    groups.set(key, group);
    group[1].push(attack);
  }
  return [...groups.values()];
}

/** Each attack followed by an honest program; every repeat goes once through the batch. */
function interleave(solver: SolverName, attacks: readonly Attack[], repeat: number, session: Session) {
  const attackOf = new Map<string, Attack>();
  const honest = honestProgram(solver, session);
  function* requests(): Generator<{ id: string; program: string }> {
    for (let round = 0; round < repeat; round++) {
      for (const attack of attacks) {
        if (round >= (attack.maxRepeat ?? repeat)) continue;
        const id = `${attack.name}/${round}`;
        attackOf.set(id, attack);
        yield { id, program: attackProgram(solver, attack.program(solver, session.bait.context)) };
        yield { id: `${HONEST}/${attack.name}/${round}`, program: honest };
      }
    }
  }
  return { attackOf, requests: requests() };
}

/** What the source yields, until nothing has come for so long that whoever should answer must hang. */
async function* untilSilent<T>(source: AsyncGenerator<T>, silenceMs: number): AsyncGenerator<T> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), silenceMs);
    });
    const next = await Promise.race([source.next(), silence]);
    clearTimeout(timer);
    if (next === null || next.done) return;
    yield next.value;
  }
}

/** An attack that was started and never answered: it, or one beside it, holds its fork server up. */
function lostRun(id: string, attack: Attack, solver: SolverName): AttackRun {
  const observation = unrun({ id, solver, program: '' }, 'infra', 'no answer came', 'none');
  return {
    attack,
    solver,
    observation,
    ruling: 'escaped',
    evidence: 'no answer came: the fork server hangs',
    flags: [],
  };
}

function judgeRun(attack: Attack, observation: Observation, limits: Partial<Limits>, session: Session): AttackRun {
  // Of several programs at a time any may have reached the bait; the first to end is named.
  const probe = { secrets: [session.bait.secret, session.canary], touched: session.bait.takeTouched() };
  const run = { attack, solver: observation.solver, observation, ...judgeAttack(attack, observation, probe) };
  session.runs.push(run);
  if (observation.outcome === 'time') {
    const { cpuMs = Number.POSITIVE_INFINITY, wallMs = Number.POSITIVE_INFINITY } = limits;
    session.delays.push(Math.max(0, observation.cpuMs - cpuMs, observation.durationMs - wallMs));
  }
  return run;
}

function checkHonest(observation: Observation, session: Session): void {
  const { id, solver, outcome, status, objective, stdout, detail } = observation;
  session.honestRuns++;
  const isUnchanged =
    outcome === 'solved' && status === 'optimal' && Math.abs((objective ?? 0) - HONEST_OPTIMUM) < 0.01;
  if (!isUnchanged) session.changedHonest.push(`${solver} ${id}: ${outcome} ${objective} ${detail ?? ''}`);
  else if (!stdout.includes(`${session.canary} []`))
    session.changedHonest.push(`${solver} ${id}: found ${stdout.slice(0, 120)}`);
}

function summarise(
  attacks: readonly Attack[],
  session: Session,
  processes: ProcessReport,
  rest: Pick<AttackReport, 'solvers' | 'missing' | 'durationMs'>,
): AttackReport {
  const rows = attacks.map((attack) =>
    summariseAttack(
      attack,
      session.runs.filter((run) => run.attack === attack),
    ),
  );
  const count = (ruling: Ruling['ruling']): number => session.runs.filter((run) => run.ruling === ruling).length;
  const delays = session.delays.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.ceil(share * delays.length) - 1)] ?? 0;
  const escapes = count('escaped') + processes.grandchildren.length;
  const { changedHonest, honestRuns } = session;
  const { orphans, leftovers } = processes;
  const troubles = escapes + count('forged') + changedHonest.length + orphans.length + leftovers.length;
  return {
    ...rest,
    ...processes,
    rows,
    runs: session.runs.length,
    escapes,
    forged: count('forged'),
    listed: count('listed'),
    untried: count('untried'),
    honestRuns,
    changedHonest,
    killDelayMs: { count: delays.length, p50: quantile(0.5), p99: quantile(0.99), max: delays.at(-1) ?? 0 },
    peakBytes: process.resourceUsage().maxRSS * 1024,
    isHeld: session.runs.length > 0 && troubles === 0,
  };
}

function summariseAttack(attack: Attack, runs: readonly AttackRun[]): AttackRow {
  const rulings = { stopped: 0, escaped: 0, forged: 0, listed: 0, untried: 0 };
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { ruling, observation } of runs) {
    rulings[ruling]++;
    outcomes[observation.outcome] = (outcomes[observation.outcome] ?? 0) + 1;
  }
  const listed = runs.filter(({ ruling }) => ruling === 'listed');
  const shared = listed[0]?.flags.filter((flag) => listed.every(({ flags }) => flags.includes(flag))) ?? [];
  const evidence = runs
    .filter(({ ruling }) => ruling === 'escaped' || ruling === 'forged' || ruling === 'untried')
    .map(({ solver, ruling, evidence }) => `${solver} ${ruling}: ${evidence}`);
  const { name, group, what, notStopped = null } = attack;
  return { name, group, what, notStopped, runs: runs.length, rulings, outcomes, flags: shared, evidence };
}
