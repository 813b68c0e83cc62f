import type { StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

const KINDS = { continuous: 'C', integer: 'I', semicontinuous: 'S' } as const;

export const gurobipy: Dialect = {
  solver: 'gurobi',
  api: 'gurobipy',
  program: ({ sense, variables, objective, products, offset, rows }: StandardProblem): string =>
    [
      'import gurobipy as gp',
      'm = gp.Model()',
      'v = []',
      ...variables.map(
        ({ name, low = 0, high = Infinity, kind = 'continuous' }) =>
          `v.append(m.addVar(${number(low, 'gp.GRB.INFINITY')}, ${number(high, 'gp.GRB.INFINITY')}, vtype="${KINDS[kind]}", name=${text(name)}))`,
      ),
      ...rows.map(({ name, terms, products, low = -Infinity, high = Infinity }) => {
        const left = expression(terms, products);
        if (low === high) return `m.addConstr(${left} == ${low}, ${text(name)})`;
        if (low === -Infinity) return `m.addConstr(${left} <= ${high}, ${text(name)})`;
        if (high === Infinity) return `m.addConstr(${left} >= ${low}, ${text(name)})`;
        return `m.addRange(${left}, ${low}, ${high}, ${text(name)})`;
      }),
      `m.setObjective(${expression(objective, products, offset)}, gp.GRB.${sense.toUpperCase()})`,
      'm.optimize()',
      'print(m.Status, m.ObjVal if m.SolCount else None)',
    ].join('\n'),
  large: (count: number): string =>
    [
      'import gurobipy as gp',
      'm = gp.Model()',
      `x = m.addVars(${count}, vtype="B")`,
      `m.addConstrs(x[i] + x[i + 1] <= 1 for i in range(0, ${count} - 1, 2))`,
      'm.setObjective(x.sum(), gp.GRB.MAXIMIZE)',
      'm.optimize()',
    ].join('\n'),
  entryPoints: {
    call: 'm.optimize()',
    others: ['m.optimizeAsync(); m.sync()', 'gp.Model.optimize(m)', 'm.update(); m.copy().optimize()'],
  },
  unsupported: { 'more than 2000 variables': 'the licence in the package ends at 2000' },
};
