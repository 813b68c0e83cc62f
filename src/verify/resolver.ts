import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Resolution, ResolveTask } from './resolve-worker.ts';

// HiGHS keeps its own time limit; one that it does not keep ends with its thread.
const GRACE_MS = 2_000;
const LONG_WAIT_MS = 200;
const MAX_RUNTIME_BYTES = 256 * 1024 ** 2;

/** Threads that re-solve models with HiGHS in WebAssembly, started as needed. */
export class Resolver {
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #waiting: ((worker: Worker) => void)[] = [];
  #started = 0;
  #isClosed = false;

  constructor(size: number) {
    this.#size = size;
  }

  /** Never rejects: a model that breaks the thread is a model without a certificate. */
  async resolve(task: ResolveTask): Promise<Resolution> {
    const worker = await this.#take();
    const timer = AbortSignal.timeout(task.timeLimitMs + GRACE_MS);
    try {
      worker.postMessage(task);
      const [resolution] = (await once(worker, 'message', { signal: timer })) as [Resolution];
      if (resolution.runtimeBytes > MAX_RUNTIME_BYTES) this.#replace(worker);
      else this.#give(worker);
      return resolution;
    } catch (error) {
      this.#replace(worker);
      const reason = timer.aborted ? 'HiGHS overran its time limit' : `HiGHS broke: ${String(error)}`;
      return { solve: null, reason, size: null, degenerate: [], runtimeBytes: 0 };
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#idle.map((worker) => worker.terminate()));
  }

  /** An idle thread; a further one is started only when the wait is long, since each compiles HiGHS anew. */
  async #take(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#started === 0) return this.#start();
    const { promise, resolve } = Promise.withResolvers<Worker>();
    this.#waiting.push(resolve);
    const timer = setTimeout(() => {
      const place = this.#waiting.indexOf(resolve);
      if (place < 0 || this.#started === this.#size) return;
      this.#waiting.splice(place, 1);
      resolve(this.#start());
    }, LONG_WAIT_MS);
    return promise.finally(() => clearTimeout(timer));
  }

  #start(): Worker {
    this.#started++;
    return startWorker();
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next) next(worker);
    else if (this.#isClosed) void worker.terminate();
    else this.#idle.push(worker);
  }

  #replace(worker: Worker): void {
    void worker.terminate();
    this.#give(startWorker());
  }
}

function startWorker(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./resolve-worker.${extension}`, import.meta.url));
  worker.unref();
  return worker;
}
