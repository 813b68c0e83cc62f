import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Runtime } from '../../../src/graph/runtime/runtime.ts';
import { longProduct, longProductModel, matrix, productModel } from './graphs.ts';
import { longestHold } from './longest-hold.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await Runtime.start({ threads: 1, device: 'cpu' });
});
afterAll(() => runtime.close());

const X = matrix([
  [1, 2, 3],
  [4, 5, 6],
]);
const W = matrix([
  [1, 0],
  [0, 1],
  [1, 1],
]);
const Y = Float32Array.of(4, 5, 10, 11);

describe('buffers', () => {
  test('hold what is written, at its offset, and zeros elsewhere', async () => {
    await runtime.allocate('some', 'int64', 5);
    await runtime.write('some', BigInt64Array.of(7n, -8n), 2);
    expect(await runtime.read('some', 0, 5)).toEqual(BigInt64Array.of(0n, 0n, 7n, -8n, 0n));
  });

  test('are written in pieces where they are long, and the caller keeps the data', async () => {
    const data = Float32Array.from({ length: 2 ** 21 + 3 }, (_, index) => index);
    await runtime.allocate('long', 'float32', data.length + 1);
    await runtime.write('long', data, 1);
    expect(data).toHaveLength(2 ** 21 + 3);
    expect(await runtime.read('long', 2 ** 20, 3)).toEqual(Float32Array.of(2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1));
    expect(await runtime.read('long', data.length, 1)).toEqual(Float32Array.of(2 ** 21 + 2));
    await runtime.free('long');
  });

  test('are filled and copied by rows, also within themselves', async () => {
    await runtime.allocate('from', 'float32', 6);
    await runtime.allocate('to', 'float32', 8);
    await runtime.write('from', Float32Array.of(1, 2, 3, 4, 5, 6));
    await runtime.fill('to', 9, 0, 8);
    const rows = { fromOffset: 0, toOffset: 1, length: 2, count: 2, fromStride: 3, toStride: 4 };
    await runtime.copy([['from', 'to']], [rows]);
    expect(await runtime.read('to', 0, 8)).toEqual(Float32Array.of(9, 1, 2, 9, 9, 4, 5, 9));
    const within = { fromOffset: 0, toOffset: 2, length: 4, count: 1, fromStride: 0, toStride: 0 };
    await runtime.copy([['from', 'from']], [within]);
    expect(await runtime.read('from', 0, 6)).toEqual(Float32Array.of(1, 2, 1, 2, 3, 4));
  });

  test.each([
    ['an unknown one', () => runtime.read('nowhere', 0, 1), 'buffer-unknown'],
    ['more than there is', () => runtime.read('small', 1, 4), 'buffer-range'],
    ['a copy past the end', () => runtime.copy([['small', 'small']], [piece(3, 2)]), 'buffer-range'],
    ['another type', () => runtime.write('small', Int32Array.of(1)), 'buffer-type'],
  ])('%s is an error that says so', async (_, use, code) => {
    await runtime.allocate('small', 'float32', 4);
    await expect(use()).rejects.toMatchObject({
      boundary: 'policy',
      code,
      message: expect.stringContaining('Expected'),
    });
  });
});

const piece = (length: number, count: number) => ({
  fromOffset: 0,
  toOffset: 0,
  length,
  count,
  fromStride: length,
  toStride: length,
});

