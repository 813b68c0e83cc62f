import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCheckpoint } from '../../src/loop/checkpoints.ts';
import { train } from '../../src/loop.ts';
import { openScriptedPolicy } from '../../src/policy/scripted.ts';
import { createRunFolder, openRunFolder } from '../../src/store/run-folder.ts';
import type { TrainablePolicy } from '../../src/types.ts';
import { DESCRIPTION } from '../store/sample-step.ts';
import { makePolicy, makeRunner, programOf, timeless } from './fakes.ts';
import { collect, freshFolders, memory, SMALL, watched } from './small-run.ts';

const newFolder = freshFolders();

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
