import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/types.ts';
import { ExecutionCache } from '../../src/verify/execution-cache.ts';
import { type VerifyInput, type VerifyOptions, verify } from '../../src/verify/index.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { processesBelow, within } from './processes.ts';
import { optimumOf, SLEEP, SPIN, slowOptimumOf } from './programs.ts';

const scratch = mkdtempSync(join(tmpdir(), 'evom-verify-'));
beforeAll(() => {
  process.env['EVOM_SCRATCH'] = scratch;
});
afterAll(() => {
  delete process.env['EVOM_SCRATCH'];
  rmSync(scratch, { recursive: true, force: true });
});
afterEach(async () => {
  expect(await within(2_000, () => processesBelow().length === 0)).toBe(true);
  expect(readdirSync(scratch)).toEqual([]);
});

const batch = (count: number): VerifyInput[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), program: optimumOf(index) }));

async function collect(programs: Iterable<VerifyInput>, options: VerifyOptions = {}): Promise<Observation[]> {
  const observations: Observation[] = [];
  for await (const observation of verify(programs, { jobs: 2, ...options })) observations.push(observation);
  return observations;
}

/** What of an observation does not depend on the clock. */
const essence = ({ durationMs, cpuMs, memoryBytes, certificate, ...rest }: Observation) => ({
  ...rest,
  certificate: certificate && { ...certificate, durationMs: 0 },
});

describe('verify', () => {
  it('gives each program its own observation, certified, and in input order where asked', async () => {
    const observations = await collect(batch(30), { order: 'input' });
    expect(observations.map(({ id, outcome, objective }) => [id, outcome, objective])).toEqual(
      Array.from({ length: 30 }, (_, index) => [String(index), 'solved', index]),
    );
    for (const observation of observations) {
      expect(observation).toMatchObject({
        isolation: 'landlock+seccomp',
        certificate: { kind: 'agrees', by: 'highs-wasm' },
        stdout: 'done\n',
        solveCount: 1,
        exitCode: 0,
        cached: false,
      });
    }
  });

  it('gives the same outcomes when the same batch runs again', async () => {
    const programs = [
      ...batch(10),
      { id: 'bad', program: '1/0' },
      { id: 'api', program: 'import highspy\nhighspy.nope' },
    ];
    const [first, second] = [await collect(programs, { order: 'input' }), await collect(programs, { order: 'input' })];
    expect(second.map(essence)).toEqual(first.map(essence));
  });

  it('gives in completion order what finishes first', async () => {
    const programs = [
      { id: 'slow', program: slowOptimumOf(1, 1.5) },
      { id: 'fast', program: optimumOf(2) },
    ];
    expect((await collect(programs)).map(({ id }) => id)).toEqual(['fast', 'slow']);
  });

  it.each([
    ['while programs run', [SLEEP, SPIN, SLEEP], 1_500],
    ['while fork servers start', [SLEEP, SPIN, SLEEP], 1],
  ] as const)('stops at its signal %s, promptly and with its reason', async (_, programs, delayMs) => {
    const stop = new AbortController();
    const running = collect(
      programs.map((program, index) => ({ id: String(index), program })),
      { signal: stop.signal },
    );
    running.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const started = performance.now();
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('rejects at once where its signal has fired already', async () => {
    await expect(collect(batch(3), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('leaves nothing where the reader leaves early', async () => {
    const programs = [
      { id: 'first', program: optimumOf(1) },
      ...Array.from({ length: 9 }, (_, id) => ({ id: `${id}`, program: SLEEP })),
    ];
    for await (const { id } of verify(programs, { jobs: 2 })) {
      expect(id).toBe('first');
      break;
    }
  });

  it('leaves another’s verifier up, and none the worse for a batch that was stopped', async () => {
    await using verifier = new Verifier({ jobs: 2 });
    for (let round = 0; round < 5; round++) {
      const stop = new AbortController();
      const running = collect([{ id: 'x', program: SLEEP }, ...batch(3)], { verifier, signal: stop.signal });
      running.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200 * round));
      stop.abort(new Error('enough'));
      await expect(running).rejects.toThrow('enough');
    }
    expect((await collect(batch(6), { verifier })).map(({ outcome }) => outcome)).toEqual(Array(6).fill('solved'));
    expect(verifier.pids.length).toBeLessThanOrEqual(2);
  });

  it('answers repeated programs from its cache, under their own ids', async () => {
    const cache = new ExecutionCache();
    const programs = [...batch(2), { id: 'spin', program: SPIN }];
    const options = { cache, limits: { cpuMs: 300 }, order: 'input' } as const;
    const first = await collect(programs, options);
    const second = await collect(
      programs.map(({ program, id }) => ({ program, id: `again-${id}` })),
      options,
    );
    expect(second.map(({ id, cached }) => [id, cached])).toEqual([
      ['again-0', true],
      ['again-1', true],
      ['again-spin', false],
    ]);
    expect(second.map(({ outcome }) => outcome)).toEqual(first.map(({ outcome }) => outcome));
    expect(cache).toMatchObject({ hits: 2, misses: 4 });
  });

  it('runs a program again where its model is asked for and the cache has none, and then no more', async () => {
    await using verifier = new Verifier({ jobs: 1, cache: new ExecutionCache() });
    const [request] = batch(1) as [VerifyInput];
    const seen = [];
    for (const keepModel of [false, true, true, false]) {
      const { cached, certificate } = await verifier.observe({ ...request, solver: 'highs', keepModel });
      seen.push([cached, certificate?.model?.format]);
    }
    expect(seen).toEqual([
      [false, undefined],
      [false, 'lp'],
      [true, 'lp'],
      [true, 'lp'],
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s jobs', (jobs) => {
    expect(() => new Verifier({ jobs })).toThrow(/Expected `jobs`/);
  });
});
