import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { train } from '../../src/loop.ts';
import { createScriptedPolicy } from '../../src/policy/scripted.ts';
import { createWorkbench, type Workbench } from '../../src/workbench/workbench.ts';
import { timeless } from '../loop/fakes.ts';
import { makeVerifier } from './fake-verifier.ts';
import { collect, newFolder, openBench, roll, SET } from './open-bench.ts';

describe('train', () => {
  const CALL = { solver: 'highs', steps: 4, samples: 4, problemsPerStep: 4, checkpointEvery: 2 } as const;
  const numbers = ({ steps }: Awaited<ReturnType<Workbench['train']>>) =>
    steps.map(({ index, statistics }) => timeless({ index, statistics, rollouts: [] }));

  it('is the loop, kept in a folder below `runs`; the policy has its weights afterwards', async () => {
    const bench = await openBench();
    const seen: number[] = [];
    const training = await bench.train({ ...CALL, run: 'a', onStep: ({ index }) => seen.push(index) });
    const options = { ...CALL, problems: SET.problems, solvers: ['highs'], verifier: makeVerifier(SET) } as const;
    const policy = createScriptedPolicy();
    const steps = await collect(train(policy, options));
    expect(numbers(training)).toEqual(steps.map((step) => timeless({ ...step, rollouts: [] })));
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(readdirSync(training.folder)).toContain('checkpoint-000004');
    const prompts = SET.problems.map((problem) => ({ problem, solver: 'highs' as const }));
    const own = await collect(policy.generate(prompts, { samples: 1, seed: 9 }));
    expect((await bench.generate({ samples: 1, seed: 9 })).map(({ text }) => text)).toEqual(
      own.map(({ completion }) => completion.text),
    );
  });

  it('tells where it is kept, and waits between two steps but not after the last', async () => {
    const bench = await openBench();
    const told: string[] = [];
    const { folder } = await bench.train({
      ...CALL,
      steps: 3,
      run: 'b',
      onOpen: (opened) => told.push(`${opened.run} ${opened.folder}`),
      onStep: ({ index }) => told.push(`step ${index}`),
      betweenSteps: async () => void told.push('wait'),
    });
    expect(told).toEqual([`b ${folder}`, 'step 0', 'wait', 'step 1', 'wait', 'step 2']);
  });

  it('called again in a new session tells the same numbers and verifies nothing again', async () => {
    const runs = newFolder();
    const first = await openBench({ runs });
    const training = await first.train(CALL);
    const after = await first.generate({ samples: 2 });
    const verifier = makeVerifier(SET);
    const bench = createWorkbench({ runs, verifier });
    await bench.problems('synthetic:3:12');
    await bench.policy('scripted');
    const again = await bench.train(CALL);
    expect(again).toEqual({ ...training, stored: 4 });
    expect(verifier.seen).toEqual([]);
    expect(await bench.generate({ samples: 2 })).toEqual(after);
  });

  it('interrupted at any moment goes on by the same call as if it had not been, also in a new session', async () => {
    const whole = await openBench();
    const expected = numbers(await whole.train(CALL));
    const written = await whole.generate({ samples: 2 });
    for (const moment of [0, 5, 17, 30, 45, 60]) {
      for (const isNewSession of [false, true]) {
        const runs = newFolder();
        const controller = new AbortController();
        let programs = 0;
        const delay = async (): Promise<void> => {
          if (programs++ === moment * 0.7) controller.abort(new Error('stop here'));
        };
        const first = await openBench({ runs, delay });
        const told: number[] = [];
        const onProgress = () => {
          if (told.push(1) === moment) controller.abort(new Error('stop here'));
        };
        await first.train({ ...CALL, signal: controller.signal, onProgress }).catch(() => {});
        const bench = isNewSession ? await openBench({ runs }) : first;
        expect(numbers(await bench.train(CALL))).toEqual(expected);
        expect(readdirSync(runs)).toHaveLength(1);
        expect(await bench.generate({ samples: 2 })).toEqual(written);
      }
    }
  });

  it('begins with the weights that updates by hand gave, and goes on with them in a new session', async () => {
    const byHand = async (runs: string): Promise<Workbench> => {
      const bench = await openBench({ runs });
      await roll(bench);
      await bench.update({ learningRate: 5e-4 });
      return bench;
    };
    const expected = numbers(await (await byHand(newFolder())).train({ ...CALL, run: 'a' }));
    expect(expected).not.toEqual(numbers(await (await openBench()).train({ ...CALL, run: 'a' })));
    const runs = newFolder();
    const controller = new AbortController();
    const interrupted = { ...CALL, run: 'a', signal: controller.signal };
    const first = (await byHand(runs)).train({ ...interrupted, onStep: () => controller.abort(new Error('stop')) });
    await expect(first).rejects.toThrow('stop');
    expect(numbers(await (await byHand(runs)).train({ ...CALL, run: 'a' }))).toEqual(expected);
    // The base never was this run's beginning.
    await expect((await openBench({ runs })).train({ ...CALL, run: 'a' })).rejects.toMatchObject({
      code: 'other-weights',
    });
    expect(numbers(await (await byHand(runs)).train({ ...CALL, run: 'a' }))).toEqual(expected);
  });

  it('may be made longer and told in part, and is chosen by its name', async () => {
    const runs = newFolder();
    const bench = await openBench({ runs });
    const six = numbers(await (await openBench()).train({ ...CALL, steps: 6, run: 'a' }));
    expect(numbers(await bench.train({ ...CALL, run: 'a' }))).toEqual(six.slice(0, 4));
    expect(numbers(await bench.train({ ...CALL, steps: 2, run: 'a' }))).toEqual(six.slice(0, 2));
    await bench.policy('a');
    expect(numbers(await bench.train({ ...CALL, steps: 6, run: 'a' }))).toEqual(six);
  });

  it('without a name trains on from the weights it has, in a run of its own', async () => {
    const bench = await openBench();
    const first = await bench.train(CALL);
    const second = await bench.train(CALL);
    expect(second.run).not.toBe(first.run);
    expect(second.stored).toBe(0);
  });

  it('is refused in a folder of another run, naming what differs', async () => {
    const runs = newFolder();
    await (await openBench({ runs })).train({ ...CALL, run: 'a' });
    const other = (call: object) => openBench({ runs }).then((bench) => bench.train({ ...CALL, run: 'a', ...call }));
    await expect(other({ seed: 1 })).rejects.toThrow(/Expected `seed` to be 0, as the run began, got `1`/);
    await expect(other({ solver: 'scip' })).rejects.toMatchObject({ code: 'other-run' });
    const bench = await openBench({ runs });
    await bench.problems('synthetic:3:12', { limit: 5 });
    await expect(bench.train({ ...CALL, run: 'a' })).rejects.toMatchObject({ code: 'other-problems' });
  });

  it('learns by a reward of one’s own, which is part of what the run is', async () => {
    const bench = await openBench();
    await roll(bench);
    await bench.reward({ name: 'nothing', function: () => ({ parts: {}, total: 0, masked: false }) });
    const training = await bench.train({ ...CALL, run: 'a', reward: 'nothing' });
    expect(training.steps.map(({ statistics }) => statistics['rewardMean'])).toEqual([0, 0, 0, 0]);
    await bench.policy('scripted');
    await expect(bench.train({ ...CALL, run: 'a' })).rejects.toThrow(/Expected `rewardFunction` to be "nothing \w+"/);
    await expect(bench.train({ ...CALL, reward: 'unknown' })).rejects.toMatchObject({ code: 'unknown-reward' });
  });
});
