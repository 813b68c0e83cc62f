/** A chat endpoint on a local port, for tests: it writes by rule, and misbehaves where a test asks it to. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly n: number;
    readonly temperature: number;
    readonly max_tokens: number;
    readonly stop?: readonly string[];
    readonly seed: number;
    readonly logprobs?: boolean;
  };
}

/** Answers instead of the rule: true where it did. */
export type Misbehaviour = (asked: Asked, response: ServerResponse, count: number) => boolean | Promise<boolean>;

export interface FakeEndpoint {
  readonly url: string;
  readonly asked: Asked[];
  /** Requests under way now, and the most there ever were. */
  readonly load: { now: number; most: number };
  misbehave: Misbehaviour;
  close(): Promise<void>;
}

export async function startFakeEndpoint(): Promise<FakeEndpoint> {
  const asked: Asked[] = [];
  const load = { now: 0, most: 0 };
  const server = createServer((request, response) => {
    load.most = Math.max(load.most, ++load.now);
    response.on('close', () => load.now--);
    void readBody(request).then(async (text) => {
      const { url = '', headers } = request;
      const one = { path: url, authorization: headers.authorization, body: JSON.parse(text) as Asked['body'] };
      asked.push(one);
      if (!(await fake.misbehave(one, response, asked.length))) await answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    load,
    misbehave: () => false,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

/** The tokens that the rule writes: one program, with a number of its own where it is not greedy. */
function tokensOf({ seed, temperature, messages }: Asked['body'], choice: number): readonly string[] {
  const number = temperature === 0 ? 0 : ((seed + choice) % 9973) + 1;
  const about = (messages.at(-1)?.content ?? '').slice(0, 12);
  return [
    '<think>',
    `${about} `,
    'é👍',
    `${number}`,
    '</think>',
    '\n',
    '<code>',
    'import',
    ' x',
    '\n',
    'END',
    '</code>',
  ];
}

/** Streams all choices, interleaved, in pieces that cut lines and characters. */
async function answer({ body }: Asked, response: ServerResponse): Promise<void> {
  const choices = Array.from({ length: body.n }, (_, index) => {
    const all = tokensOf(body, index);
    const stopAt = all.findIndex((token) => body.stop?.includes(token));
    const kept = all.slice(0, Math.min(body.max_tokens, stopAt < 0 ? all.length : stopAt));
    return { index, kept, end: stopAt < 0 && all.length > body.max_tokens ? 'length' : 'stop' };
  });
  let text = ': hello\r\n\r\n';
  const longest = Math.max(...choices.map(({ kept }) => kept.length));
  for (let at = 0; at <= longest; at++) {
    for (const { index, kept, end } of choices) {
      if (at > kept.length) continue;
      const token = kept[at];
      const logprobs = body.logprobs && token !== undefined ? { content: [{ token, logprob: -0.1 * at }] } : null;
      const delta = token === undefined ? {} : { content: token };
      const choice = { index, delta, logprobs, finish_reason: token === undefined ? end : null };
      text += `data: ${JSON.stringify({ choices: [choice] })}\r\n\r\n`;
    }
  }
  const bytes = Buffer.from(`${text}data: {"choices":[],"usage":{}}\n\ndata: [DONE]\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (let start = 0; start < bytes.length; start += 37) {
    response.write(bytes.subarray(start, start + 37));
    if (start % (37 * 16) === 0) await new Promise(setImmediate);
  }
  response.end();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
