import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { train } from '../src/loop.ts';
import type { TrainablePolicy, UpdateOptions } from '../src/types.ts';
import { makePolicy, makeRunner } from './loop/fakes.ts';
import { collect, memory, SMALL, watched } from './loop/small-run.ts';

describe('a step', () => {
  it('is generate, then verify, then reward, then update, then stored, then yielded', async () => {
    const events: string[] = [];
    const note = (event: string): void => {
      if (events.at(-1) !== event) events.push(event);
    };
    const scripted = makePolicy(0.9999); // a completion that holds no program would have nothing to verify
    const policy = {
      ...watched(scripted, () => note('update')),
      async *generate(...given: Parameters<TrainablePolicy['generate']>) {
        note('generate');
        yield* scripted.generate(...given);
      },
    };
    const store = memory();
    const append = store.append.bind(store);
    const run = train(policy, {
      ...SMALL,
      steps: 2,
      verifier: makeRunner({ delay: () => sleep(20).then(() => note('verify')) }),
      reward: () => {
        note('reward');
        return { parts: {}, total: Math.random(), masked: false };
      },
      store: {
        ...store,
        append: (step) => {
          note('store');
          return append(step);
        },
      },
    });
    for await (const { index } of run) {
      expect(await store.nextIndex()).toBe(index + 1);
      note('yield');
    }
    const order = events.filter(
      (event, at) => !['verify', 'reward'].includes(event) || !['verify', 'reward'].includes(events[at - 1]!),
    );
    expect(order).toEqual([
      ...['generate', 'verify', 'update', 'store', 'yield'],
      ...['generate', 'verify', 'update', 'store', 'yield'],
    ]);
    expect(events[1]).toBe('verify');
  });

  it('verifies the first programs while the last ones are still being written', async () => {
    const runner = makeRunner();
    const scripted = makePolicy(0.9);
    const seenAtEnd: number[] = [];
    const policy = {
      ...scripted,
      async *generate(...given: Parameters<TrainablePolicy['generate']>) {
        yield* scripted.generate(...given);
        seenAtEnd.push(runner.seen.length);
      },
    };
    await collect(policy, { verifier: runner, steps: 1 });
    expect(seenAtEnd[0]).toBeGreaterThan(8);
  });

  it('never lets the policy wait for a program', async () => {
    const { promise: written, resolve } = Promise.withResolvers<void>();
    const scripted = makePolicy(0.9);
    const policy = {
      ...scripted,
      async *generate(...given: Parameters<TrainablePolicy['generate']>) {
        yield* scripted.generate(...given);
        resolve();
      },
    };
    expect(await collect(policy, { verifier: makeRunner({ delay: () => written }), steps: 1 })).toHaveLength(1);
  });

  it('has a group for each prompt, its samples in order, with advantages of mean 0', async () => {
    const [step] = await collect(makePolicy(), { steps: 1 });
    expect(step!.rollouts.map(({ observation }) => observation.id.split('/')[1])).toEqual(
      Array.from({ length: 16 }, (_, index) => String(index % 4)),
    );
    for (const group of Map.groupBy(step!.rollouts, ({ problem }) => problem.id).values()) {
      expect(group).toHaveLength(4);
      expect(group.reduce((sum, { advantage }) => sum + advantage!, 0)).toBeCloseTo(0, 9);
    }
  });

  it('tells the update its objective, temperature, length limit and the scheduled learning rate', async () => {
    const told: UpdateOptions[] = [];
    const policy = watched(makePolicy(), (_, options) => told.push(options));
    await collect(policy, {
      update: { learningRate: 1e-3, klWeight: 0.01 },
      schedule: { name: 'linear', warmUp: 2 },
      sampling: { temperature: 0.8, maxTokens: 300 },
    });
    expect(told[0]).toMatchObject({
      objective: 'grpo',
      clipHigh: 0.2,
      klWeight: 0.01,
      temperature: 0.8,
      maxTokens: 300,
    });
    expect(told.map(({ learningRate }) => learningRate)).toEqual([5e-4, 1e-3, 1e-3, 5e-4]);
    await collect(policy, { objective: 'dapo', steps: 1 });
    expect(told[4]).toMatchObject({ objective: 'dapo', clipLow: 0.2, clipHigh: 0.28, learningRate: 1e-4 });
  });

  it('raises the accuracy of a policy that can learn', async () => {
    const steps = await collect(makePolicy(0.3), { steps: 10, samples: 8 });
    const [first, last] = [steps[0]!, steps[9]!].map(({ statistics }) => statistics['accuracy']!) as [number, number];
    expect(first).toBeLessThan(0.5);
    expect(last).toBeGreaterThan(0.7);
  });

  it('with several solvers lets them take turns, and says the accuracy of each', async () => {
    const steps = await collect(makePolicy(), { solvers: ['gurobi', 'ortools'] });
    for (const { rollouts, statistics } of steps) {
      const counts = Map.groupBy(rollouts, ({ observation }) => observation.solver);
      expect([...counts.values()].map((group) => group.length)).toEqual([8, 8]);
      expect(statistics).toMatchObject({
        'accuracy/gurobi': expect.any(Number),
        'accuracy/ortools': expect.any(Number),
      });
    }
  });
});

describe('overlap', () => {
  const orderOf = async (overlap: boolean): Promise<string[]> => {
    const events: string[] = [];
    const scripted = makePolicy();
    const policy = {
      ...watched(scripted, () => events.push('update')),
      async *generate(...given: Parameters<TrainablePolicy['generate']>) {
        events.push(`generate ${given[1]?.step}`);
        yield* scripted.generate(...given);
      },
    };
    for await (const { index, statistics } of train(policy, {
      ...SMALL,
      overlap,
      steps: 3,
      verifier: makeRunner({ delay: () => sleep(5) }),
    })) {
      events.push(`step ${index}, ${statistics['staleness']} old`);
    }
    return events;
  };

  it('is off by default: each step is written by the weights that the last one gave', async () => {
    expect(await orderOf(false)).toEqual([
      ...['generate 0', 'update', 'step 0, 0 old'],
      ...['generate 1', 'update', 'step 1, 0 old'],
      ...['generate 2', 'update', 'step 2, 0 old'],
    ]);
  });

  it('writes the next step before this one is learnt from, and says how old the weights are', async () => {
    expect(await orderOf(true)).toEqual([
      ...['generate 0', 'generate 1', 'update', 'step 0, 0 old'],
      ...['generate 2', 'update', 'step 1, 1 old'],
      ...['update', 'step 2, 1 old'],
    ]);
  });
});

describe('options that make no sense', () => {
  it.each([
    [{ problems: [] }, 'no-problems'],
    [{ solvers: [] }, 'no-solver'],
    [{ samples: 1 }, 'bad-samples'],
    [{ problemsPerStep: 0 }, 'bad-problems-per-step'],
    [{ sampling: { temperature: 0 } }, 'bad-temperature'],
    [{ objective: 'sft' as never }, 'bad-objective'],
  ])('%j is refused: %s', async (options, code) => {
    await expect(collect(makePolicy(), options)).rejects.toMatchObject({ boundary: 'config', code });
  });

  it('a policy that writes too little is named', async () => {
    const scripted = makePolicy();
    const policy = { ...scripted, generate: () => scripted.generate([], {}) };
    await expect(collect(policy)).rejects.toMatchObject({ boundary: 'policy', code: 'missing-completions' });
  });
});
