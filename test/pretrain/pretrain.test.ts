import { expect, test } from 'vitest';
import { exampleOf } from '../../src/pretrain/corpus.ts';
import { type PretrainStep, pretrain } from '../../src/pretrain/pretrain.ts';
import { type Recipe, type Stage, TINY } from '../../src/pretrain/recipe.ts';
import type { TrainablePolicy, TrainingGroup, UpdateOptions } from '../../src/types.ts';

const [broad, slanted] = TINY.stages as readonly [Stage, Stage];
const recipe: Recipe = {
  ...TINY,
  stages: [
    { ...broad, steps: 6, batch: 4, warmUp: 2 },
    { ...slanted, steps: 2, batch: 3, warmUp: 1 },
  ],
};

/** Learns nothing and remembers what it was given. */
function createRecorder(): {
  policy: TrainablePolicy;
  updates: { groups: readonly TrainingGroup[]; options: UpdateOptions }[];
} {
  const updates: { groups: readonly TrainingGroup[]; options: UpdateOptions }[] = [];
  const policy: TrainablePolicy = {
    name: 'recorder',
    async *generate() {},
    completionOf: (text) => ({ text, tokenIds: [], logProbs: [], truncated: false }),
    update: async (groups, options) => {
      updates.push({ groups, options });
      return { loss: updates.length };
    },
    save: async () => {},
    close: async () => {},
  };
  return { policy, updates };
}

async function collect(steps: AsyncIterable<PretrainStep>): Promise<readonly PretrainStep[]> {
  const all: PretrainStep[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

test('every stage is stepped through, each batch from the stream, each completion in full', async () => {
  const { policy, updates } = createRecorder();
  const steps = await collect(pretrain(policy, recipe, { seed: 9 }));
  expect(steps.map(({ stage }) => stage)).toEqual([...Array(6).fill('broad'), ...Array(2).fill('slanted')]);
  expect(steps.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(steps.map(({ statistics }) => statistics['loss'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const { problem, solver, completion } = exampleOf(recipe, recipe.stages[0] as Stage, 9, 4 + 2);
  const group = updates[1]?.groups[2];
  expect(updates.map(({ groups }) => groups.length)).toEqual([4, 4, 4, 4, 4, 4, 3, 3]);
  expect(group?.prompt).toEqual({ problem, solver });
  expect(group?.samples).toEqual([{ completion: policy.completionOf(completion), advantage: 1 }]);
});

test("updates are supervised, with the stage's learning rate: up, then down, anew in each stage", async () => {
  const { policy, updates } = createRecorder();
  await collect(pretrain(policy, recipe));
  expect(updates.every(({ options }) => options.objective === 'sft')).toBe(true);
  const rates = updates.map(({ options }) => options.learningRate);
  expect(rates[0]).toBeCloseTo(broad.learningRate / 2, 6);
  expect(rates[1]).toBeCloseTo(broad.learningRate, 6);
  expect(rates[5]).toBeLessThan(rates[4] as number);
  expect(rates[6]).toBeCloseTo(slanted.learningRate, 6);
});

test('fewer steps shorten every stage alike; a signal stops before the next step', async () => {
  const { policy } = createRecorder();
  const steps = await collect(pretrain(policy, recipe, { steps: 4 }));
  expect(steps.map(({ stage }) => stage)).toEqual(['broad', 'broad', 'broad', 'slanted']);
  const controller = new AbortController();
  let count = 0;
  for await (const _ of pretrain(policy, recipe, { signal: controller.signal })) if (++count === 3) controller.abort();
  expect(count).toBe(3);
});
