import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { siblingModule } from '../../sibling-module.ts';
import type { Resolution, ResolveTask } from './resolve-worker.ts';

// HiGHS keeps its own time limit; one that it does not keep ends with its thread.
const GRACE_MS = 2_000;
const LONG_WAIT_MS = 200;
const MAX_RUNTIME_BYTES = 256 * 1024 ** 2;

/** Threads that re-solve models with HiGHS in WebAssembly, started as needed. */
export class Resolver {
  readonly #size: number;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #waiting: ((worker: Worker) => void)[] = [];
  #isClosed = false;

  constructor(size: number) {
    this.#size = size;
  }

  /** Never rejects: a model that breaks the thread is a model without a certificate. */
  async resolve(task: ResolveTask): Promise<Resolution> {
    const worker = await this.#take();
    const timer = AbortSignal.timeout(task.timeLimitMs + GRACE_MS);
    const ended = new AbortController();
    const end = (): void => ended.abort();
    worker.once('exit', end);
    try {
      worker.postMessage(task);
      const signal = AbortSignal.any([timer, ended.signal]);
      const [resolution] = (await once(worker, 'message', { signal })) as [Resolution];
      if (resolution.runtimeBytes > MAX_RUNTIME_BYTES) this.#drop(worker);
      else this.#give(worker);
      return resolution;
    } catch (error) {
      this.#drop(worker);
      const broke = ended.signal.aborted ? 'its thread ended' : String(error);
      const reason = timer.aborted ? 'HiGHS overran its time limit' : `HiGHS broke: ${broke}`;
      return { solve: null, reason, size: null, degenerate: [], runtimeBytes: 0 };
    } finally {
      worker.removeListener('exit', end);
    }
  }

  /** Ends every thread; what they were at has no certificate. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  /** An idle thread; a further one is started only when the wait is long, since each compiles HiGHS anew. */
  async #take(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#workers.size === 0) return this.#start();
    const { promise, resolve } = Promise.withResolvers<Worker>();
    this.#waiting.push(resolve);
    const timer = setTimeout(() => {
      const place = this.#waiting.indexOf(resolve);
      if (place < 0 || this.#workers.size >= this.#size) return;
      this.#waiting.splice(place, 1);
      resolve(this.#start());
    }, LONG_WAIT_MS);
    return promise.finally(() => clearTimeout(timer));
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next) next(worker);
    else this.#idle.push(worker);
  }

  /** Ends a thread, and starts another for whoever waits. */
  #drop(worker: Worker): void {
    this.#forget(worker);
    void worker.terminate();
    this.#waiting.shift()?.(this.#start());
  }

  #forget(worker: Worker): void {
    this.#workers.delete(worker);
    const place = this.#idle.indexOf(worker);
    if (place >= 0) this.#idle.splice(place, 1);
  }

  #start(): Worker {
    const worker = new Worker(siblingModule('./resolve-worker', import.meta.url));
    worker.unref();
    worker.on('error', () => {}); // an idle one's; it ends, and is forgotten
    worker.once('exit', () => this.#forget(worker));
    this.#workers.add(worker);
    if (this.#isClosed) void worker.terminate();
    return worker;
  }
}
