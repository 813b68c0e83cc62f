/**
 * Worker thread: buffers and onnxruntime sessions.
 *
 * Message in: {@link Request}; message out: {@link Reply}, in the same order. One at a time.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { EvomError } from '../../errors.ts';
import { Buffers } from './buffers.ts';
import { type Answers, type Command, HAS_ENDED, IS_BUSY, type Reply, type Request } from './protocol.ts';
import { firstDevice, Sessions } from './sessions.ts';

const state: Int32Array = workerData;
const buffers = new Buffers();
let sessions: Sessions | null = null;
let queue = Promise.resolve();

parentPort?.on('message', (request: Request) => {
  queue = queue.then(() => answer(request));
});

async function answer({ id, command }: Request): Promise<void> {
  Atomics.store(state, IS_BUSY, 1);
  if (command.kind === 'close' || Atomics.load(state, HAS_ENDED) === 0) await reply(id, command);
  Atomics.store(state, IS_BUSY, 0);
  Atomics.notify(state, IS_BUSY);
  if (command.kind === 'close') parentPort?.close();
}

async function reply(id: number, command: Command): Promise<void> {
  try {
    const answer = await execute(command);
    send({ id, answer }, arraysOf(answer));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof EvomError ? error.code : command.kind === 'load' ? 'graph-load' : 'graph-run';
    send({ id, failure: { code, message } });
  }
}

async function execute(command: Command): Promise<Answers[keyof Answers]> {
  switch (command.kind) {
    case 'start': {
      const device = await firstDevice(command.devices, command.probe, command.threads);
      sessions = new Sessions(buffers, command.threads, device);
      return device;
    }
    case 'allocate':
      buffers.allocate(command.buffer, command.type, command.size);
      return null;
    case 'free':
      buffers.free(command.buffer);
      return null;
    case 'write':
      buffers.write(command.buffer, command.offset, command.data);
      return null;
    case 'read':
      return buffers.view(command.buffer, command.offset, command.size).slice();
    case 'fill':
      buffers.fill(command.buffer, command.offset, command.size, command.value);
      return null;
    case 'copy':
      for (const [from, to] of command.buffers) buffers.copy(from, to, command.pieces);
      return null;
    case 'load':
      return started().load(command.model, command.bound);
    case 'unload':
      await started().unload(command.session);
      return null;
    case 'run':
      return started().run(command.session, command.feeds, command.fetches);
    case 'close':
      await sessions?.close();
      return null;
  }
}

function started(): Sessions {
  if (sessions) return sessions;
  throw new EvomError('policy', 'runtime-ended', 'Expected a runtime that has started. Await `Runtime.start` first.');
}

/** What can move to the other side without a copy. */
function arraysOf(answer: Answers[keyof Answers]): ArrayBuffer[] {
  if (ArrayBuffer.isView(answer)) return [answer.buffer as ArrayBuffer];
  if (answer === null || typeof answer === 'string' || 'inputs' in answer) return [];
  const tensors = Object.values(answer);
  return [...new Set(tensors.map(({ data }) => data.buffer as ArrayBuffer))];
}

function send(reply: Reply, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(reply, moved);
}
