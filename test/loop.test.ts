import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCheckpoint } from '../src/loop/checkpoints.ts';
import type { TrainOptions } from '../src/loop/options.ts';
import { train } from '../src/loop.ts';
import { openScriptedPolicy } from '../src/policy/scripted.ts';
import { createMemoryStore } from '../src/store/memory.ts';
import { createRunFolder, openRunFolder } from '../src/store/run-folder.ts';
import type { RunStore } from '../src/store/store.ts';
import type { Step, TrainablePolicy, TrainingGroup, UpdateOptions } from '../src/types.ts';
import { MAX_DRAWS } from '../src/update/resample.ts';
import { makePolicy, makeProblems, makeRunner, programOf, timeless } from './loop/fakes.ts';
import { DESCRIPTION } from './store/sample-step.ts';

const PROBLEMS = makeProblems(12);
const SMALL = { problems: PROBLEMS, steps: 4, problemsPerStep: 4, samples: 4, seed: 3 } as const;

const memory = (): RunStore => createMemoryStore(DESCRIPTION);

async function collect(policy: TrainablePolicy, options: Partial<TrainOptions> = {}): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of train(policy, { verifier: makeRunner(), ...SMALL, ...options })) steps.push(timeless(step));
  return steps;
}

/** The policy, with what its updates were given. */
function watched(
  policy: TrainablePolicy,
  onUpdate: (groups: readonly TrainingGroup[], options: UpdateOptions) => void,
) {
  return {
    ...policy,
    update: (groups: readonly TrainingGroup[], options: UpdateOptions) => {
      onUpdate(groups, options);
      return policy.update(groups, options);
    },
  };
}

let folder: string;
let next = 0;
const newFolder = (): string => join(folder, String(next++));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evom-loop-'));
});
afterAll(() => rm(folder, { recursive: true }));

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

describe('what is masked', () => {
  const isMasked = (id: string): boolean => id.endsWith('/1') || id.startsWith('p3/');

  it('never reaches the update, has no advantage, and counts in no mean', async () => {
    const given: TrainingGroup[] = [];
    const runner = makeRunner({ outcomeOf: (id) => (isMasked(id) ? 'infra' : null) });
    const options = { verifier: runner, steps: 1, problemsPerStep: 12 };
    const policy = watched(makePolicy(0.6), (groups) => given.push(...groups));
    const [step] = await collect(policy, options);
    const { rollouts, statistics } = step!;
    for (const { observation, reward, advantage } of rollouts) {
      // A completion that holds no program never reaches the runner.
      const masked = isMasked(observation.id) && observation.outcome !== 'no-program';
      expect(reward.masked).toBe(masked);
      expect(advantage === null).toBe(masked);
    }
    const kept = rollouts.filter(({ reward }) => !reward.masked);
    expect(given.flatMap(({ samples }) => samples)).toHaveLength(kept.length);
    expect(statistics['masked']).toBe(rollouts.length - kept.length);
    expect(statistics['rewardMean']).toBeCloseTo(
      kept.reduce((sum, { reward }) => sum + reward.total, 0) / kept.length,
      12,
    );
    expect(statistics['accuracy']).toBe(kept.filter(({ verdict }) => verdict === 'correct').length / kept.length);
  });

  it('is a completion that hit the length limit, too', async () => {
    const [step] = await collect(makePolicy(), { steps: 1, sampling: { maxTokens: 5 } });
    expect(step!.statistics).toMatchObject({ truncated: 16, masked: 16, trainedGroups: 0 });
    expect(step!.statistics).not.toHaveProperty('loss');
  });
});

