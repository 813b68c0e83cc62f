import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import type { Isolation, SolverName } from '../types.ts';
import type { RunReply, RunRequest } from './protocol.ts';
import { makeScratch } from './scratch.ts';
import { Semaphore } from './semaphore.ts';
import { findUserLicence, type UserLicence } from './user-licence.ts';
import { Zygote, ZygoteDied } from './zygote.ts';

export interface PoolOptions {
  /** Programs that run at the same time, over all solvers. */
  readonly jobs: number;
  readonly isolation: Isolation;
  /** Licence seats: programs of one solver at the same time. Default: `jobs`. */
  readonly seats: Readonly<Partial<Record<SolverName, number>>>;
}

/** A run, or why there is none: `unavailable` is ours, `fatal` a program that twice took its fork server down. */
export type PoolReply =
  | { readonly kind: 'ran'; readonly reply: RunReply; readonly version: string }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'fatal'; readonly outOfMemory: boolean; readonly evidence: string };

/** A solver that can run programs, or the reason why it cannot. */
export type SolverState =
  | { readonly isReady: true; readonly version: string; readonly startMs: number }
  | { readonly isReady: false; readonly reason: string };

/** A fork server that runs one program at a time. */
interface Lane {
  readonly zygote: Zygote;
  readonly version: string;
  readonly startMs: number;
}

type Opening = ({ readonly isReady: true } & Lane) | Extract<SolverState, { isReady: false }>;

/** Fork servers by solver, as many as programs of it run at the same time; each is started when first needed. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #places: Semaphore;
  readonly #seats = new Map<SolverName, Semaphore>();
  readonly #states = new Map<SolverName, Promise<SolverState>>();
  readonly #idle = new Map<SolverName, Lane[]>();
  readonly #zygotes = new Set<Zygote>();
  readonly #scratch: string;
  #started = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#places = new Semaphore(options.jobs);
    this.#scratch = makeScratch();
  }

  /** Whether the solver is there; starts a fork server. Rejects only for isolation or a Python that the host lacks. */
  state(solver: SolverName): Promise<SolverState> {
    const known = this.#states.get(solver);
    if (known) return known;
    const state = this.#open(solver).then((opening): SolverState => {
      if (!opening.isReady) return opening;
      this.#release(solver, opening);
      return { isReady: true, version: opening.version, startMs: opening.startMs };
    });
    state.catch(() => {}); // whoever waits for it sees it
    this.#states.set(solver, state);
    return state;
  }

  /** Process numbers of the fork servers that are up. */
  get pids(): number[] {
    return [...this.#zygotes].flatMap(({ pid }) => pid ?? []);
  }

  async run(solver: SolverName, request: RunRequest, signal?: AbortSignal): Promise<PoolReply> {
    const state = await this.state(solver);
    if (!state.isReady) return { kind: 'unavailable', reason: state.reason };
    return this.#seat(solver).hold(() => this.#places.hold(() => this.#runTwiceAtMost(solver, request, signal)));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#zygotes].map((zygote) => zygote.close()));
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /** A program whose fork server died is tried once more, with a fresh one. */
  async #runTwiceAtMost(solver: SolverName, request: RunRequest, signal?: AbortSignal): Promise<PoolReply> {
    const killsBefore = outOfMemoryKills();
    const deaths: ZygoteDied[] = [];
    while (deaths.length < 2) {
      signal?.throwIfAborted();
      const lane = await this.#acquire(solver);
      if (!lane.isReady) return { kind: 'unavailable', reason: lane.reason };
      try {
        const reply = await lane.zygote.run(request, signal);
        return { kind: 'ran', reply, version: lane.version };
      } catch (error) {
        if (!(error instanceof ZygoteDied)) throw error;
        deaths.push(error);
      } finally {
        if (lane.zygote.isAlive) this.#release(solver, lane);
      }
    }
    const evidence = deaths.map(({ message }) => message).join(' Then again: ');
    const outOfMemory = outOfMemoryKills() > killsBefore;
    // Programs cannot signal their fork server, so a kill that was not for memory came from outside.
    const fromOutside = !outOfMemory && deaths.some(({ signal, isOverdue }) => signal === 'SIGKILL' && !isOverdue);
    return fromOutside ? { kind: 'unavailable', reason: evidence } : { kind: 'fatal', outOfMemory, evidence };
  }

  async #acquire(solver: SolverName): Promise<Opening> {
    const idle = this.#idle.get(solver) ?? [];
    for (let lane = idle.pop(); lane; lane = idle.pop()) {
      if (lane.zygote.isAlive) return { isReady: true, ...lane };
    }
    return this.#open(solver);
  }

  #release(solver: SolverName, lane: Lane): void {
    const idle = this.#idle.get(solver);
    if (idle) idle.push(lane);
    else this.#idle.set(solver, [lane]);
  }

  /** Starts a fork server. One that dies while it starts, before any program, is started once more. */
  async #open(solver: SolverName): Promise<Opening> {
    const licence = findUserLicence(solvers[solver]);
    if (licence.kind === 'refused') return { isReady: false, reason: licence.reason };
    for (let attempt = 1; ; attempt++) {
      if (this.#isClosed) throw new Error('The verifier is closed.');
      const began = performance.now();
      const zygote = this.#spawn(solver, licence);
      try {
        const hello = await zygote.ready();
        if (hello.ready) return { isReady: true, zygote, version: hello.version, startMs: performance.now() - began };
        if (hello.offered !== undefined) throw isolationUnavailable(this.#options.isolation, hello.offered);
        return { isReady: false, reason: hello.reason };
      } catch (error) {
        if (!(error instanceof ZygoteDied)) throw error;
        if (attempt === 2) return { isReady: false, reason: error.message };
      }
    }
  }

  #spawn(solver: SolverName, licence: Exclude<UserLicence, { kind: 'refused' }>): Zygote {
    const { environment, readable } = licence.kind === 'none' ? { environment: {}, readable: [] } : licence;
    const scratch = join(this.#scratch, `${solver}-${this.#started++}`);
    const { isolation } = this.#options;
    const zygote = new Zygote({ solver, scratch, isolation, readable, environment });
    this.#zygotes.add(zygote);
    void zygote.exit.then(() => this.#zygotes.delete(zygote));
    return zygote;
  }

  #seat(solver: SolverName): Semaphore {
    const existing = this.#seats.get(solver);
    if (existing) return existing;
    const seat = new Semaphore(this.#options.seats[solver] ?? this.#options.jobs);
    this.#seats.set(solver, seat);
    return seat;
  }
}

function isolationUnavailable(asked: Isolation, offered: string): EvomError {
  const missing = offered === 'none' ? 'programs could do anything that you can' : 'programs could read your files';
  return new EvomError(
    'sandbox',
    'isolation-unavailable',
    `Expected this host to offer the isolation \`${asked}\`, it offers \`${offered}\`, under which ${missing}. ` +
      `For programs that you trust, pass \`--isolation ${offered}\`.`,
  );
}

function outOfMemoryKills(): number {
  try {
    return Number(/^oom_kill (\d+)/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
