import { beforeAll, describe, expect, it } from 'vitest';
import type { DegenerateFlag } from '../../../src/types.ts';
import { Resolver } from '../../../src/verify/certificate/resolver.ts';
import { HONEST, mps } from '../models.ts';

let resolver: Resolver;
beforeAll(() => {
  resolver = new Resolver(1);
  return () => resolver.close();
});

const flagsOf = async (model: string): Promise<readonly DegenerateFlag[]> => {
  const { solve, degenerate } = await resolver.resolve({ model, timeLimitMs: 2_000 });
  expect(solve?.status).toBe('optimal');
  return degenerate;
};

describe('a degenerate flag fires', () => {
  it('constant-objective: there is nothing to optimise', async () => {
    expect(await flagsOf(mps({ rows: [['R0', 'L', 4]], columns: { X: [0, { R0: 1 }], Y: [0, { R0: 1 }] } }))).toContain(
      'constant-objective',
    );
  });

  it('no-free-variable: bounds, or an equality of its own, fix every variable', async () => {
    expect(await flagsOf(mps({ columns: { X: [1] }, bounds: ['FX BND X 42'] }))).toContain('no-free-variable');
    expect(await flagsOf(mps({ rows: [['R0', 'E', 42]], columns: { X: [1, { R0: 1 }] } }))).toContain(
      'no-free-variable',
    );
  });

  it('no-linking-row: bounds alone decide the optimum', async () => {
    expect(
      await flagsOf(mps({ sense: 'MAX', columns: { X: [1], Y: [1] }, bounds: ['UP BND X 40', 'UP BND Y 2'] })),
    ).toEqual(['no-linking-row']);
  });

  it('pinned-objective: the rows leave the objective one value', async () => {
    const rows = [
      ['R0', 'L', 42],
      ['R1', 'G', 42],
    ] as const;
    expect(await flagsOf(mps({ rows, columns: { X: [1, { R0: 1, R1: 1 }], Y: [1, { R0: 1, R1: 1 }] } }))).toEqual([
      'pinned-objective',
    ]);
  });
});

describe('no degenerate flag fires', () => {
  it('on an ordinary linear or integer model', async () => {
    expect(await flagsOf(HONEST)).toEqual([]);
    const knapsack = mps({
      sense: 'MAX',
      rows: [['R0', 'L', 7]],
      columns: { X: [5, { R0: 3 }], Y: [4, { R0: 2 }] },
      bounds: ['UI BND X 5', 'UI BND Y 5'],
      integer: true,
    });
    expect(await flagsOf(knapsack)).toEqual([]);
  });

  it('on a model whose other direction is unbounded', async () => {
    expect(await flagsOf(mps({ rows: [['R0', 'G', 4]], columns: { X: [1, { R0: 1 }], Y: [1, { R0: 1 }] } }))).toEqual(
      [],
    );
  });

  it('where only some variables are fixed', async () => {
    const model = mps({
      rows: [['R0', 'G', 4]],
      columns: { X: [1, { R0: 1 }], Y: [1, { R0: 1 }] },
      bounds: ['FX BND X 1', 'UP BND Y 9'],
    });
    expect(await flagsOf(model)).toEqual([]);
  });
});
