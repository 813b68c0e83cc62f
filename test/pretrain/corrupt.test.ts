import { expect, test } from 'vitest';
import { recipeProblems } from '../../src/pretrain/corpus.ts';
import { corrupt, MISTAKES, type Mistake } from '../../src/pretrain/corrupt.ts';
import { TINY } from '../../src/pretrain/recipe.ts';
import type { Constraint, Model } from '../../src/problems/synthetic/model.ts';
import { keyOf } from '../../src/random.ts';
import { highsOptimum } from '../problems/synthetic/highs-optimum.ts';

const ratio: Constraint = {
  terms: [
    [-3, 0],
    [1, 1],
  ],
  relation: '>=',
  bound: 0,
};
const model: Model = {
  variables: [
    { label: 'gold', kind: 'integer', lower: 0, upper: 5 },
    { label: 'oil', kind: 'binary', lower: 0, upper: 1 },
  ],
  objective: {
    sense: 'maximize',
    terms: [
      [2, 0],
      [5, 1],
    ],
    offset: 0,
  },
  constraints: [ratio, { terms: [[1, 0]], relation: '<=', bound: 40 }],
};
const only = (mistake: Mistake, of: Model = model): Model => corrupt(of, { [mistake]: 1 }, keyOf(1)).model;

test('integers become continuous within their bounds, binaries integers without an upper bound', () => {
  expect(only('domain').variables).toEqual([
    { label: 'gold', kind: 'continuous', lower: 0, upper: 5 },
    { label: 'oil', kind: 'integer', lower: 0, upper: null },
  ]);
});

test('the last constraint is forgotten, never the only one', () => {
  expect(only('constraint').constraints).toEqual([ratio]);
  const single = { ...model, constraints: [ratio] };
  expect(corrupt(single, { constraint: 1 }, keyOf(1))).toEqual({ model: single, mistakes: [] });
});

test('a ratio is read backwards', () => {
  const turned: Constraint = {
    ...ratio,
    terms: [
      [1, 0],
      [-3, 1],
    ],
  };
  expect(only('ratio').constraints).toEqual([turned, model.constraints[1]]);
});

test('sense, one relation or one number changes, and nothing else', () => {
  expect(only('sense')).toEqual({ ...model, objective: { ...model.objective, sense: 'minimize' } });
  const relations = only('relation').constraints.map(({ relation }) => relation);
  expect([
    ['<=', '<='],
    ['>=', '>='],
  ]).toContainEqual(relations);
  const numbers = ({ objective, constraints }: Model): readonly number[] =>
    [...objective.terms, ...constraints.flatMap(({ terms, bound }) => [...terms, [bound, 0] as const])].map(
      ([number]) => number,
    );
  const before = numbers(model);
  const changed = numbers(only('number')).filter((number, index) => number !== before[index]);
  expect(changed.length).toBe(1);
});

test('no rate, no mistake; the key decides, and the model itself is left alone', () => {
  const copy = structuredClone(model);
  expect(corrupt(model, {}, keyOf(3))).toEqual({ model: copy, mistakes: [] });
  const rates = Object.fromEntries(MISTAKES.map((mistake) => [mistake, 0.5]));
  expect(corrupt(model, rates, keyOf(4))).toEqual(corrupt(model, rates, keyOf(4)));
  expect(model).toEqual(copy);
});

test.each([
  ['domain', 'product-mix', 0.6],
  ['domain', 'fleet', 0.6],
  ['domain', 'knapsack', 0.6],
  ['constraint', 'diet', 0.3],
  ['ratio', 'investment', 0.6],
] as const)('the mistake %s changes optima of %s: a share of %d at least', async (mistake, family, share) => {
  const problems = recipeProblems(TINY, { seed: 2, split: 'train', count: 400 })
    .filter((problem) => problem.family === family)
    .map((problem) => ({ problem, corrupted: corrupt(problem.model, { [mistake]: 1 }, keyOf(0)) }))
    .filter(({ corrupted }) => corrupted.mistakes.length > 0);
  const optima = await Promise.all(problems.map(({ corrupted }) => highsOptimum(corrupted.model)));
  const wrong = problems.filter(({ problem }, index) => {
    const optimum = optima[index];
    return (
      typeof optimum !== 'number' ||
      Math.abs(optimum - Number(problem.answer)) > 1e-4 * Math.abs(Number(problem.answer))
    );
  });
  expect(problems.length).toBeGreaterThan(10);
  expect(wrong.length / problems.length).toBeGreaterThan(share);
});
