import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { TrainablePolicy } from '../../src/types.ts';
import { makePolicy, makeProblems } from './fakes.ts';
import { collect, freshFolders, memory, PROBLEMS } from './small-run.ts';

const newFolder = freshFolders();

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
