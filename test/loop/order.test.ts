import { describe, expect, it } from 'vitest';
import { furtherPrompts, promptsOfStep } from '../../src/loop/order.ts';
import { makeProblems } from './fakes.ts';

const ORDER = { problems: makeProblems(10), solvers: ['gurobi', 'ortools'], problemsPerStep: 4, seed: 1 } as const;
const ids = (prompts: readonly { readonly problem: { readonly id: string } }[]): string[] =>
  prompts.map(({ problem }) => problem.id);

describe('promptsOfStep', () => {
  it('is a function of seed and step', () => {
    expect(promptsOfStep(7, ORDER)).toEqual(promptsOfStep(7, ORDER));
    expect(ids(promptsOfStep(7, ORDER))).not.toEqual(ids(promptsOfStep(7, { ...ORDER, seed: 2 })));
    expect(ids(promptsOfStep(0, ORDER))).not.toEqual(ids(promptsOfStep(2, ORDER)));
  });

  it('meets no problem twice in an epoch, and every one in a few epochs', () => {
    for (let epoch = 0; epoch < 5; epoch++) {
      const met = [0, 1].flatMap((step) => ids(promptsOfStep(2 * epoch + step, ORDER)));
      expect(new Set(met).size).toBe(8);
    }
    const all = Array.from({ length: 10 }, (_, step) => ids(promptsOfStep(step, ORDER))).flat();
    expect(new Set(all).size).toBe(10);
  });

  it('lets the solvers take turns: half of each step, and both for a problem in time', () => {
    const seen = new Set<string>();
    for (let step = 0; step < 40; step++) {
      const prompts = promptsOfStep(step, ORDER);
      expect(prompts.filter(({ solver }) => solver === 'gurobi')).toHaveLength(2);
      for (const { problem, solver } of prompts) seen.add(`${problem.id} ${solver}`);
    }
    expect(seen.size).toBe(20);
  });

  it('takes all problems where there are fewer than a step wants', () => {
    const few = { ...ORDER, problems: makeProblems(3) };
    for (const step of [0, 1, 2]) expect(ids(promptsOfStep(step, few)).toSorted()).toEqual(['p0', 'p1', 'p2']);
  });
});

describe('furtherPrompts', () => {
  it('are the problems that the step has not taken, in an order of its own', () => {
    const taken = ids(promptsOfStep(3, ORDER));
    const further = ids(furtherPrompts(3, ORDER));
    expect([...taken, ...further].toSorted()).toEqual(ids(ORDER.problems.map((problem) => ({ problem }))).toSorted());
    expect(further).toEqual(ids(furtherPrompts(3, ORDER)));
    expect(further).not.toEqual(further.toSorted());
  });
});
