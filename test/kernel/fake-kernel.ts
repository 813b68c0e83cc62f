/** A session on real sockets whose engine and language are fakes. */

import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell, CellResult, CommEvent, Engine, EngineListener, Language } from '../../kernel/engine/engine.ts';
import { Session } from '../../kernel/session.ts';
import { CHANNELS, type Connection } from '../../kernel/wire/connection.ts';
import { Codec } from '../../kernel/wire/message.ts';
import { bindSockets, openSockets } from '../../kernel/wire/sockets.ts';
import { connect, type Peer } from './peer.ts';

export interface FakeKernel {
  readonly connection: Connection;
  readonly peer: Peer;
  readonly engine: FakeEngine;
  isShutDown(): boolean;
  close(): Promise<void>;
}

export async function startFakeKernel(): Promise<FakeKernel> {
  const name = join(tmpdir(), `evom-${randomUUID().slice(0, 8)}`);
  const addresses = Object.fromEntries(CHANNELS.map((channel) => [channel, `ipc://${name}-${channel}`]));
  const connection = { key: 'secret', addresses: addresses as Connection['addresses'] };
  const codec = new Codec(connection.key);
  let session: Session | null = null;
  let engine: FakeEngine | null = null;
  let isShutDown = false;
  const sockets = openSockets(await bindSockets(connection), codec, {
    onMessage: (channel, message) => session?.receive(channel, message),
    welcomeTo: (topic) => (session as unknown as Session).welcomeTo(topic),
  });
  session = new Session({
    codec,
    send: sockets.send,
    createEngine: (listener) => {
      engine = new FakeEngine(listener);
      return engine;
    },
    language,
    onShutdown: () => {
      isShutDown = true;
    },
  });
  const peer = await connect(connection);
  return {
    connection,
    peer,
    engine: engine as unknown as FakeEngine,
    isShutDown: () => isShutDown,
    async close() {
      peer.close();
      await sockets.close();
    },
  };
}

/** Cells are words: `fail`, `wait`, `ask`, `print X`; anything else is its own value. */
export class FakeEngine implements Engine {
  readonly comms: CommEvent[] = [];
  readonly #listener: EngineListener;
  #stop: ((result: CellResult) => void) | null = null;

  constructor(listener: EngineListener) {
    this.#listener = listener;
  }

  async execute({ id, code }: Cell): Promise<CellResult> {
    const [word, ...rest] = code.split(' ');
    if (word === 'fail') return failure('Failed');
    if (word === 'wait') return new Promise((resolve) => (this.#stop = resolve));
    if (word === 'print') this.#listener.onEvent(id, { kind: 'stream', name: 'stdout', text: rest.join(' ') });
    const value =
      word === 'ask' ? await this.#listener.onQuestion(id, '?', false).catch((error: Error) => error.message) : code;
    if (word === 'comm')
      this.#listener.onEvent(id, {
        kind: 'comm',
        action: 'open',
        target: 'view',
        commId: 'c1',
        data: {},
        metadata: {},
      });
    const result = code === '' ? null : { data: { 'text/plain': value }, metadata: {} };
    return { status: 'ok', result, payload: [], expressions: {} };
  }

  interrupt(): void {
    this.#stop?.(failure('KeyboardInterrupt'));
  }

  receiveComm(event: CommEvent): void {
    this.comms.push(event);
  }

  async close(): Promise<void> {
    this.interrupt();
  }
}

function failure(ename: string): CellResult {
  return { status: 'error', error: { ename, evalue: 'so', traceback: ['so'] }, expressions: {} };
}

const language: Language = {
  complete: async (code, offset) => ({
    start: 0,
    end: offset,
    items: [{ text: `${code.length} ${offset}`, kind: 'word' }],
  }),
  inspect: async (code) => (code === '' ? null : { data: { 'text/plain': code }, metadata: {} }),
  isComplete: async (code) => (code.endsWith('{') ? { status: 'incomplete', indent: '  ' } : { status: 'complete' }),
  check: async () => [],
  setStrict: async () => {},
  close: async () => {},
};
