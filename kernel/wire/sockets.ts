/**
 * The five ZeroMQ sockets of a kernel. Knows frames and channels, and nothing of what a message means.
 *
 * Sends are awaited one after the other on each socket (zeromq.js refuses a second one meanwhile), so that order is kept
 * and nothing is lost; the publisher has no high-water mark, so that a hundred thousand lines all arrive, and holds back what
 * it has until somebody listens.
 */

import { type Message as Frames, Reply, Router, XPublisher } from 'zeromq';
import { CHANNELS, type Channel, type Connection } from './connection.ts';
import type { Codec, Message } from './message.ts';

const REQUEST_CHANNELS = ['shell', 'control', 'stdin'] as const;

/** Channels on which requests come in. */
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

export interface Sockets {
  send(channel: Exclude<Channel, 'hb'>, message: Message): void;
  /** Resolves when all that was sent has left. */
  close(): Promise<void>;
}

export interface SocketEvents {
  onMessage(channel: RequestChannel, message: Message): void;
  /** What the protocol wants a front end told that has subscribed to `topic`, before all else. */
  welcomeTo(topic: Buffer): Message;
}

/** How long a closed socket goes on sending. */
const LINGER_MS = 1000;
/** The first byte of what a subscriber sends. */
const SUBSCRIBE = 1;

export interface BoundSockets extends Readonly<Record<RequestChannel, Router>> {
  readonly iopub: XPublisher;
  readonly hb: Reply;
}

/** Binds all five; what comes waits in them. Rejects where an address is taken. */
export async function bindSockets({ addresses }: Connection): Promise<BoundSockets> {
  const sockets = {
    shell: new Router({ linger: LINGER_MS, sendHighWaterMark: 0 }),
    control: new Router({ linger: LINGER_MS, sendHighWaterMark: 0 }),
    stdin: new Router({ linger: LINGER_MS, sendHighWaterMark: 0 }),
    iopub: new XPublisher({ linger: LINGER_MS, sendHighWaterMark: 0 }),
    hb: new Reply({ linger: 0 }),
  };
  await Promise.all(CHANNELS.map((channel) => sockets[channel].bind(addresses[channel])));
  return sockets;
}

/** From now on what comes is heard. */
export function openSockets(sockets: BoundSockets, codec: Codec, { onMessage, welcomeTo }: SocketEvents): Sockets {
  const { iopub, hb: heartbeat } = sockets;
  const tails = new Map<Channel, Promise<unknown>>();

  for (const channel of REQUEST_CHANNELS) {
    listen(sockets[channel], (frames) => {
      const message = codec.decode(frames);
      if (typeof message !== 'string') onMessage(channel, message);
    });
  }
  listen(heartbeat, (frames) => heartbeat.send(frames));

  const enqueue = (channel: keyof typeof sockets, frames: Buffer[]): void => {
    const sent = (tails.get(channel) ?? Promise.resolve()).then(() => sockets[channel].send(frames));
    tails.set(
      channel,
      sent.catch(() => {}), // whoever asked is gone
    );
  };
  // A subscription takes effect before it can be seen here: what was published meanwhile would come before the welcome.
  const firstWelcome = Promise.withResolvers<unknown>();
  tails.set('iopub', firstWelcome.promise);
  let isHeard = false;
  listen(iopub, ([frame]) => {
    if (frame?.[0] !== SUBSCRIBE) return;
    const welcome = codec.encode(welcomeTo(frame.subarray(1)));
    if (isHeard) enqueue('iopub', welcome);
    else firstWelcome.resolve(iopub.send(welcome));
    isHeard = true;
  });

  return {
    send: (channel, message) => enqueue(channel, codec.encode(message)),
    async close() {
      firstWelcome.resolve(null);
      await Promise.all(tails.values());
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

/** Hands on whatever comes, until the socket is closed. */
function listen(socket: AsyncIterable<Frames[]>, take: (frames: Frames[]) => unknown): void {
  void (async () => {
    try {
      for await (const frames of socket) await take(frames);
    } catch {
      // closed while it waited
    }
  })();
}
