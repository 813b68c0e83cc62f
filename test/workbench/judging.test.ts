import { describe, expect, it } from 'vitest';
import { HELD_OUT, openBench, roll, SET } from './open-bench.ts';

describe('evaluate and transfer', () => {
  it('judge at both ε with intervals, over all solvers and on each, and leave the last rollouts alone', async () => {
    const bench = await openBench();
    const { rollouts } = await roll(bench);
    const done: number[] = [];
    const solvers = ['highs', 'scip'] as const;
    const { scores, ...evaluation } = await bench.evaluate({ solvers, onProgress: (told) => done.push(told.done) });
    expect(scores.map(({ epsilon, n, labelSet }) => [epsilon, n, labelSet])).toEqual([
      [0.05, 24, SET.labelSet],
      [1e-4, 24, SET.labelSet],
    ]);
    expect(Object.keys(evaluation.solvers)).toEqual(solvers);
    expect(evaluation.solvers.scip!.scores[0]!.n).toBe(12);
    expect(done.at(-1)).toBe(24);
    const held = await bench.evaluate({ samples: 4, problems: 'held-out:3:5' });
    expect(held).toMatchObject({ problems: 'held-out:3:5', labelSet: HELD_OUT.labelSet });
    expect(held.passAtK.map(({ k }) => k)).toEqual([1, 2, 4, 1, 2, 4]);
    expect((await bench.reward()).rollouts).toEqual(rollouts);
  });

  it('gives the base, every run of the session and what was taught by hand, each on every solver', async () => {
    const bench = await openBench();
    const call = { steps: 3, samples: 8, problemsPerStep: 8, learningRate: 1e-3 };
    await bench.train({ ...call, solver: 'highs', run: 'highs' });
    await bench.policy('scripted');
    await bench.train({ ...call, solver: ['scip', 'ortools'], run: 'joint' });
    const solvers = ['highs', 'scip', 'ortools'] as const;
    const { rows } = await bench.transfer({ solvers });
    expect(rows.map(({ policy, trainedOn }) => [policy, trainedOn])).toEqual([
      ['base', []],
      ['highs', ['highs']],
      ['joint', ['scip', 'ortools']],
    ]);
    const hits = rows.map(({ scores }) => solvers.map((solver) => scores[solver]![0]!.hits));
    expect(hits[0]!.every((count, index) => count === hits[1]![index] || index === 0)).toBe(true);
    expect(hits[1]![0]).toBeGreaterThan(hits[0]![0]!);
    expect(hits[2]![1]).toBeGreaterThan(hits[0]![1]!);
    const evaluated = await bench.evaluate({ solvers });
    expect(solvers.map((solver) => evaluated.solvers[solver]!.scores[0]!.hits)).toEqual(hits[2]);

    await roll(bench);
    await bench.update({ learningRate: 1e-2 });
    const more = await bench.transfer({ solvers });
    expect(more.rows.slice(0, 3)).toEqual(rows);
    expect(more.rows[3]).toMatchObject({ policy: 'by hand', trainedOn: ['highs'] });
    expect(await bench.generate({ limit: 1 })).toHaveLength(8); // its policy is still open
  });
});