describe('runs', () => {
  test('take host tensors, and give them', async () => {
    const session = await runtime.load(productModel());
    expect(session.inputs).toEqual(['x', 'w']);
    const { y } = await runtime.run(session, { x: X, w: W }, { y: 'host' });
    expect(y).toEqual({ type: 'float32', shape: [2, 2], data: Y });
    await runtime.unload(session);
  });

  test('read views where they lie, see what is written meanwhile, and write into buffers', async () => {
    await runtime.allocate('weights', 'float32', 8);
    await runtime.allocate('out', 'float32', 8);
    const session = await runtime.load(productModel(), { w: { buffer: 'weights', offset: 2, shape: [3, 2] } });
    await runtime.write('weights', W.data, 2);
    await runtime.run(session, { x: X }, { y: { buffer: 'out', offset: 1, shape: [2, 2] } });
    expect(await runtime.read('out', 0, 6)).toEqual(Float32Array.of(0, ...Y, 0));
    await runtime.write('weights', Float32Array.of(2, 0, 0, 2, 2, 2), 2);
    const { y } = await runtime.run(session, { x: X }, { y: 'out' });
    expect(y?.shape).toEqual([2, 2]);
    expect(await runtime.read('out', 0, 5)).toEqual(Float32Array.of(...Y.map((value) => 2 * value), 11));
    await runtime.unload(session);
  });

  test('are answered in order without waiting in between', async () => {
    await runtime.allocate('weights', 'float32', 6);
    const session = await runtime.load(productModel(), { w: { buffer: 'weights', shape: [3, 2] } });
    const scales = [1, 2, 3, 4];
    const results = scales.map((scale) => {
      void runtime.write(
        'weights',
        (W.data as Float32Array).map((value) => scale * value),
      );
      return runtime.run(session, { x: X }, { y: 'host' });
    });
    expect((await Promise.all(results)).map(({ y }) => y?.data[0])).toEqual(scales.map((scale) => 4 * scale));
    await runtime.unload(session);
  });

  test('give the same bytes for the same inputs', async () => {
    const session = await runtime.load(longProductModel());
    const [first, second] = [
      await runtime.run(session, longProduct(), { y: 'host' }),
      await runtime.run(session, longProduct(), { y: 'host' }),
    ];
    expect(first).toEqual(second);
    await runtime.unload(session);
  });

  test('do not hold up the event loop', async () => {
    const session = await runtime.load(longProductModel());
    const feeds = longProduct();
    const start = performance.now();
    expect(await longestHold(() => runtime.run(session, feeds, { y: 'host' }))).toBeLessThan(50);
    expect(performance.now() - start).toBeGreaterThan(100);
    await runtime.unload(session);
  });

  test('that fail are errors, and the next one works', async () => {
    const session = await runtime.load(productModel());
    await expect(runtime.run(session, { x: X }, { y: 'host' })).rejects.toMatchObject({ code: 'graph-run' });
    await expect(runtime.run(session, { x: W, w: W }, { y: 'host' })).rejects.toMatchObject({ code: 'graph-run' });
    await runtime.run(session, { x: X, w: W }, { y: 'host' });
    await runtime.unload(session);
    await expect(runtime.run(session, { x: X, w: W }, { y: 'host' })).rejects.toMatchObject({
      code: 'session-unknown',
    });
    await expect(runtime.load(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'graph-load' });
  });

  test('are given up on an abort at once, and not begun after one', async () => {
    const session = await runtime.load(longProductModel());
    const reason = new Error('enough');
    const controller = new AbortController();
    const run = runtime.run(session, longProduct(), { y: 'host' }, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    const start = performance.now();
    await expect(run).rejects.toBe(reason);
    expect(performance.now() - start).toBeLessThan(200);
    const again = runtime.run(session, longProduct(), { y: 'host' }, { signal: controller.signal });
    await expect(again).rejects.toBe(reason);
    await runtime.unload(session);
  });

  test('leave the memory as it was', { timeout: 60_000 }, async () => {
    await runtime.allocate('large', 'float32', 2 ** 20);
    const session = await runtime.load(productModel(), { w: { buffer: 'large', shape: [3, 2] } });
    const rows = 2 ** 17;
    const x = { type: 'float32', shape: [rows, 3], data: new Float32Array(3 * rows) } as const;
    const cycle = async () => {
      for (let index = 0; index < 60; index++)
        await runtime.run(session, { x }, { y: { buffer: 'large', offset: 8, shape: [rows, 2] } });
      return process.memoryUsage().rss;
    };
    const before = Math.max(await cycle(), await cycle());
    for (let index = 0; index < 4; index++) await cycle();
    const after = Math.min(await cycle(), await cycle());
    // Were the outputs alone kept, each of the six cycles would add 60 MiB; the rest of the process comes and goes by some 30.
    expect(after - before).toBeLessThan(100 * 2 ** 20);
    await runtime.unload(session);
  });
});

describe('devices', () => {
  test('auto takes one that works and says which', async () => {
    await using any = await Runtime.start();
    expect(['cuda', 'webgpu', 'cpu']).toContain(any.device);
    const session = await any.load(productModel());
    const { y } = await any.run(session, { x: X, w: W }, { y: 'host' });
    expect(y?.data).toEqual(Y);
  });
});

describe('ending', () => {
  async function started(): Promise<{ readonly runtime: Runtime; readonly worker: Worker }> {
    const created = new Promise<Worker>((resolve) => process.once('worker', resolve));
    return { runtime: await Runtime.start({ threads: 1, device: 'cpu' }), worker: await created };
  }

  test('a thread that dies is an error for whoever waits, and for whoever comes later', async () => {
    const { runtime: mortal, worker } = await started();
    await mortal.allocate('some', 'float32', 2 ** 22);
    const waiting = [mortal.read('some', 0, 2 ** 22), mortal.read('some', 0, 1)].map((read) => read.catch((e) => e));
    await worker.terminate();
    const ended = { boundary: 'policy', code: 'runtime-ended' };
    expect((await Promise.all(waiting)).at(-1)).toMatchObject(ended);
    await expect(mortal.read('some', 0, 1)).rejects.toMatchObject(ended);
    await mortal.close();
  });

  test('close waits for what was sent before', async () => {
    const { runtime: closing } = await started();
    const session = await closing.load(longProductModel());
    const run = closing.run(session, longProduct(), { y: 'host' });
    await closing.close();
    expect((await run)['y']?.shape).toEqual([]);
    await closing.close();
  });

  test('terminate rejects at once, in the middle of a run too, and runs nothing more', async () => {
    const { runtime: ending } = await started();
    const session = await ending.load(longProductModel());
    await ending.run(session, longProduct(), { y: 'host' });
    const runs = Array.from({ length: 20 }, () => ending.run(session, longProduct(), { y: 'host' }).catch((e) => e));
    await sleep(20);
    const start = performance.now();
    const gone = ending.terminate();
    expect(await Promise.all(runs)).toMatchObject(runs.map(() => ({ code: 'runtime-ended' })));
    expect(performance.now() - start).toBeLessThan(200);
    await gone;
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('a process that exits in the middle of a run exits as it said', () => {
    const script = fileURLToPath(new URL('./exit-in-run.ts', import.meta.url));
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ status, signal, stdout, stderr }).toEqual({ status: 7, signal: null, stdout: 'running\n', stderr: '' });
  });
});
