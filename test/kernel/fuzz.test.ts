/** A thousand random messages: whatever comes, the kernel lives, and no reply goes to a parent that did not ask. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { Codec, type Header, type JsonObject, type Message } from '../../kernel/wire/message.ts';
import { fold, integer, type Key, keyOf, pick, uniform } from '../../src/random.ts';
import { type FakeKernel, startFakeKernel } from './fake-kernel.ts';

const TYPES = [
  'kernel_info_request',
  'execute_request',
  'complete_request',
  'inspect_request',
  'is_complete_request',
  'history_request',
  'comm_info_request',
  'comm_open',
  'comm_msg',
  'comm_close',
  'interrupt_request',
  'input_reply',
  'debug_request',
  'no_such_request',
  '',
];
const TEXTS = [
  '',
  'a',
  '%',
  '%%',
  '%nope --x',
  '𝑥𝑦𝑧',
  '\ud800',
  'fail',
  'print x',
  '\u0000',
  '{',
  '"',
  'a'.repeat(200_000),
];
const CELLS = [...TEXTS, 'comm', 'ask'];

let kernel: FakeKernel;
beforeAll(async () => {
  kernel = await startFakeKernel();
});
afterAll(() => kernel.close());

test('1000 seeded random messages neither kill the kernel nor get a reply that is not theirs', async () => {
  const asked = new Map<string, string>();
  const codec = new Codec('secret');
  for (let index = 0; index < 1000; index++) {
    const key = fold(keyOf(20_261_124), `message ${index}`);
    const { message, frames } = randomMessage(key, codec);
    asked.set(message.header.msg_id, message.header.msg_type);
    await kernel.peer.sendFrames(frames);
    if (index % 100 === 0) await kernel.peer.request('kernel_info_request');
  }
  const { reply } = await kernel.peer.request('execute_request', { code: 'alive' });
  expect(reply.content['status']).toMatch(/ok|aborted/);
  const replies = [...kernel.peer.replies].filter(({ parent }) => asked.has(parent?.msg_id ?? ''));
  expect(replies.length).toBeGreaterThan(300);
  for (const { header, parent } of replies) {
    expect(header.msg_type).toBe(asked.get(parent?.msg_id ?? '')?.replace(/_request$/, '_reply'));
  }
  const count = Map.groupBy(replies, ({ parent }) => parent?.msg_id);
  expect([...count.values()].every((own) => own.length === 1)).toBe(true);
}, 60_000);

function randomMessage(key: Key, codec: Codec): { readonly message: Message; readonly frames: Buffer[] } {
  const header: Header = { ...codec.header(pick(key, 'type', TYPES)) };
  const content = randomContent(key, header.msg_type);
  const message: Message = { identities: [], header, parent: null, metadata: {}, content, buffers: [] };
  const frames = (uniform(key, 'forged') < 0.1 ? new Codec('other') : codec).encode(message);
  const kind = uniform(key, 'damage');
  if (kind < 0.05) frames.splice(integer(key, 'cut', 0, frames.length - 1), 1);
  else if (kind < 0.1) frames[integer(key, 'garbled', 1, frames.length - 1)] = Buffer.from([0xff, 0x00, 0xfe]);
  else if (kind < 0.15) frames.push(Buffer.alloc(100_000));
  return { message, frames };
}

function randomContent(key: Key, type: string): JsonObject {
  const field = (name: string): JsonObject[string] =>
    pick(fold(key, name), 'value', [...TEXTS, -5, 3, 1e9, 0.5, true, null, [], {}, { deep: { deeper: [1] } }]);
  const wild = Object.fromEntries(
    ['code', 'cursor_pos', 'comm_id', 'data', 'n', 'hist_access_type', 'user_expressions', 'silent'].map((name) => [
      name,
      field(name),
    ]),
  );
  if (uniform(key, 'wild') < 0.3) return wild;
  const code = pick(key, 'code', type === 'execute_request' ? CELLS : TEXTS);
  return {
    code,
    cursor_pos: integer(key, 'cursor', 0, 200_001),
    comm_id: 'c',
    target_name: 't',
    data: {},
    allow_stdin: false,
  };
}
