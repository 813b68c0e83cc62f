import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/config.ts';
import { certify, honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import { type ClaimedSolve, type Observation, OUTCOMES } from '../../src/types.ts';
import { type CacheKey, ExecutionCache } from '../../src/verify/execution-cache.ts';

const KEY: CacheKey = {
  program: 'print(1)',
  solver: 'highs',
  version: '1.15.1',
  limits: DEFAULT_LIMITS,
  isolation: 'landlock+seccomp',
};
const SOLVED: Observation = honest(optimal(6));
const CLAIMED: ClaimedSolve = { status: 'optimal', objective: 5, rawStatus: 'Optimal', api: 'highspy' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evom-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an execution cache', () => {
  it('gives back what it was given, and counts hits and misses', () => {
    const cache = new ExecutionCache();
    expect(cache.get(KEY)).toBeNull();
    cache.set(KEY, SOLVED);
    expect(cache.get(KEY)).toEqual(SOLVED);
    expect(cache).toMatchObject({ hits: 1, misses: 1 });
  });

  it.each<[string, Partial<CacheKey>]>([
    ['program', { program: 'print(1) ' }],
    ['solver', { solver: 'scip' }],
    ['version', { version: '1.15.2' }],
    ['isolation', { isolation: 'none' }],
    ...(Object.keys(DEFAULT_LIMITS) as (keyof typeof DEFAULT_LIMITS)[]).map((name): [string, Partial<CacheKey>] => [
      name,
      { limits: { ...DEFAULT_LIMITS, [name]: 7 } },
    ]),
  ])('does not answer for another %s', (_, change) => {
    const cache = new ExecutionCache();
    cache.set(KEY, SOLVED);
    expect(cache.get({ ...KEY, ...change })).toBeNull();
  });

  it('keeps only outcomes that a second run would repeat', () => {
    const cache = new ExecutionCache();
    const kept = OUTCOMES.filter((outcome) => {
      const key = { ...KEY, program: outcome };
      cache.set(key, observe({ outcome }));
      return cache.get(key) !== null;
    });
    expect(kept).toEqual(['solved', 'no-solve', 'exception', 'missing-api', 'uncertified']);
  });

  it.each<[string, Partial<Observation>]>([
    ['a certificate that nobody settled in time', { outcome: 'uncertified', certificate: certify('open', null) }],
    ['an incumbent at a time limit', { claimed: { ...CLAIMED, status: 'feasible' } }],
    ['a limit without a solution', { outcome: 'no-solve', claimed: { ...CLAIMED, status: 'limit', objective: null } }],
  ])('does not keep %s', (_, changes) => {
    const cache = new ExecutionCache();
    cache.set(KEY, { ...SOLVED, ...changes });
    expect(cache.get(KEY)).toBeNull();
  });

  it('shares a folder with another run', () => {
    new ExecutionCache(folder).set(KEY, SOLVED);
    const other = new ExecutionCache(folder);
    expect(other.get(KEY)).toEqual(SOLVED);
    expect(other.hits).toBe(1);
    expect(readdirSync(folder).every((name) => /^[0-9a-f]{64}\.json$/.test(name))).toBe(true);
  });

  it.each(['', '{', 'null', '5', '{}', '[]', '{"outcome": "time"}'])(
    'runs again where an entry is damaged: %j',
    (text) => {
      new ExecutionCache(folder).set(KEY, SOLVED);
      for (const name of readdirSync(folder)) writeFileSync(join(folder, name), text);
      const cache = new ExecutionCache(folder);
      expect(cache.get(KEY)).toBeNull();
      cache.set(KEY, SOLVED);
      expect(new ExecutionCache(folder).get(KEY)).toEqual(SOLVED);
    },
  );

  it('goes on without its folder where it cannot write there', () => {
    const cache = new ExecutionCache(folder);
    rmSync(folder, { recursive: true });
    cache.set(KEY, SOLVED);
    expect(cache.get(KEY)).toEqual(SOLVED);
  });

  it('forgets the oldest where it is full', () => {
    const cache = new ExecutionCache(null, 2);
    const keys = ['a', 'b', 'c'].map((program) => ({ ...KEY, program }));
    for (const key of keys) cache.set(key, SOLVED);
    expect(keys.map((key) => cache.get(key) !== null)).toEqual([false, true, true]);
  });
});