describe('dapo', () => {
  it('replaces groups that are all right or all wrong by raw accuracy, and learns from mixed ones alone', async () => {
    const lessons: (readonly TrainingGroup[])[] = [];
    const problems = makeProblems(60);
    const steps = await collect(
      watched(makePolicy(0.7), (groups) => lessons.push(groups)),
      { objective: 'dapo', problems },
    );
    for (const [index, { rollouts, statistics }] of steps.entries()) {
      const groups = [...Map.groupBy(rollouts, ({ problem }) => problem.id).values()];
      const mixed = groups.filter((group) => new Set(group.map(({ verdict }) => verdict === 'correct')).size === 2);
      expect(mixed).toHaveLength(4);
      expect(lessons[index]!.map(({ prompt }) => prompt.problem.id)).toEqual(mixed.map(([first]) => first!.problem.id));
      for (const group of groups) {
        expect(group.every(({ advantage }) => (advantage === null) === !mixed.includes(group))).toBe(true);
      }
      expect(statistics['groups']).toBe(groups.length);
      expect(statistics['draws']! > 1).toBe(groups.length > 4);
    }
    expect(steps.some(({ statistics }) => statistics['draws']! > 1)).toBe(true);
  });

  it('ends its step where the policy knows everything, after a bounded number of draws', async () => {
    const [step] = await collect(makePolicy(0.99999), { objective: 'dapo', steps: 1, problems: makeProblems(60) });
    expect(step!.statistics).toMatchObject({ draws: MAX_DRAWS, groups: 4 * MAX_DRAWS, trainedGroups: 0 });
  });

  it('takes something off for long completions, and leaves accuracy as it is', async () => {
    const sampling = { maxTokens: 22 };
    const [step] = await collect(makePolicy(0.6), { objective: 'dapo', steps: 1, sampling });
    const kept = step!.rollouts.filter(({ reward }) => !reward.masked);
    const long = kept.filter(({ completion }) => completion.tokenIds.length > 0.8 * 22);
    expect(long.length).toBeGreaterThan(0);
    for (const { reward, completion } of kept) {
      expect(reward.parts['overlong']! < 0).toBe(completion.tokenIds.length > 0.8 * 22);
    }
    expect(step!.statistics['accuracy']).toBe(kept.filter(({ verdict }) => verdict === 'correct').length / kept.length);
  });
});

