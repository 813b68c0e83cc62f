/** onnxruntime sessions over buffers. `run` blocks the thread that it is called on: keep this in a thread of its own. */

import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import { EvomError, expected } from '../../errors.ts';
import { type DataType, release, sizeOf, type TensorData } from '../tensor.ts';
import type { Buffers } from './buffers.ts';
import type { Device } from './device.ts';
import type { BufferView, Feed, Fetch, HostTensor, Session } from './protocol.ts';

interface Loaded {
  readonly session: InferenceSession;
  /** Inputs that are the same tensors in every run. */
  readonly bound: Readonly<Record<string, Tensor>>;
}

env.logLevel = 'fatal'; // what fails here is thrown, and told by whoever catches it

/** Between two runs spinning threads would take the processor from whatever runs beside. Denormals are slow. */
const EXTRA = { session: { force_spinning_stop: '1', set_denormal_as_zero: '1' } };

export class Sessions {
  readonly #buffers: Buffers;
  readonly #threads: number;
  readonly #device: Device;
  readonly #loaded = new Map<number, Loaded>();
  #count = 0;

  constructor(buffers: Buffers, threads: number, device: Device) {
    this.#buffers = buffers;
    this.#threads = threads;
    this.#device = device;
  }

  /** `bound` inputs stay as they are given here; every other input comes with each run. */
  async load(model: Uint8Array, bound: Readonly<Record<string, BufferView>>): Promise<Session> {
    const session = await create(model, this.#threads, this.#device);
    const id = this.#count++;
    const tensors = Object.entries(bound).map(([name, view]) => [name, this.#tensorOf(view)] as const);
    this.#loaded.set(id, { session, bound: Object.fromEntries(tensors) });
    return { id, inputs: session.inputNames, outputs: session.outputNames };
  }

  async unload(id: number): Promise<void> {
    const { session } = this.#get(id);
    this.#loaded.delete(id);
    await session.release();
  }

  async close(): Promise<void> {
    for (const id of [...this.#loaded.keys()]) await this.unload(id);
  }

  async run(
    id: number,
    feeds: Readonly<Record<string, Feed>>,
    fetches: Readonly<Record<string, Fetch>>,
  ): Promise<Readonly<Record<string, HostTensor>>> {
    const { session, bound } = this.#get(id);
    const inputs: Record<string, Tensor> = { ...bound };
    for (const [name, feed] of Object.entries(feeds)) inputs[name] = this.#tensorOf(feed);
    const outputs: Record<string, Tensor | null> = {};
    for (const [name, fetch] of Object.entries(fetches))
      outputs[name] = typeof fetch === 'string' ? null : this.#tensorOf(fetch);
    const results = await session.run(inputs, outputs);
    return Object.fromEntries(
      Object.entries(fetches).map(([name, fetch]) => {
        const { type, dims, data } = results[name] as Tensor;
        const result: HostTensor = { type: type as DataType, shape: dims, data: data as TensorData };
        if (fetch === 'host') return [name, result];
        if (typeof fetch === 'string') this.#buffers.write(fetch, 0, result.data);
        // Also of an output that went into a buffer the binding makes a copy; in another version it may not.
        if (result.data.buffer !== (outputs[name]?.data as TensorData | undefined)?.buffer) release(result.data);
        return [name, { ...result, data: new Uint8Array() }];
      }),
    );
  }

  #tensorOf(feed: Feed): Tensor {
    if ('data' in feed) return tensor(feed.type, feed.data, feed.shape);
    const { buffer, offset = 0, shape } = feed;
    return tensor(this.#buffers.typeOf(buffer), this.#buffers.view(buffer, offset, sizeOf(shape)), shape);
  }

  #get(id: number): Loaded {
    const loaded = this.#loaded.get(id);
    if (loaded) return loaded;
    throw new EvomError(
      'policy',
      'session-unknown',
      expected('session', `one of ${[...this.#loaded.keys()].join(', ') || 'none'}`, id, 'Load the graph first.'),
    );
  }
}

/** The first device that runs the probe, a graph of one input `x` [2]. Throws every device's reason where none does. */
export async function firstDevice(devices: readonly Device[], probe: Uint8Array, threads: number): Promise<Device> {
  const reasons: string[] = [];
  for (const device of devices) {
    try {
      const session = await create(probe, threads, device);
      await session.run({ x: tensor('float32', Float32Array.of(1, 2), [2]) });
      await session.release();
      return device;
    } catch (error) {
      reasons.push(`${device}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new EvomError(
    'policy',
    'device-missing',
    `${expected('device', 'one that works here', devices.join(', '), 'Use `auto` or `cpu`.')} ${reasons.join('; ')}`,
  );
}

function create(model: Uint8Array, threads: number, device: Device): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableMemPattern: false, // one is kept for every shape that was ever seen: memory grows by it, step for step
    logSeverityLevel: 3,
    extra: EXTRA,
  });
}

function tensor(type: DataType, data: TensorData, shape: readonly number[]): Tensor {
  return new Tensor(type as 'float32', data as Float32Array, shape);
}
