import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Resolver } from '../../../src/verify/certificate/resolver.ts';
import { HONEST, marketSplit, mps } from '../models.ts';

let resolver: Resolver;
afterEach(() => resolver.close());

const resolve = (model: string, timeLimitMs = 2_000) => resolver.resolve({ model, timeLimitMs });

describe('a resolver', () => {
  it.each([
    ['optimal', HONEST, 11],
    ['optimal', mps({ columns: {} }), 0],
    ['infeasible', mps({ rows: [['R0', 'G', 5]], columns: { X: [1, { R0: 1 }] }, bounds: ['UP BND X 4'] }), null],
    ['unbounded', mps({ sense: 'MAX', rows: [['R0', 'G', 5]], columns: { X: [1, { R0: 1 }] } }), null],
  ] as const)('settles a model that is %s', async (status, model, objective) => {
    resolver = new Resolver(1);
    expect(await resolve(model)).toMatchObject({ solve: { status, objective } });
  });

  it('counts what the model is made of', async () => {
    resolver = new Resolver(1);
    const { size } = await resolve(marketSplit(5, 2), 500);
    expect(size).toEqual({ variables: 5, integers: 5, constraints: 2 });
  });

  it('keeps the model and its solution where it is asked to, and nothing otherwise', async () => {
    resolver = new Resolver(1);
    expect((await resolve(HONEST)).kept).toBeNull();
    const { kept } = await resolver.resolve({ model: HONEST, timeLimitMs: 2_000, keepModel: true });
    expect(kept).toMatchObject({
      ...{ format: 'lp', sense: 'maximize', length: kept?.text.length },
      text: expect.stringContaining('R0: +1 X +1 Y <= +4'),
      solution: {
        nonzeros: 2,
        values: [
          { name: 'X', value: 3 },
          { name: 'Y', value: 1 },
        ],
      },
    });
  });

  it('cuts the text and the values of a large model, and says how many there are', async () => {
    resolver = new Resolver(1);
    const columns = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`X${index}`, [-1] as const]));
    const bounds = Object.keys(columns).map((name) => `UP BND ${name} 1`);
    const model = mps({ columns, bounds });
    const { kept, solve } = await resolver.resolve({ model, timeLimitMs: 2_000, keepModel: true });
    expect(solve).toEqual({ status: 'optimal', objective: -1000 });
    expect(kept?.text).toHaveLength(4096);
    expect(kept?.length).toBeGreaterThan(10_000);
    expect(kept?.solution?.nonzeros).toBe(1000);
    expect(kept?.solution?.values).toHaveLength(50);
  });

  it.each([
    ['infeasible', mps({ rows: [['R0', 'G', 5]], columns: { X: [1, { R0: 1 }] }, bounds: ['UP BND X 4'] })],
    ['unbounded', mps({ sense: 'MAX', rows: [['R0', 'G', 5]], columns: { X: [1, { R0: 1 }] } })],
  ] as const)('keeps the model alone where it is %s', async (status, model) => {
    resolver = new Resolver(1);
    const { kept, solve } = await resolver.resolve({ model, timeLimitMs: 2_000, keepModel: true });
    expect(solve?.status).toBe(status);
    expect(kept).toMatchObject({ text: expect.stringContaining('R0: +1 X >= +5'), solution: null });
  });

  it('loads a new runtime after a throw, and the next model is none the worse', async () => {
    resolver = new Resolver(1);
    for (const broken of ['', 'NAME', '\0\0\0', 'ROWS\n N OBJ\nCOLUMNS\n X NOWHERE 1\nENDATA\n', HONEST.slice(0, 70)]) {
      const { solve, reason } = await resolve(broken);
      if (solve === null) expect(reason).toMatch(/HiGHS/);
      expect(await resolve(HONEST)).toMatchObject({ solve: { status: 'optimal', objective: 11 } });
    }
  });

  it('gives a hard model back unsettled at its time limit, and the limit does not leak into the next', async () => {
    resolver = new Resolver(1);
    const started = performance.now();
    expect(await resolve(marketSplit(40, 5), 300)).toMatchObject({
      solve: null,
      reason: expect.stringContaining('300 ms'),
    });
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(await resolve(HONEST)).toMatchObject({ solve: { objective: 11 } });
  });

  it('cuts a model that keeps its thread beyond the limit, and a new thread takes over', async () => {
    resolver = new Resolver(1);
    await resolve(HONEST);
    // HiGHS reads a text without looking at the clock, this one for about 2 s. The grace of 2 s makes a limit of 50 ms.
    const columns = Array.from({ length: 200_000 }, (_, column) => ` X${column} OBJ 1`).join('\n');
    const model = `NAME\nROWS\n N OBJ\nCOLUMNS\n${columns}\nENDATA\n`;
    const started = performance.now();
    const { solve, reason } = await resolve(model, -1_950);
    expect(solve).toBeNull();
    expect(reason).toBe('HiGHS overran its time limit');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await resolve(HONEST)).toMatchObject({ solve: { objective: 11 } });
  });

  it('does without a thread that died, whether it was at work or idle', async () => {
    const workers: Worker[] = [];
    const remember = (worker: Worker): void => void workers.push(worker);
    process.on('worker', remember);
    try {
      resolver = new Resolver(1);
      const hard = resolve(marketSplit(40, 5), 20_000);
      await new Promise((done) => setTimeout(done, 500));
      await workers[0]?.terminate();
      expect(await hard).toMatchObject({ solve: null, reason: 'HiGHS broke: its thread ended' });
      expect(await resolve(HONEST)).toMatchObject({ solve: { objective: 11 } });
      await workers[1]?.terminate();
      expect(await resolve(HONEST)).toMatchObject({ solve: { objective: 11 } });
      expect(workers).toHaveLength(3);
    } finally {
      process.removeListener('worker', remember);
    }
  });

  it('closed in the middle of its work, leaves nobody waiting', async () => {
    resolver = new Resolver(1);
    const hard = Array.from({ length: 3 }, () => resolve(marketSplit(40, 5), 20_000));
    await new Promise((done) => setTimeout(done, 500));
    const started = performance.now();
    await resolver.close();
    expect((await Promise.all(hard)).map(({ solve }) => solve)).toEqual([null, null, null]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('serves more models than it has threads, each its own answer', async () => {
    resolver = new Resolver(2);
    const models = Array.from({ length: 20 }, (_, index) =>
      mps({ sense: 'MAX', columns: { X: [1] }, bounds: [`UP BND X ${index}`] }),
    );
    const resolutions = await Promise.all(models.map((model) => resolve(model)));
    expect(resolutions.map(({ solve }) => solve?.objective)).toEqual(models.map((_, index) => index));
  });
});
