import { expect, test } from 'vitest';
import { recipeProblems } from '../../src/pretrain/corpus.ts';
import { TINY } from '../../src/pretrain/recipe.ts';
import { writeTarget } from '../../src/pretrain/target.ts';
import type { Model } from '../../src/problems/synthetic/model.ts';
import { writeProgram } from '../../src/problems/synthetic/program.ts';
import { readCompletion } from '../../src/reward/format.ts';
import { SOLVER_NAMES } from '../../src/types.ts';

const vases: Model = {
  variables: [
    { label: 'vases', kind: 'integer', lower: 0, upper: null },
    { label: 'clocks', kind: 'integer', lower: 0, upper: null },
  ],
  objective: {
    sense: 'maximize',
    terms: [
      [9, 0],
      [34, 1],
    ],
    offset: 0,
  },
  constraints: [{ terms: [[6, 1]], relation: '<=', bound: 64 }],
};

test('a target is the formal statement and then the program, in the same words', () => {
  expect(writeTarget(vases, 'gurobi')).toBe(`<think>x1 = vases, x2 = clocks, integer
maximize 9*x1 + 34*x2
6*x2 <= 64</think><code>
import gurobipy as gp
from gurobipy import GRB
m = gp.Model()
x1 = m.addVar(vtype=GRB.INTEGER)
x2 = m.addVar(vtype=GRB.INTEGER)
m.addConstr(6*x2 <= 64)
m.setObjective(9*x1 + 34*x2, GRB.MAXIMIZE)
m.optimize()
print(m.Status, m.ObjVal if m.SolCount else None)
</code>`);
});

test("every target has the reward's format, and its program is the reference program", () => {
  for (const { model } of recipeProblems(TINY, { seed: 3, split: 'train', count: 100 })) {
    for (const solver of SOLVER_NAMES) {
      const { formatted, program } = readCompletion(writeTarget(model, solver));
      expect(formatted).toBe(true);
      expect(program).toBe(writeProgram(model, solver, { settlesStatus: false }).trimEnd());
    }
  }
});
