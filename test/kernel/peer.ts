/** A front end on real sockets, for tests: sends requests, collects replies and publications. */

import { randomUUID } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import type { Connection } from '../../kernel/wire/connection.ts';
import { Codec, type JsonObject, type Message } from '../../kernel/wire/message.ts';

export interface Peer {
  readonly published: Message[];
  readonly replies: Message[];
  /** The reply, and what was published for the request until it was idle. */
  request(
    type: string,
    content?: JsonObject,
    channel?: 'shell' | 'control',
  ): Promise<{ reply: Message; published: Message[] }>;
  /** Sends and waits for nothing. */
  send(type: string, content?: JsonObject, channel?: 'shell' | 'control'): Promise<string>;
  sendFrames(frames: Buffer[]): Promise<void>;
  /** Answers every question from now on. */
  answer(line: string): void;
  until(test: (message: Message) => boolean): Promise<Message>;
  close(): void;
}

export async function connect({ addresses, key }: Connection): Promise<Peer> {
  const codec = new Codec(key);
  const routingId = randomUUID();
  const shell = new Dealer({ routingId, linger: 0 });
  const control = new Dealer({ routingId, linger: 0 });
  const stdin = new Dealer({ routingId, linger: 0 });
  const iopub = new Subscriber({ linger: 0 });
  for (const [channel, socket] of Object.entries({ shell, control, stdin, iopub }))
    socket.connect(addresses[channel as 'shell']);
  iopub.subscribe();

  const published: Message[] = [];
  const replies: Message[] = [];
  const waiting = new Set<{
    readonly test: (message: Message) => boolean;
    readonly resolve: (message: Message) => void;
  }>();
  const take = (list: Message[]) => (message: Message) => {
    list.push(message);
    for (const one of waiting) {
      if (!one.test(message)) continue;
      waiting.delete(one);
      one.resolve(message);
    }
  };
  const until = (test: (message: Message) => boolean): Promise<Message> => {
    const known = [...published, ...replies].find(test);
    return known ? Promise.resolve(known) : new Promise((resolve) => waiting.add({ test, resolve }));
  };
  const listen = async (socket: AsyncIterable<Buffer[]>, onMessage: (message: Message) => void): Promise<void> => {
    for await (const frames of socket) {
      const message = codec.decode(frames);
      if (typeof message !== 'string') onMessage(message);
    }
  };
  let line: string | null = null;
  void listen(shell, take(replies));
  void listen(control, take(replies));
  void listen(iopub, take(published));
  void listen(stdin, (question) => {
    if (line === null) return;
    const header = codec.header('input_reply');
    void stdin.send(
      codec.encode({
        identities: [],
        header,
        parent: question.header,
        metadata: {},
        content: { value: line },
        buffers: [],
      }),
    );
  });
  await until(({ header }) => header.msg_type === 'iopub_welcome');

  const send: Peer['send'] = async (type, content = {}, channel = 'shell') => {
    const header = codec.header(type);
    const frames = codec.encode({ identities: [], header, parent: null, metadata: {}, content, buffers: [] });
    await (channel === 'shell' ? shell : control).send(frames);
    return header.msg_id;
  };
  return {
    published,
    replies,
    until,
    send,
    sendFrames: (frames) => shell.send(frames),
    answer: (text) => {
      line = text;
    },
    async request(type, content, channel) {
      const id = await send(type, content, channel);
      const isOurs = ({ parent }: Message): boolean => parent?.msg_id === id;
      const [reply] = await Promise.all([
        until((message) => isOurs(message) && message.header.msg_type.endsWith('_reply') && replies.includes(message)),
        until((message) => isOurs(message) && message.content['execution_state'] === 'idle'),
      ]);
      return { reply, published: published.filter(isOurs) };
    },
    close() {
      for (const socket of [shell, control, stdin, iopub]) socket.close();
    },
  };
}
