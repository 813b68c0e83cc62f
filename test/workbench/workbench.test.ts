import { describe, expect, it } from 'vitest';
import { createWorkbench } from '../../src/workbench/workbench.ts';
import { makeVerifier } from './fake-verifier.ts';
import { openBench, SET } from './open-bench.ts';

describe('choosing', () => {
  it('a part of a set has a label-set version of its own, and the whole has the set’s', async () => {
    const bench = await openBench();
    const few = await bench.problems('synthetic:3:12', { limit: 4 });
    expect(few.problems).toEqual(SET.problems.slice(0, 4));
    expect(few.labelSet).not.toBe(SET.labelSet);
    expect((await bench.problems('synthetic:3:12', { limit: 12 })).labelSet).toBe(SET.labelSet);
  });

  it('`where` keeps what holds the text or matches the expression, in text, id or source', async () => {
    const bench = await openBench();
    const { source, id } = SET.problems[5]!;
    const bySource = SET.problems.filter((problem) => problem.source === source);
    const family = source.split('/')[1]!;
    expect((await bench.problems('synthetic:3:12', { where: new RegExp(`/${family}$`, 'g') })).problems).toEqual(
      bySource,
    );
    expect((await bench.problems('synthetic:3:12', { where: id.toUpperCase() })).problems).toContainEqual(
      SET.problems[5],
    );
    await expect(bench.problems('synthetic:3:12', { where: 'zebra crossing' })).rejects.toMatchObject({
      code: 'no-problems',
    });
  });

  it('says whether a policy can be trained, and refuses an unknown one, keeping the last', async () => {
    const bench = await openBench();
    expect(await bench.policy('scripted')).toEqual({ source: 'scripted', name: 'scripted', isTrainable: true });
    await expect(bench.policy('nowhere')).rejects.toMatchObject({ code: 'unknown-policy' });
    expect(await bench.generate({ limit: 1 })).toHaveLength(8);
  });
});

describe('what is lacking is said', () => {
  it.each([
    ['generate', 'no-problems-chosen'],
    ['verify', 'no-completions'],
    ['reward', 'no-completions'],
    ['update', 'no-rewards'],
    ['evaluate', 'no-problems-chosen'],
    ['transfer', 'no-problems-chosen'],
    ['rollouts', 'no-rewards'],
  ] as const)('%s: %s', async (method, code) => {
    const bench = createWorkbench({ verifier: makeVerifier(SET) });
    await expect(bench[method]()).rejects.toMatchObject({ boundary: 'config', code });
  });

  it('a solver that is not there is named with its reason before anything runs', async () => {
    const bench = await openBench();
    await bench.generate({ solver: 'copt', limit: 1 });
    for (const call of [
      () => bench.verify(),
      () => bench.verify({ program: 'x', solver: 'copt' }),
      () => bench.evaluate({ solvers: ['highs', 'copt'] }),
      () => bench.train({ solver: ['highs', 'copt'], steps: 1 }),
    ]) {
      await expect(call()).rejects.toThrow(/`copt`. coptpy is not installed/);
    }
  });

  it('numbers that make no sense are refused', async () => {
    const bench = await openBench();
    await expect(bench.generate({ samples: 0 })).rejects.toMatchObject({ code: 'bad-samples' });
    await expect(bench.train({ steps: 1.5 })).rejects.toMatchObject({ code: 'bad-steps' });
    await expect(bench.train({ steps: 1, run: '../elsewhere' })).rejects.toMatchObject({ code: 'bad-run' });
    await expect(bench.train({ steps: 1, run: '..' })).rejects.toMatchObject({ code: 'bad-run' });
  });
});

describe('close', () => {
  it('leaves a verifier that was given open, and what comes next opens its policy anew', async () => {
    const verifier = makeVerifier(SET);
    const bench = createWorkbench({ verifier });
    await bench.policy('scripted');
    await bench.close();
    await bench.close();
    expect(verifier.isClosed).toBe(false);
  });
});
