import { describe, expect, it } from 'vitest';
import { train } from '../../src/loop.ts';
import { createScriptedPolicy } from '../../src/policy/scripted.ts';
import type { Workbench } from '../../src/workbench/workbench.ts';
import { timeless } from '../loop/fakes.ts';
import { makeVerifier } from './fake-verifier.ts';
import { collect, openBench, roll, SET } from './open-bench.ts';

describe('update', () => {
  it('by hand is a step of the loop: the same rollouts, advantages and statistics', async () => {
    for (const objective of ['grpo', 'dr-grpo'] as const) {
      const bench = await openBench();
      await roll(bench);
      const byHand = await bench.update({ objective });
      const options = { problems: SET.problems, samples: 4, steps: 1, objective, verifier: makeVerifier(SET) };
      const [step] = await collect(train(createScriptedPolicy(), options));
      const known = (rollouts: typeof byHand.rollouts) =>
        rollouts.map(({ observation, advantage }) => [observation.id, advantage]).toSorted();
      expect(known(byHand.rollouts)).toEqual(known(step!.rollouts));
      const { statistics } = timeless(step!);
      for (const [name, value] of Object.entries(byHand.statistics)) {
        expect(value, name).toBeCloseTo(statistics[name]!, 10);
      }
      expect(byHand.statistics['loss']).toBeTypeOf('number');
    }
  });

  it('changes what is written next, in every optimiser step, and counts on', async () => {
    const bench = await openBench();
    const before = (await roll(bench)).score.hits;
    expect((await bench.update({ learningRate: 1e-3 })).index).toBe(0);
    expect((await roll(bench)).score.hits).toBeGreaterThan(before);
    const second = await bench.update({ steps: 2 });
    expect(second.index).toBe(1);
    expect(second.updates).toHaveLength(2);
    expect(second.updates[1]).not.toEqual(second.updates[0]);
    expect((await bench.update()).index).toBe(3);
  });

  it('filtered by raw accuracy learns from mixed groups alone, which is DAPO’s default', async () => {
    const bench = await openBench();
    const { rollouts } = await roll(bench);
    const groups = [...Map.groupBy(rollouts, ({ problem }) => problem.id).values()];
    const mixed = groups.filter((group) => new Set(group.map(({ verdict }) => verdict === 'correct')).size === 2);
    expect(mixed.length).toBeGreaterThan(0);
    expect(mixed.length).toBeLessThan(groups.length);
    const trained = async (call: Parameters<Workbench['update']>[0]) =>
      (await bench.update(call)).statistics['trainedGroups'];
    expect(await trained({ objective: 'dapo' })).toBe(mixed.length);
    expect(await trained({ objective: 'grpo', filterRawAccuracy: true })).toBe(mixed.length);
    expect(await trained({ objective: 'dapo', filterRawAccuracy: false })).toBe(groups.length);
  });

  it('by SFT learns the correct completions and nothing else', async () => {
    const bench = await openBench();
    const before = await roll(bench);
    const { rollouts } = await bench.update({ objective: 'sft', learningRate: 1e-3 });
    for (const { verdict, advantage } of rollouts) expect(advantage).toBe(verdict === 'correct' ? 1 : null);
    expect((await roll(bench)).score.hits).toBeGreaterThan(before.score.hits);
  });

  it('refuses greedy completions', async () => {
    const bench = await openBench();
    await roll(bench, { temperature: 0 });
    await expect(bench.update()).rejects.toMatchObject({ code: 'bad-temperature' });
  });
});
