import { describe, expect, it } from 'vitest';
import { newFolder, openBench, roll } from './open-bench.ts';

describe('rollouts and sql', () => {
  it('look at the newest of the last rewards and the last run, or at the run that is named', async () => {
    const bench = await openBench();
    const { rollouts } = await roll(bench, { limit: 2 });
    expect(await bench.rollouts()).toMatchObject(
      rollouts.map(({ observation, reward }, position) => ({ step: 0, position, observation, reward })),
    );
    expect(await bench.sql('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 8 }]);
    await bench.train({ steps: 2, samples: 4, problemsPerStep: 3, run: 'a' });
    expect(await bench.sql('SELECT step, rollouts FROM steps')).toEqual([
      { step: 0, rollouts: 12 },
      { step: 1, rollouts: 12 },
    ]);
    await roll(bench, { limit: 1 });
    expect(await bench.sql('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 4 }]);
    expect(
      await bench.sql('SELECT count(*) AS n FROM rollouts WHERE step = $s', { run: 'a', parameters: { s: 1 } }),
    ).toEqual([{ n: 12 }]);
    await expect(bench.sql('SELECT 1', { run: 'b' })).rejects.toMatchObject({ code: 'no-run' });
  });

  it('choose by step, verdict and problem, in order, in parts', async () => {
    const bench = await openBench();
    await bench.train({ steps: 2, samples: 4, problemsPerStep: 3, run: 'a' });
    const all = await bench.rollouts();
    expect(all).toHaveLength(24);
    const correct = await bench.rollouts({ verdict: 'correct', step: 1 });
    expect(correct).toEqual(all.filter(({ step, verdict }) => step === 1 && verdict === 'correct'));
    const { id } = all[5]!.problem;
    expect(await bench.rollouts({ problem: id })).toEqual(all.filter(({ problem }) => problem.id === id));
    expect(await bench.rollouts({ limit: 5, offset: 20 })).toEqual(all.slice(20));
  });

  it('read a run while it is written', async () => {
    const runs = newFolder();
    const [bench, reader] = [await openBench({ runs }), await openBench({ runs })];
    const counts: Promise<unknown>[] = [];
    const onStep = () => counts.push(reader.sql('SELECT count(*) AS n FROM steps', { run: 'a' }));
    await bench.train({ steps: 3, samples: 4, problemsPerStep: 3, run: 'a', onStep });
    for (const [index, rows] of (await Promise.all(counts)).entries()) {
      expect((rows as { n: number }[])[0]!.n).toBeGreaterThan(index);
    }
  });
});
