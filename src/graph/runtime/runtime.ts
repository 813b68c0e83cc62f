/**
 * Graphs on onnxruntime, in a thread of their own, over buffers that stay there.
 *
 * Every call is answered in the order of the calls, so what is written before a run is seen by it without waiting
 * in between. The same inputs give the same bytes on one machine with one number of threads.
 *
 * Not covered: a run that has begun goes on to its end, whatever the signal says; keep runs short.
 */

import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { EvomError } from '../../errors.ts';
import { siblingModule } from '../../sibling-module.ts';
import type { DataType, TensorData } from '../tensor.ts';
import { DEVICES, type Device, isPlausible } from './device.ts';
import { probeModel } from './probe.ts';
import type {
  Answers,
  BufferView,
  Command,
  CommandOf,
  CopyPiece,
  Feed,
  Fetch,
  HostTensor,
  Reply,
  Session,
} from './protocol.ts';
import { HAS_ENDED, IS_BUSY } from './protocol.ts';

export interface RuntimeOptions {
  /** Threads of one run; default: the processors at hand. Another number may round other last bits. */
  readonly threads?: number;
  /** `auto` takes the first of cuda, webgpu and cpu that works here; any other choice works or is an error. */
  readonly device?: Device | 'auto';
}

/** Elements of one message: 4 MiB of float32, so that a long write holds up nobody's event loop. */
const PIECE_SIZE = 1024 ** 2;

/** A process that exits waits for a run at most this long. */
const EXIT_WAIT_MS = 30_000;

/** The shared states of threads that live. The process ends them when it exits, which inside a run would abort it. */
const RUNNING = new Set<Int32Array>();
process.on('exit', () => {
  for (const state of RUNNING) {
    Atomics.store(state, HAS_ENDED, 1);
    Atomics.wait(state, IS_BUSY, 1, EXIT_WAIT_MS);
  }
});

type Waiting = Pick<PromiseWithResolvers<never>, 'resolve' | 'reject'>;

export class Runtime implements AsyncDisposable {
  readonly threads: number;
  readonly #worker: Worker;
  readonly #state: Int32Array = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #waiting = new Map<number, Waiting>();
  #device: Device = 'cpu';
  #count = 0;
  #ended: EvomError | null = null;
  #hasExited = false;

  private constructor(threads: number) {
    this.threads = threads;
    this.#worker = new Worker(siblingModule('./worker', import.meta.url), { workerData: this.#state });
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#end(`Its thread broke: ${error.message}`, error));
    this.#worker.on('exit', () => {
      this.#hasExited = true;
      RUNNING.delete(this.#state);
      this.#end('Its thread ended.');
    });
    RUNNING.add(this.#state);
  }

  /** Rejects with `device-missing` where the device that was asked for does not work here. */
  static async start(options: RuntimeOptions = {}): Promise<Runtime> {
    const { threads = availableParallelism(), device = 'auto' } = options;
    const runtime = new Runtime(threads);
    try {
      const devices = device === 'auto' ? DEVICES.filter(isPlausible) : [device];
      runtime.#device = await runtime.#send({ kind: 'start', threads, devices, probe: probeModel() });
      return runtime;
    } catch (error) {
      await runtime.terminate();
      throw error;
    }
  }

  /** Where graphs run: what was asked for, or what `auto` found. */
  get device(): Device {
    return this.#device;
  }

  /** A buffer of zeros, `size` elements; one of the same name gives way, but tensors bound to it keep the old one. */
  async allocate(buffer: string, type: DataType, size: number): Promise<void> {
    await this.#send({ kind: 'allocate', buffer, type, size });
  }

  async free(buffer: string): Promise<void> {
    await this.#send({ kind: 'free', buffer });
  }

