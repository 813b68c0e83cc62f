import { expect, it } from 'vitest';
import { learningRateAt, SCHEDULE_NAMES } from '../../src/update/schedule.ts';
import { readReference } from './reference.ts';

const reference = readReference();

it.each(['linear', 'cosine'] as const)("%s decays as transformers' scheduler does", (name) => {
  for (let index = 4; index < 20; index++) {
    expect(learningRateAt(index, 1, { name, warmUp: 4, steps: 20 })).toBeCloseTo(reference[name][index]!, 12);
  }
});

it.each(SCHEDULE_NAMES)('%s warms up in equal parts, and no step has a learning rate of 0', (name) => {
  const rates = [0, 1, 2, 3].map((index) => learningRateAt(index, 2e-4, { name, warmUp: 4, steps: 20 }));
  for (const [index, rate] of rates.entries()) expect(rate).toBeCloseTo((2e-4 * (index + 1)) / 4, 15);
  for (let index = 0; index < 20; index++) {
    expect(learningRateAt(index, 1, { name, warmUp: 0, steps: 20 })).toBeGreaterThan(0);
  }
});

it('constant stays at the full rate, and warm-up may take all steps', () => {
  expect(learningRateAt(999, 1e-4, { name: 'constant', warmUp: 0, steps: 10 })).toBe(1e-4);
  expect(learningRateAt(9, 1, { name: 'cosine', warmUp: 10, steps: 10 })).toBe(1);
});

it('a decay is 0 after its last step', () => {
  expect(learningRateAt(20, 1, { name: 'linear', warmUp: 4, steps: 20 })).toBe(0);
  expect(learningRateAt(25, 1, { name: 'cosine', warmUp: 4, steps: 20 })).toBeCloseTo(0, 12);
});
