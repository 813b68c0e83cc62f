import { expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { DESCRIPTION, sampleStep } from './sample-step.ts';
import { testRunStore } from './store-conformance.ts';

testRunStore('createMemoryStore', async () => createMemoryStore(DESCRIPTION));

it('a later change to a step that was appended, or read, does not show', async () => {
  const store = createMemoryStore(DESCRIPTION);
  const step = structuredClone(sampleStep(0, 1)) as unknown as {
    index: number;
    rollouts: { problem: { text: string } }[];
  };
  await store.append(step as never);
  step.rollouts[0]!.problem.text = 'changed';
  const read = (await store.read(0)) as unknown as typeof step;
  read.rollouts.length = 0;
  expect(await store.read(0)).toStrictEqual(sampleStep(0, 1));
});