  /** Writes `data` from `offset` on. Long data goes in pieces; what is sent before the promise settles may see part. */
  async write(buffer: string, data: TensorData, offset = 0): Promise<void> {
    for (let start = 0; start < data.length || start === 0; start += PIECE_SIZE) {
      const piece = data.slice(start, start + PIECE_SIZE);
      await this.#send({ kind: 'write', buffer, offset: offset + start, data: piece }, [piece.buffer as ArrayBuffer]);
    }
  }

  /** A copy of `size` elements from `offset` on. */
  async read(buffer: string, offset: number, size: number): Promise<TensorData> {
    return this.#send({ kind: 'read', buffer, offset, size });
  }

  async fill(buffer: string, value: number, offset: number, size: number): Promise<void> {
    await this.#send({ kind: 'fill', buffer, offset, size, value });
  }

  /** Copies the same pieces within every pair of buffers. */
  async copy(buffers: readonly (readonly [from: string, to: string])[], pieces: readonly CopyPiece[]): Promise<void> {
    await this.#send({ kind: 'copy', buffers, pieces });
  }

  /** Loads an encoded graph. `bound` inputs are these views in every run. */
  async load(model: Uint8Array, bound: Readonly<Record<string, BufferView>> = {}): Promise<Session> {
    return this.#send({ kind: 'load', model, bound });
  }

  async unload(session: Session): Promise<void> {
    await this.#send({ kind: 'unload', session: session.id });
  }

  /**
   * Runs a graph. Gives the shapes of the outputs that `fetches` names, with the data of those that were fetched to
   * the host. onnxruntime-node 1.30 copies every output once more, also one that goes into a buffer, at some
   * 8 GB/s: fetch small ones. After an abort the run, if begun, still ends before the next command.
   */
  async run(
    session: Session,
    feeds: Readonly<Record<string, Feed>>,
    fetches: Readonly<Record<string, Fetch>>,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Readonly<Record<string, HostTensor>>> {
    const { signal } = options;
    signal?.throwIfAborted();
    const results = this.#send({ kind: 'run', session: session.id, feeds, fetches });
    if (!signal) return results;
    const { promise, reject } = Promise.withResolvers<never>();
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([results, promise]);
    } finally {
      signal.removeEventListener('abort', abort);
      results.catch(() => {}); // after an abort nobody waits for it
    }
  }

  /** Ends orderly: after what was sent before. Idempotent. */
  async close(): Promise<void> {
    if (!this.#ended) await this.#send({ kind: 'close' }).catch(() => {});
    await this.#exit();
  }

  /** Whoever waits gets an error now, and nothing that has not begun is run. Settles when the thread is gone. */
  async terminate(): Promise<void> {
    Atomics.store(this.#state, HAS_ENDED, 1);
    if (!this.#ended) this.#worker.postMessage({ id: this.#count, command: { kind: 'close' } });
    this.#end('It was terminated.');
    await this.#exit();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Not by `Worker.terminate`: inside a run, that aborts the whole process (onnxruntime-node 1.30). */
  async #exit(): Promise<void> {
    if (this.#hasExited) return;
    this.#worker.ref();
    await once(this.#worker, 'exit');
  }

  #send<Kind extends Command['kind']>(command: CommandOf<Kind>, moved: ArrayBuffer[] = []): Promise<Answers[Kind]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#count++;
    const { promise, resolve, reject } = Promise.withResolvers<Answers[Kind]>();
    this.#waiting.set(id, { resolve, reject } as Waiting);
    if (this.#waiting.size === 1) this.#worker.ref();
    this.#worker.postMessage({ id, command }, moved);
    return promise;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('failure' in reply) waiting?.reject(new EvomError('policy', reply.failure.code, reply.failure.message));
    else waiting?.resolve(reply.answer as never);
  }

  #end(reason: string, cause?: Error): void {
    this.#ended ??= new EvomError(
      'policy',
      'runtime-ended',
      `Expected the runtime to be running. ${reason} Start a new one.`,
      cause ? { cause } : {},
    );
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
