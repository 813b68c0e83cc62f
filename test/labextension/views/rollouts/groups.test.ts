import { expect, test } from 'vitest';
import { pickShown } from '../../../../labextension/src/views/comparison/pick-shown.ts';
import { groupItems } from '../../../../labextension/src/views/rollouts/groups.ts';
import { rolloutItems } from '../../../../labextension/src/views/rollouts/items.ts';
import { observationRow, problemRow, rolloutRow, rolloutsOf } from '../../rows.ts';

const reward = (total: number, masked = false) => ({ total, parts: {}, masked });

test('a group is one problem for one solver in one step; rollouts of no problem are in none', () => {
  const rows = [
    rolloutRow({ problem: 0, step: 0 }),
    rolloutRow({ problem: 1, step: 0 }),
    rolloutRow({ problem: 0, step: 0, sample: 1 }),
    rolloutRow({ problem: 0, step: 1 }),
    rolloutRow({ problem: 0, step: 0, solver: 'scip' }),
    rolloutRow({ problem: null }),
  ];
  const groups = groupItems(rolloutItems(rolloutsOf(rows, [problemRow('a'), problemRow('b')])));
  expect(groups.map(({ name, step, solver, items }) => [name, step, solver, items.length])).toEqual([
    ['a', 0, 'highs', 2],
    ['b', 0, 'highs', 1],
    ['a', 1, 'highs', 1],
    ['a', 0, 'scip', 1],
  ]);
});

test('mean and spread leave masked rollouts out; equal rewards have a spread of exactly 0', () => {
  const rows = [0.1, 0.1, 0.1].map((total, sample) => rolloutRow({ sample, reward: reward(total) }));
  const masked = rolloutRow({ sample: 3, reward: reward(9, true) });
  const [group] = groupItems(rolloutItems(rolloutsOf([...rows, masked])));
  expect(group).toMatchObject({ spread: 0, masked: 1 });
  expect(group?.mean).toBeCloseTo(0.1);
  const [empty] = groupItems(rolloutItems(rolloutsOf([masked])));
  expect(empty).toMatchObject({ mean: null, spread: null });
});

test('side by side stands a correct completion of each solver, else the best rewarded, else the first', () => {
  const wrong = observationRow({ verdict: 'wrong-objective' });
  const rows = [
    rolloutRow({ sample: 0, reward: reward(2), observation: wrong }),
    rolloutRow({ sample: 1, reward: reward(1) }),
    rolloutRow({ sample: 2, solver: 'scip', reward: reward(0.2), observation: wrong }),
    rolloutRow({ sample: 3, solver: 'scip', reward: reward(0.4), observation: wrong }),
    rolloutRow({ sample: 4, solver: 'copt', reward: null, observation: null }),
    rolloutRow({ sample: 5, solver: 'copt', reward: null, observation: null }),
  ];
  const shown = pickShown(rolloutItems(rolloutsOf(rows)));
  expect([...shown].map(([solver, { row }]) => [solver, row.sample])).toEqual([
    ['highs', 1],
    ['scip', 3],
    ['copt', 4],
  ]);
});
