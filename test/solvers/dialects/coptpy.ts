import type { StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

const KINDS = { continuous: 'CONTINUOUS', integer: 'INTEGER', semicontinuous: 'SEMICONTINUOUS' } as const;

export const coptpy: Dialect = {
  solver: 'copt',
  api: 'coptpy',
  program: ({ sense, variables, objective, products, offset, rows }: StandardProblem): string =>
    [
      'import coptpy as cp',
      'from coptpy import COPT',
      'm = cp.Envr().createModel("p")',
      'v = []',
      ...variables.map(
        ({ name, low = 0, high = Infinity, kind = 'continuous' }) =>
          `v.append(m.addVar(${number(low, 'COPT.INFINITY')}, ${number(high, 'COPT.INFINITY')}, vtype=COPT.${KINDS[kind]}, name=${text(name)}))`,
      ),
      ...rows.map(({ name, terms, products, low = -Infinity, high = Infinity }) => {
        const left = expression(terms, products);
        if (products) return `m.addQConstr(${left} <= ${high}, name=${text(name)})`;
        if (low === high) return `m.addConstr(${left} == ${low}, ${text(name)})`;
        if (low === -Infinity) return `m.addConstr(${left} <= ${high}, ${text(name)})`;
        if (high === Infinity) return `m.addConstr(${left} >= ${low}, ${text(name)})`;
        return `m.addBoundConstr(${left}, ${low}, ${high}, ${text(name)})`;
      }),
      `m.setObjective(${expression(objective, products, offset)}, COPT.${sense.toUpperCase()})`,
      'm.solve()',
      'print(m.status, m.objval if m.status == COPT.OPTIMAL else None)',
    ].join('\n'),
  large: (count: number): string =>
    [
      'import coptpy as cp',
      'from coptpy import COPT',
      'm = cp.Envr().createModel("p")',
      `x = m.addVars(${count}, vtype=COPT.BINARY)`,
      `m.addConstrs(x[i] + x[i + 1] <= 1 for i in range(0, ${count} - 1, 2))`,
      'm.setObjective(x.sum(), COPT.MAXIMIZE)',
      'm.solve()',
    ].join('\n'),
  entryPoints: { call: 'm.solve()', others: ['cp.Model.solve(m)', 'm.clone().solve()'] },
  unsupported: {
    semicontinuous: 'coptpy has no semicontinuous variables',
    'more than 2000 variables': 'the licence in the package ends at 2000 for models with integers',
  },
};
