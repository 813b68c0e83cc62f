import { availableParallelism } from 'node:os';
import { DEFAULT_LIMITS, type Limits } from '../config.ts';
import { EvomError } from '../errors.ts';
import { solvers } from '../solvers/index.ts';
import type { Isolation, Observation, Solve, SolverName } from '../types.ts';
import { certify } from './certificate/certificate.ts';
import { Resolver } from './certificate/resolver.ts';
import type { ExecutionCache } from './execution-cache.ts';
import { observe, type RunOutcome, scratchShortage } from './observe.ts';
import { Pool, type PoolReply, type SolverState } from './pool.ts';
import type { RunReply, SolveClaim } from './protocol.ts';
import { untilAborted } from './until-aborted.ts';

/** A complete Python program for one solver's API. No label goes in. */
export interface ProgramRequest {
  readonly id: string;
  readonly program: string;
  readonly solver: SolverName;
  /** Keep the exported model for people to read: a few KiB and milliseconds. Default: no, as nobody reads thousands. */
  readonly keepModel?: boolean;
}

export interface VerifierOptions {
  readonly limits?: Partial<Limits>;
  /** Programs that run at the same time. Default: the number of processors. */
  readonly jobs?: number;
  /** Exactly this isolation; refused where the host does not offer it. Default: the full sandbox. */
  readonly isolation?: Isolation;
  /** Licence seats by solver. Default: no bound but `jobs`. */
  readonly seats?: Readonly<Partial<Record<SolverName, number>>>;
  /** Default: none, every program runs. */
  readonly cache?: ExecutionCache;
}

/** HiGHS's time for one certificate, before the same solver is asked. */
const CERTIFICATE_MS = 5_000;

/** Fork servers and certificate threads that stay up between batches. Dispose of it with `close`. */
export class Verifier {
  readonly jobs: number;
  readonly limits: Limits;
  readonly isolation: Isolation;
  readonly #pool: Pool;
  readonly #resolver: Resolver;
  readonly #cache: ExecutionCache | undefined;

  constructor(options: VerifierOptions = {}) {
    this.jobs = options.jobs ?? availableParallelism();
    checkJobs(this.jobs);
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.isolation = options.isolation ?? 'landlock+seccomp';
    this.#cache = options.cache;
    this.#pool = new Pool({ jobs: this.jobs, isolation: this.isolation, seats: options.seats ?? {} });
    this.#resolver = new Resolver(this.jobs);
  }

  /** Whether a solver can run programs, and if not, why. */
  solverState(solver: SolverName): Promise<SolverState> {
    return this.#pool.state(solver);
  }

  /** Programs to have under way: twice the jobs, so that while one waits for its certificate the next one runs. */
  get concurrency(): number {
    return 2 * this.jobs;
  }

  /** Process numbers of the fork servers that are up. */
  get pids(): number[] {
    return this.#pool.pids;
  }

  /** Runs one program. Rejects only when *we* are broken or `signal` fires; a bad program is data. */
  observe(request: ProgramRequest, signal?: AbortSignal): Promise<Observation> {
    return untilAborted(this.#observe(request, signal), signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#resolver.close()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #observe(request: ProgramRequest, signal?: AbortSignal): Promise<Observation> {
    const cached = await this.#lookUp(request);
    if (cached) return { ...cached, id: request.id, cached: true };
    const reply = await this.#pool.run(request.solver, { program: request.program, ...this.limits }, signal);
    signal?.throwIfAborted();
    if (reply.kind !== 'ran') return this.#withoutRun(request, reply);
    const observation = await this.#judge(request, reply.reply, reply.version, signal);
    this.#cache?.set(this.#key(request, reply.version), observation);
    return observation;
  }

  async #lookUp(request: ProgramRequest): Promise<Observation | null> {
    if (!this.#cache) return null;
    const state = await this.#pool.state(request.solver);
    const found = state.isReady ? this.#cache.get(this.#key(request, state.version)) : null;
    const isWithout = request.keepModel && found?.certificate && found.certificate.model === undefined;
    return isWithout ? null : found;
  }

  #key({ program, solver }: ProgramRequest, version: string) {
    return { program, solver, version, limits: this.limits, isolation: this.isolation };
  }

