/** The session on real sockets, with a fake engine: what a front end sees, whatever runs the cells. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Codec, type Message } from '../../kernel/wire/message.ts';
import { type FakeKernel, startFakeKernel } from './fake-kernel.ts';
import type { Peer } from './peer.ts';

let kernel: FakeKernel;
let peer: Peer;

beforeEach(async () => {
  kernel = await startFakeKernel();
  peer = kernel.peer;
});

afterEach(() => kernel.close());

const types = (messages: readonly Message[]): readonly unknown[] =>
  messages.map(({ header, content }) => (header.msg_type === 'status' ? content['execution_state'] : header.msg_type));
const execute = (code: string, more = {}) => peer.request('execute_request', { code, ...more });

describe('a cell', () => {
  test('is published in order: busy, its code, its output, its result, idle', async () => {
    const { reply, published } = await execute('print hello');
    expect(types(published)).toEqual(['busy', 'execute_input', 'stream', 'execute_result', 'idle']);
    expect(reply.content).toMatchObject({ status: 'ok', execution_count: 1, user_expressions: {}, payload: [] });
  });

  test('that is silent publishes and counts nothing', async () => {
    expect(types((await execute('x', { silent: true })).published)).toEqual(['busy', 'idle']);
    expect((await execute('y')).reply.content['execution_count']).toBe(1);
  });

  test('that is empty counts nothing', async () => {
    expect((await execute('')).reply.content['execution_count']).toBe(0);
  });

  test('that fails publishes its error, and the reply carries it', async () => {
    const { reply, published } = await execute('fail');
    expect(types(published)).toEqual(['busy', 'execute_input', 'error', 'idle']);
    expect(reply.content).toMatchObject({ status: 'error', ename: 'Failed', execution_count: 1 });
  });

  test('that fails aborts those that were sent with it, unless it is told not to', async () => {
    const [failed, aborted] = await Promise.all([execute('fail'), execute('1')]);
    expect([failed.reply.content['status'], aborted.reply.content['status']]).toEqual(['error', 'aborted']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [, kept] = await Promise.all([execute('fail', { stop_on_error: false }), execute('2')]);
    expect(kept.reply.content['status']).toBe('ok');
  });

  test('of wrong shape is answered with what was expected', async () => {
    expect((await peer.request('execute_request', { code: 5 })).reply.content).toMatchObject({
      status: 'error',
      ename: 'EvomError',
      evalue: expect.stringContaining('Expected `code of execute_request` to be a text, got `5`'),
    });
  });

  test('can ask where the front end can be asked, and else is told why not', async () => {
    peer.answer('forty-two');
    expect((await execute('ask', { allow_stdin: true })).published.at(-2)?.content['data']).toEqual({
      'text/plain': 'forty-two',
    });
    const refused = (await execute('ask', { allow_stdin: false })).published.at(-2)?.content['data'];
    expect(refused).toEqual({ 'text/plain': expect.stringContaining('can not') });
  });
});

describe('while a cell runs', () => {
  test('everything else is answered, and the kernel is shown as busy again', async () => {
    const id = await peer.send('execute_request', { code: 'wait' });
    await peer.until(({ header, parent }) => parent?.msg_id === id && header.msg_type === 'execute_input');
    expect((await peer.request('complete_request', { code: 'ab', cursor_pos: 2 })).reply.content['matches']).toEqual([
      '2 2',
    ]);
    expect((await peer.request('kernel_info_request')).reply.content['implementation']).toBe('evom');
    await peer.send('comm_open', { comm_id: 'k', target_name: 't', data: {} });
    expect((await peer.request('comm_info_request', {})).reply.content['comms']).toEqual({ k: { target_name: 't' } });
    expect(kernel.engine.comms).toEqual([{ action: 'open', target: 't', commId: 'k', data: {}, metadata: {} }]);
    const states = peer.published.filter(({ header }) => header.msg_type === 'status');
    expect(states.at(-1)?.content).toEqual({ execution_state: 'busy' });
    expect((await peer.request('interrupt_request', {}, 'control')).reply.content['status']).toBe('ok');
    await peer.until(({ content, parent }) => parent?.msg_id === id && content['execution_state'] === 'idle');
  });
});

describe('cursors', () => {
  test('are counted in code points', async () => {
    const { reply } = await peer.request('complete_request', { code: '𝑥𝑦z', cursor_pos: 2 });
    expect(reply.content).toMatchObject({ matches: ['5 4'], cursor_start: 0, cursor_end: 2 });
  });

  test.each([-3, 99, 1.5, Number.MAX_SAFE_INTEGER])('%d is no reason to fail', async (cursor_pos) => {
    expect((await peer.request('complete_request', { code: 'ab', cursor_pos })).reply.content['status']).toBe('ok');
  });
});

test('history is told by tail, range and pattern', async () => {
  for (const code of ['a1', 'b2', 'a1']) await execute(code);
  const history = async (content: object) =>
    (await peer.request('history_request', { ...content })).reply.content['history'];
  expect(await history({ hist_access_type: 'tail', n: 2 })).toEqual([
    [0, 2, 'b2'],
    [0, 3, 'a1'],
  ]);
  expect(await history({ hist_access_type: 'range', start: 1, stop: 2, output: true })).toEqual([[0, 1, ['a1', 'a1']]]);
  expect(await history({ hist_access_type: 'search', pattern: 'a?', unique: true })).toEqual([[0, 3, 'a1']]);
});

test('is_complete and inspect are answered', async () => {
  expect((await peer.request('is_complete_request', { code: 'if (x) {' })).reply.content).toMatchObject({
    status: 'incomplete',
    indent: '  ',
  });
  expect((await peer.request('inspect_request', { code: '', cursor_pos: 0 })).reply.content).toMatchObject({
    found: false,
    data: {},
  });
});

test('shutting down is answered on its channel and published', async () => {
  const { reply, published } = await peer.request('shutdown_request', { restart: true }, 'control');
  expect(reply.content).toEqual({ status: 'ok', restart: true });
  expect(types(published)).toContain('shutdown_reply');
  expect(kernel.isShutDown()).toBe(true);
});

test('an unknown request is not answered, and is followed by idle', async () => {
  const id = await peer.send('no_such_request');
  await peer.until(({ content, parent }) => parent?.msg_id === id && content['execution_state'] === 'idle');
});

test('messages that are none, or signed by another key, are dropped, and the next one is served', async () => {
  const forged = new Codec('other');
  const header = forged.header('execute_request');
  const message = { identities: [], header, parent: null, metadata: {}, content: { code: 'x' }, buffers: [] };
  await peer.sendFrames(forged.encode(message));
  await peer.sendFrames([Buffer.from('nonsense')]);
  await peer.sendFrames([Buffer.from('<IDS|MSG>'), Buffer.from('')]);
  const own = new Codec('secret').encode({ ...message, content: { code: 'once' } });
  await peer.sendFrames(own);
  await peer.sendFrames(own); // a replay
  await execute('after');
  expect(
    peer.published
      .filter(({ header: { msg_type } }) => msg_type === 'execute_input')
      .map(({ content }) => content['code']),
  ).toEqual(['once', 'after']);
});