describe.each([
  ['grpo', false],
  ['dapo', false],
  ['dr-grpo', true],
] as const)('a run by %s with overlap %s', (objective, overlap) => {
  const options = { objective, overlap, steps: 6 };

  it('gives the same steps again', async () => {
    expect(await collect(makePolicy(), options)).toEqual(await collect(makePolicy(), options));
  });

  it.each([1, 3, 5])(
    'goes on after %i steps as if it had not stopped, from the weights it began with',
    async (done) => {
      const whole = await collect(makePolicy(), options);
      const store = memory();
      for await (const { index } of train(makePolicy(), { ...SMALL, ...options, verifier: makeRunner(), store })) {
        if (index + 1 === done) break;
      }
      expect(await collect(makePolicy(), { ...options, store })).toEqual(whole.slice(done));
      expect(await Promise.all(whole.map(async ({ index }) => timeless(await store.read(index))))).toEqual(whole);
    },
  );

  it('goes on from a run folder and its newest usable checkpoint', async () => {
    const whole = await collect(makePolicy(), options);
    const path = newFolder();
    const checkpoints = { folder: path, every: 2 };
    const first = await createRunFolder(path, DESCRIPTION);
    for await (const { index } of train(makePolicy(), {
      ...SMALL,
      ...options,
      verifier: makeRunner(),
      store: first,
      checkpoints,
    })) {
      if (index === 3) break;
    }
    await first.close();
    const store = await openRunFolder(path);
    const found = await findCheckpoint(path, (await store.nextIndex()) - (overlap ? 1 : 0));
    expect(found!.step).toBe(overlap ? 2 : 4);
    const policy = await openScriptedPolicy(found!.folder, { programOf });
    expect(await collect(policy, { ...options, store, checkpoints, policyStep: found!.step })).toEqual(whole.slice(4));
    await store.close();
  });

  it('ends at once when it is aborted, at any moment, and resumes as if it had not been', async () => {
    const whole = await collect(makePolicy(), { ...options, steps: 3 });
    const reason = new Error('stop here');
    for (let moment = 0; moment < 60; moment += 3) {
      const store = memory();
      const controller = new AbortController();
      let events = 0;
      const tick = (): void => {
        if (events++ === moment) controller.abort(reason);
      };
      const scripted = makePolicy();
      const policy = {
        ...watched(scripted, tick),
        async *generate(...given: Parameters<TrainablePolicy['generate']>) {
          for await (const generation of scripted.generate(...given)) {
            tick();
            yield generation;
          }
        },
      };
      const verifier = makeRunner({ delay: async () => tick() });
      await expect(collect(policy, { ...options, steps: 3, store, verifier, signal: controller.signal })).rejects.toBe(
        reason,
      );
      const done = await store.nextIndex();
      expect(await collect(makePolicy(), { ...options, steps: 3, store })).toEqual(whole.slice(done));
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

describe('validation', () => {
  /** Its greedy completions are right or wrong as `script` says for each number of updates. */
  const withScript = (script: readonly number[]): TrainablePolicy => {
    let updates = 0;
    const scripted = makePolicy(0.5);
    return {
      ...scripted,
      generate: (prompts, options = {}) =>
        options.temperature === 0
          ? makePolicy(script[updates - 1]! > 0.5 ? 0.9 : 0.1).generate(prompts, options)
          : scripted.generate(prompts, options),
      update: async () => {
        updates++;
        return {};
      },
    };
  };
  const validation = { problems: makeProblems(3, 'v'), every: 1, patience: 2 };

  it('stops after so many validations without a new best raw accuracy', async () => {
    const steps = await collect(withScript([0, 1, 0, 1, 1, 1]), { steps: 6, validation });
    expect(steps.map(({ statistics }) => statistics['validationAccuracy'])).toEqual([0, 1, 0, 1]);
  });

  it('comes every so many steps, and its completions are no rollouts', async () => {
    const steps = await collect(withScript([0, 0, 0, 0]), { validation: { ...validation, every: 2 } });
    expect(steps.map(({ statistics }) => 'validationAccuracy' in statistics)).toEqual([false, true, false, true]);
    expect(steps.every(({ rollouts }) => rollouts.every(({ problem }) => problem.id.startsWith('p')))).toBe(true);
  });

  it('remembers what it saw when the run goes on, and is over where it was over', async () => {
    const store = memory();
    const first = await collect(withScript([0, 1, 0]), { steps: 3, validation, store });
    expect(first).toHaveLength(3);
    const rest = await collect(withScript([0, 1, 0, 0, 0, 0]), { steps: 6, validation, store });
    expect(rest.map(({ index }) => index)).toEqual([3]);
    expect(await collect(withScript([0, 1, 0, 0, 0, 0]), { steps: 6, validation, store })).toEqual([]);
  });

  it('keeps the best weights', async () => {
    const path = newFolder();
    await collect(withScript([0, 1, 0, 0]), { steps: 6, validation, checkpoints: { folder: path, every: 99 } });
    expect((await readdir(path)).toSorted()).toEqual(['checkpoint-000001', 'checkpoint-000002']);
  });

  it('keeps the best weights though a kill came between a step and its checkpoint', async () => {
    const path = newFolder();
    const store = memory();
    await collect(withScript([0, 1, 0, 0]), { steps: 6, validation, store });
    await collect(withScript([]), { steps: 6, validation, store, checkpoints: { folder: path, every: 99 } });
    expect((await readdir(path)).toSorted()).toEqual(['checkpoint-000001', 'checkpoint-000002']);
  });

  it('refuses problems that are trained on', async () => {
    const shared = { problems: [...makeProblems(1, 'v'), PROBLEMS[5]!] };
    await expect(collect(makePolicy(), { validation: shared })).rejects.toMatchObject({
      code: 'validation-in-training',
    });
  });
});

describe('checkpoints', () => {
  it('come every so many steps and after the last one', async () => {
    const path = newFolder();
    await collect(makePolicy(), { steps: 5, checkpoints: { folder: path, every: 2 } });
    expect((await readdir(path)).toSorted()).toEqual(['checkpoint-000002', 'checkpoint-000004', 'checkpoint-000005']);
    expect(await findCheckpoint(path, 3)).toEqual({ folder: join(path, 'checkpoint-000002'), step: 2 });
    expect(await findCheckpoint(path, 1)).toBeNull();
    expect(await findCheckpoint(join(path, 'nowhere'), 9)).toBeNull();
  });

  it('never appear half: what a killed run left is swept by the next one', async () => {
    const path = newFolder();
    const broken = {
      ...makePolicy(),
      save: async (to: string) => (await mkdir(to, { recursive: true })) && Promise.reject(new Error('killed')),
    };
    const checkpoints = { folder: path, every: 2 };
    await expect(collect(broken as TrainablePolicy, { checkpoints })).rejects.toThrow('killed');
    expect(await findCheckpoint(path, 9)).toBeNull();
    expect(await readdir(path)).toHaveLength(1);
    await collect(makePolicy(), { checkpoints });
    expect((await readdir(path)).toSorted()).toEqual(['checkpoint-000002', 'checkpoint-000004']);
  });

  it('newer than the store are refused', async () => {
    await expect(collect(makePolicy(), { policyStep: 1 })).rejects.toMatchObject({ code: 'bad-policy-step' });
    const store = memory();
    await collect(makePolicy(), { steps: 2, store });
    await expect(collect(makePolicy(), { store, policyStep: 2, overlap: true })).rejects.toMatchObject({
      code: 'bad-policy-step',
    });
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