  async #judge(request: ProgramRequest, reply: RunReply, version: string, signal?: AbortSignal): Promise<Observation> {
    const run = observe(reply, solvers[request.solver], this.limits.cpuMs);
    const base = this.#base(request, run, reply, version);
    const claim = reply.report.solve;
    if (run.outcome !== 'solved' || !run.claimed || !claim) return base;
    const sameSolver = (model: SolveClaim) => this.#resolveBySameSolver(request.solver, model, signal);
    const highs = this.#resolver.resolve.bind(this.#resolver);
    const certificate = await certify(
      claim,
      run.claimed,
      { highs, sameSolver },
      { timeLimitMs: CERTIFICATE_MS, keepModel: request.keepModel ?? false },
    );
    switch (certificate.kind) {
      case 'agrees':
        return { ...base, ...certificate.solve, certified: certificate.solve, certificate };
      case 'incumbent':
        return { ...base, status: 'feasible', certificate };
      case 'disagrees':
      case 'open':
      case 'unexportable': {
        // Exports go through a file: one that was cut short says nothing about the program.
        const shortage = scratchShortage(reply);
        return {
          ...base,
          outcome: shortage === null ? 'uncertified' : 'infra',
          detail: shortage ?? certificate.reason,
          certified: certificate.solve,
          certificate,
        };
      }
    }
  }

  /** The exported model again, in a process of the same solver that never saw the program. */
  async #resolveBySameSolver(
    solver: SolverName,
    claim: SolveClaim,
    signal?: AbortSignal,
  ): Promise<{ solve: Solve | null; reason: string }> {
    const reply = await this.#pool.run(solver, { program: resolvingProgram(claim), ...DEFAULT_LIMITS }, signal);
    if (reply.kind !== 'ran') return { solve: null, reason: `${solver} could not re-solve it` };
    const { outcome, claimed, detail } = observe(reply.reply, solvers[solver], DEFAULT_LIMITS.cpuMs);
    if (outcome !== 'solved' || !claimed || claimed.status === 'feasible') {
      return { solve: null, reason: `${solver} did not settle it either (${detail ?? outcome})` };
    }
    return { solve: { status: claimed.status, objective: claimed.objective }, reason: `${solver} re-solved it` };
  }

  #base(request: ProgramRequest, run: RunOutcome, reply: RunReply, solverVersion: string): Observation {
    return {
      ...unrun(request, run.outcome, run.detail, this.isolation),
      solverVersion,
      claimed: run.claimed,
      error: run.error,
      solveCount: reply.report.solveCount,
      stdout: reply.log,
      stdoutBytes: reply.logBytes,
      durationMs: reply.wallMs,
      cpuMs: reply.cpuMs,
      memoryBytes: reply.peakBytes,
      exitCode: reply.exitCode,
      signal: reply.signal,
    };
  }

  #withoutRun(request: ProgramRequest, reply: Exclude<PoolReply, { kind: 'ran' }>): Observation {
    if (reply.kind === 'fatal') {
      return unrun(request, reply.outOfMemory ? 'memory' : 'blocked', reply.evidence, this.isolation);
    }
    return unrun(request, 'infra', reply.reason, this.isolation);
  }
}

/** An observation of a program that never ran to a reply. */
export function unrun(
  request: ProgramRequest,
  outcome: Observation['outcome'],
  detail: string | null,
  isolation: Isolation,
): Observation {
  return {
    id: request.id,
    solver: request.solver,
    solverVersion: '',
    outcome,
    detail,
    status: null,
    objective: null,
    claimed: null,
    certified: null,
    certificate: null,
    solveCount: 0,
    error: null,
    stdout: '',
    stdoutBytes: 0,
    durationMs: 0,
    cpuMs: 0,
    memoryBytes: 0,
    exitCode: null,
    signal: null,
    isolation,
    cached: false,
  };
}

function resolvingProgram({ model, format }: SolveClaim): string {
  const path = `model.${format}`;
  return [
    'import sys',
    `with open(${JSON.stringify(path)}, "w") as file:`,
    `    file.write(${pythonText(model ?? '')})`,
    `sys.modules["evom_hook"].resolve(${JSON.stringify(path)})`,
  ].join('\n');
}

/** A Python string literal; JSON's is one, once lone surrogates and line separators are escaped. */
function pythonText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Checks what would otherwise fail deep inside. */
function checkJobs(jobs: number): void {
  if (Number.isInteger(jobs) && jobs >= 1) return;
  throw new EvomError(
    'config',
    'bad-jobs',
    `Expected \`jobs\` to be a whole number of at least 1, got \`${jobs}\`. Leave it out for one per processor.`,
  );
}
