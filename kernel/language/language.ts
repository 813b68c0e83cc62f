/**
 * What is known of TypeScript, in a thread of its own: neither the kernel nor a running cell waits for it, and it answers
 * while a cell runs. Questions are answered in order; those that come before the thread is ready wait there.
 *
 * Nobody is ever refused: whatever was asked of a thread that ends, or takes too long and is ended, is answered with
 * nothing, and another thread goes on with what the cells had declared. A cell that was being checked then is not known.
 */

import { Worker } from 'node:worker_threads';
import { siblingModule } from '../../src/sibling-module.ts';
import type { Language } from '../engine/engine.ts';
import type { Memory, Service, ServiceOptions } from './service.ts';
import type { TslabOptions } from './tslab.ts';
import type { Answer, Method, Question } from './worker.ts';

export interface LanguageOptions extends TslabOptions {
  /** For one answer, in ms. Default: 30 s, as a thread that has just been started first reads all of Node's types. */
  readonly limit?: number;
}

export interface KernelLanguage extends Language {
  /** How later cells are checked; strictly until told otherwise. */
  setStrict(isStrict: boolean): Promise<void>;
}

const WORKER = siblingModule('./worker', import.meta.url);

/** Of the thread, which needs 90 MB and what a cell's imports bring. */
const HEAP_MB = 512;
/** Every question leaves a program behind. With more room for what is young, they are cleared away late: 150 MB more. */
const YOUNG_HEAP_MB = 32;
/** Unless it is asked before: a kernel that starts has more urgent things to do. */
const START_AFTER_MS = 400;

export function createLanguage({ limit = 30_000, ...options }: LanguageOptions): KernelLanguage {
  return new WorkerLanguage(options, limit);
}

interface Asked {
  readonly answer: (value: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

class WorkerLanguage implements KernelLanguage {
  readonly #options: TslabOptions;
  readonly #limit: number;
  readonly #asked = new Map<number, Asked>();
  #memory: Memory = { isStrict: true, declared: [] };
  /** Null at first, and after one that never answered: the next question starts another. */
  #worker: Worker | null = null;
  #count = 0;
  #isClosed = false;

  constructor(options: TslabOptions, limit: number) {
    this.#options = options;
    this.#limit = limit;
    setTimeout(() => {
      if (!this.#isClosed) this.#worker ??= this.#start();
    }, START_AFTER_MS).unref();
  }

  complete(code: string, offset: number): ReturnType<Language['complete']> {
    return this.#ask('complete', [code, offset], { start: offset, end: offset, items: [] });
  }

  inspect(code: string, offset: number, detail: 0 | 1): ReturnType<Language['inspect']> {
    return this.#ask('inspect', [code, offset, detail], null);
  }

  isComplete(code: string): ReturnType<Language['isComplete']> {
    return this.#ask('isComplete', [code], { status: 'unknown' });
  }

  check(code: string): ReturnType<Language['check']> {
    return this.#ask('check', [code], []);
  }

  setStrict(isStrict: boolean): Promise<void> {
    this.#memory = { ...this.#memory, isStrict };
    return this.#ask('setStrict', [isStrict], undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #ask<M extends Method>(method: M, given: Parameters<Service[M]>, nothing: ReturnType<Service[M]>): Answered<M> {
    if (this.#isClosed) return Promise.resolve(nothing);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = this.#count++;
    const { promise, resolve } = Promise.withResolvers<ReturnType<Service[M]>>();
    const timer = setTimeout(() => void worker.terminate(), this.#limit);
    const answer = (value: unknown): void => resolve((value === NOTHING ? nothing : value) as ReturnType<Service[M]>);
    this.#asked.set(id, { answer, timer });
    worker.postMessage({ id, method, given } satisfies Question);
    return promise;
  }

  #start(): Worker {
    const workerData: ServiceOptions = { ...this.#options, memory: this.#memory };
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB };
    const worker = new Worker(WORKER, { workerData, resourceLimits, stdout: true, stderr: true });
    worker.stdout.resume(); // what tslab says to nobody
    worker.stderr.resume();
    let hasAnswered = false;
    worker.on('message', ({ id, value, memory }: Answer) => {
      hasAnswered = true;
      if (memory) this.#memory = { ...memory, isStrict: this.#memory.isStrict };
      this.#settle(id, value);
    });
    worker.on('error', () => {}); // `exit` follows
    worker.once('exit', () => {
      for (const id of [...this.#asked.keys()]) this.#settle(id, NOTHING);
      this.#worker = hasAnswered && !this.#isClosed ? this.#start() : null;
    });
    return worker;
  }

  #settle(id: number, value: unknown): void {
    const asked = this.#asked.get(id);
    clearTimeout(asked?.timer);
    this.#asked.delete(id);
    asked?.answer(value);
  }
}

type Answered<M extends Method> = Promise<ReturnType<Service[M]>>;

/** Instead of an answer. */
const NOTHING = Symbol('nothing');
