import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import type { Isolation, SolverName } from '../types.ts';
import type { RunReply, RunRequest } from './protocol.ts';
import { makeScratch } from './scratch.ts';
import { Semaphore } from './semaphore.ts';
import { findUserLicence } from './user-licence.ts';
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

interface Lane {
  readonly zygote: Zygote;
  readonly state: Promise<SolverState>;
}

/** One fork server per solver, started at its first program, restarted when it dies. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #places: Semaphore;
  readonly #seats = new Map<SolverName, Semaphore>();
  readonly #lanes = new Map<SolverName, Lane>();
  readonly #scratch: string;
  #started = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#places = new Semaphore(options.jobs);
    this.#scratch = makeScratch();
  }

  /** Whether the solver is there; starts its fork server. Never rejects, but for isolation that the host lacks. */
  state(solver: SolverName): Promise<SolverState> {
    return this.#lane(solver).state;
  }

  /** Process numbers of the fork servers that are up. */
  get pids(): number[] {
    return [...this.#lanes.values()].flatMap(({ zygote }) => zygote.pid ?? []);
  }

  async run(solver: SolverName, request: RunRequest, signal?: AbortSignal): Promise<PoolReply> {
    return this.#seat(solver).hold(() =>
      this.#places.hold(async () => {
        signal?.throwIfAborted();
        const lane = this.#lane(solver);
        const state = await lane.state;
        if (!state.isReady) return { kind: 'unavailable', reason: state.reason };
        try {
          return { kind: 'ran', reply: await lane.zygote.run(request, signal), version: state.version };
        } catch (error) {
          if (!(error instanceof ZygoteDied)) throw error;
          if (this.#lanes.get(solver) === lane) this.#lanes.delete(solver);
          return this.#retryAlone(solver, request, error, signal);
        }
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map(({ zygote }) => zygote.close()));
    this.#lanes.clear();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  /**
   * After a fork server died under several programs nobody knows whose fault it was. Each is tried once more with a
   * fork server of its own: one that dies again was killed by this program.
   */
  async #retryAlone(solver: SolverName, request: RunRequest, first: Error, signal?: AbortSignal): Promise<PoolReply> {
    const killsBefore = outOfMemoryKills();
    const { zygote, state } = this.#start(solver, 1);
    try {
      const ready = await state;
      if (!ready.isReady) return { kind: 'unavailable', reason: ready.reason };
      return { kind: 'ran', reply: await zygote.run(request, signal), version: ready.version };
    } catch (error) {
      if (!(error instanceof ZygoteDied)) throw error;
      const outOfMemory = outOfMemoryKills() > killsBefore;
      // Programs cannot signal their fork server, so a kill that was not for memory came from outside.
      if (error.signal === 'SIGKILL' && !outOfMemory) return { kind: 'unavailable', reason: error.message };
      return { kind: 'fatal', outOfMemory, evidence: `${first.message} Then alone: ${error.message}` };
    } finally {
      await zygote.close();
    }
  }

  #lane(solver: SolverName): Lane {
    const running = this.#lanes.get(solver);
    if (running) return running;
    const lane = this.#start(solver, this.#options.jobs);
    this.#lanes.set(solver, lane);
    return lane;
  }

  #start(solver: SolverName, slots: number): Lane {
    const licence = findUserLicence(solvers[solver]);
    const began = performance.now();
    const zygote = new Zygote({
      solver,
      slots,
      scratch: join(this.#scratch, `${solver}-${this.#started++}`),
      isolation: this.#options.isolation,
      readable: licence.kind === 'node-locked' ? licence.readable : [],
      environment: licence.kind === 'node-locked' ? licence.environment : {},
    });
    const state = zygote.ready().then(
      (hello): SolverState => {
        if (licence.kind === 'refused') return { isReady: false, reason: licence.reason };
        if (hello.ready) return { isReady: true, version: hello.version, startMs: performance.now() - began };
        if (hello.offered !== undefined) throw isolationUnavailable(this.#options.isolation, hello.offered);
        return { isReady: false, reason: hello.reason };
      },
      (error): SolverState => {
        if (error instanceof EvomError) throw error;
        return { isReady: false, reason: String(error) };
      },
    );
    state.catch(() => {}); // whoever waits for it sees it
    return { zygote, state };
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
