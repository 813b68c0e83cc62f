import { expect, test } from 'vitest';
import { viewByShape } from '../../../kernel/views/recognise.ts';
import { expectSound, makeRollout, makeRollouts } from './fakes.ts';

const completion = { problem: makeRollout(0, 0).problem, solver: 'highs', sample: 0, ...makeRollout(0, 0).completion };

test.each([
  ['an observation', makeRollout(0, 0).observation, 'observation'],
  ['a rollout', makeRollout(0, 0), 'observation'],
  ['observations', [makeRollout(0, 0).observation], 'rollouts'],
  ['rollouts', makeRollouts(2, 2), 'rollouts'],
  ['a completion', completion, 'rollouts'],
])('%s is known by its shape', async (_, value, type) => {
  const bundle = await viewByShape(value);
  expect(Object.keys(bundle ?? {})).toContain(`application/vnd.evom.${type}.v1+json`);
  expectSound(bundle ?? {});
});

test.each([[null], [1], [[]], [{}], [[{}, makeRollout(0, 0)]], ['text'], [{ id: 1, solver: 2 }]])(
  '%j is not',
  async (value) => {
    expect(await viewByShape(value)).toBeNull();
  },
);
