/** When a cell is called done, and where what the type checker says of it lands. */

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Engine, Language } from '../../kernel/engine/engine.ts';
import { Session } from '../../kernel/session.ts';
import { Codec, type Message } from '../../kernel/wire/message.ts';

const codec = new Codec('');
const engine: Engine = {
  execute: async () => ({ status: 'ok', result: null, payload: [], expressions: {} }),
  interrupt: () => {},
  receiveComm: () => {},
  close: async () => {},
};

/** A session whose type checker takes so long for a cell, and then does not like it. */
function start(checkMs: number) {
  const sent: string[] = [];
  const language = {
    async check(code: string) {
      await sleep(checkMs, undefined, { ref: false });
      return [{ line: 1, column: 1, length: 1, message: `not ${code}`, code: 1 }];
    },
  } as unknown as Language;
  const session = new Session({
    codec,
    createEngine: () => engine,
    language,
    onShutdown: () => {},
    send(_, { header, parent, content }) {
      const what = header.msg_type === 'status' ? content['execution_state'] : header.msg_type;
      if (parent !== null) sent.push(`${parent.session} ${what}`);
    },
  });
  /** A request whose header says which cell it is. */
  const execute = (cell: string): void => {
    const header = { ...codec.header('execute_request'), session: cell };
    const request: Message = {
      header,
      parent: null,
      identities: [],
      metadata: {},
      content: { code: cell },
      buffers: [],
    };
    session.receive('shell', request);
  };
  return { sent, execute };
}

test('what the type checker says in time comes before the cell is called done', async () => {
  const { sent, execute } = start(20);
  execute('a');
  await expect.poll(() => sent).toEqual(['a busy', 'a execute_input', 'a execute_reply', 'a stream', 'a idle']);
});

test('what it says later still belongs to its cell', async () => {
  const { sent, execute } = start(150);
  execute('a');
  await expect.poll(() => sent).toEqual(['a busy', 'a execute_input', 'a execute_reply', 'a idle', 'a stream']);
});

test('the next cell does not wait for it, whether it is there already or comes then', async () => {
  const { sent, execute } = start(60_000);
  execute('a');
  execute('b');
  await sleep(30);
  const ran = (cell: string) => [`${cell} busy`, `${cell} execute_input`, `${cell} execute_reply`];
  const before = [...ran('a'), 'a idle', ...ran('b')];
  expect(sent).toEqual(before);
  execute('c');
  await sleep(30);
  expect(sent).toEqual([...before, 'b idle', ...ran('c')]);
});
