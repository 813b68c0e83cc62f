import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EvomError } from '../errors.ts';
import { findPython } from '../python-environment.ts';
import type { Isolation, SolverName } from '../types.ts';
import { encodeCancel, encodeRequest, FrameReader, type Hello, type RunReply, type RunRequest } from './protocol.ts';

/** The fork server keeps the wall limit itself; one that does not is stuck. */
const GRACE_MS = 10_000;

/** How a fork server is started. */
export interface ZygoteOptions {
  readonly solver: SolverName;
  /** The programs' scratch folder; made and removed by the fork server. */
  readonly scratch: string;
  readonly isolation: Isolation;
  /** Further paths that programs may read, such as a node-locked licence. */
  readonly readable: readonly string[];
  /** Further environment variables, such as the licence's path. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A fork server that died, with what its programs may have done to it. */
export class ZygoteDied extends Error {
  readonly signal: NodeJS.Signals | null;
  /** It was killed here, since it did not keep the wall limit of its program. */
  readonly isOverdue: boolean;

  constructor(solver: SolverName, code: number | null, signal: NodeJS.Signals | null, isOverdue: boolean, log: string) {
    const ending = isOverdue ? 'did not keep the time limit' : `ended (${signal ?? `exit code ${code}`})`;
    super(`The ${solver} fork server ${ending}. ${log.trim().slice(-400)}`);
    this.signal = signal;
    this.isOverdue = isOverdue;
  }
}

// One thread for BLAS, all symbols bound before the first fork, and no trace of the user's own environment. Memory from
// malloc comes in huge pages: a child that grows its heap by 4 MiB takes 2 page faults for it, not 1000. A solver's
// threads share the one arena: a new one each costs 500 page faults.
const ENVIRONMENT = {
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1',
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  LD_BIND_NOW: '1',
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  PYTHONHASHSEED: '0',
};

/** One solver's fork server (zygote.py) and the program that it is running: one at a time. */
export class Zygote {
  readonly solver: SolverName;
  readonly #process: ChildProcess;
  readonly #scratch: string;
  #running: ({ readonly id: number } & PromiseWithResolvers<RunReply>) | null = null;
  /** Resolves when the process is gone, its programs with it. */
  readonly exit: Promise<void>;
  #hello: PromiseWithResolvers<Hello> = Promise.withResolvers();
  #nextId = 0;
  #isUp = false;
  #isOverdue = false;
  #death: Error | null = null;
  #errors = '';

  constructor(options: ZygoteOptions) {
    this.solver = options.solver;
    this.#scratch = options.scratch;
    const { scratch, isolation, readable } = options;
    const hook = fileURLToPath(new URL(`../solvers/${options.solver}.py`, import.meta.url));
    this.#process = spawn(
      findPython(),
      ['-B', '-s', script('fork-server/zygote.py'), hook, JSON.stringify({ scratch, isolation, readable })],
      {
        env: { ...ENVIRONMENT, ...options.environment },
        stdio: ['pipe', 'pipe', 'pipe'],
        cwd: '/',
      },
    );
    const frames = new FrameReader();
    this.#process.stdout?.on('data', (part: Buffer) => {
      for (const frame of frames.push(part)) this.#receive(frame);
    });
    this.#process.stderr?.on('data', (part: Buffer) => {
      this.#errors = (this.#errors + part.toString()).slice(-4000);
    });
    this.#process.stdin?.on('error', () => {}); // a broken pipe shows as the exit below
    this.exit = once(this.#process, 'close').then(
      ([code, signal]) => this.#fail(new ZygoteDied(this.solver, code, signal, this.#isOverdue, this.#errors)),
      (cause) =>
        this.#fail(new EvomError('sandbox', 'python-not-started', `Python did not start: ${cause}`, { cause })),
    );
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get isAlive(): boolean {
    return this.#death === null;
  }

  /** Resolves once the solver is imported, or says why it is not. Rejects where the process dies first. */
  ready(): Promise<Hello> {
    return this.#hello.promise;
  }

  /** Runs one program; call it again only after the reply. Rejects with {@link ZygoteDied} where the fork server dies; nothing a program does rejects. */
  run(request: RunRequest, signal?: AbortSignal): Promise<RunReply> {
    if (this.#death) return Promise.reject(this.#death);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#nextId++;
    const running = { id, ...Promise.withResolvers<RunReply>() };
    this.#running = running;
    this.#process.stdin?.write(encodeRequest(id, request));
    const cancel = (): void => {
      this.#process.stdin?.write(encodeCancel(id));
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const overdue = setTimeout(() => {
      this.#isOverdue = true;
      this.#process.kill('SIGKILL');
    }, request.wallMs + GRACE_MS);
    return running.promise.finally(() => {
      clearTimeout(overdue);
      signal?.removeEventListener('abort', cancel);
    });
  }

  /** Ends the fork server and its programs, and waits until they are gone. */
  async close(): Promise<void> {
    if (this.#isUp) this.#process.stdin?.end();
    else this.#process.kill('SIGKILL'); // still importing its solver: it has no program yet
    await this.exit;
  }

  #receive(frame: Hello | RunReply): void {
    if ('ready' in frame) {
      this.#isUp = true;
      this.#hello.resolve(frame);
      return;
    }
    if (this.#running?.id === frame.id) this.#running.resolve(frame);
    this.#running = null;
  }

  #fail(error: Error): void {
    this.#death = error;
    rmSync(this.#scratch, { recursive: true, force: true });
    this.#hello.promise.catch(() => {});
    this.#hello.reject(error);
    this.#running?.reject(error);
    this.#running = null;
  }
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
