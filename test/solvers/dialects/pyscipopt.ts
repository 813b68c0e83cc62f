import type { StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

export const pyscipopt: Dialect = {
  solver: 'scip',
  api: 'pyscipopt',
  program: ({ sense, variables, objective, offset, rows }: StandardProblem): string =>
    [
      'from pyscipopt import Model',
      'm = Model()',
      'v = []',
      ...variables.map(({ name, low = 0, high = Infinity, kind = 'continuous' }) => {
        const bounds = `lb=${number(low, 'm.infinity()')}, ub=${number(high, 'm.infinity()')}`;
        return `v.append(m.addVar(${text(name)}, vtype="${kind === 'integer' ? 'I' : 'C'}", ${bounds}))`;
      }),
      ...rows.map(({ name, terms, products, low = -Infinity, high = Infinity }) => {
        const left = expression(terms, products);
        if (low === high) return `m.addCons(${left} == ${low}, ${text(name)})`;
        if (low === -Infinity) return `m.addCons(${left} <= ${high}, ${text(name)})`;
        if (high === Infinity) return `m.addCons(${left} >= ${low}, ${text(name)})`;
        return `m.addCons(${low} <= (${left} <= ${high}), ${text(name)})`;
      }),
      `m.setObjective(${expression(objective, [], offset).replace(/^0$/, '0 * v[0]')}, "${sense}")`,
      'm.optimize()',
      'print(m.getStatus(), m.getObjVal() if m.getNSols() else None)',
    ].join('\n'),
  large: (count: number): string =>
    [
      'from pyscipopt import Model, quicksum',
      'm = Model()',
      `x = [m.addVar(vtype="B") for _ in range(${count})]`,
      `for i in range(0, ${count} - 1, 2):`,
      '    m.addCons(x[i] + x[i + 1] <= 1)',
      'm.setObjective(quicksum(x), "maximize")',
      'm.optimize()',
    ].join('\n'),
  entryPoints: { call: 'm.optimize()', others: ['m.optimizeNogil()', 'm.solveConcurrent()', 'Model.optimize(m)'] },
  unsupported: {
    semicontinuous: 'PySCIPOpt has no semicontinuous variables',
    'quadratic objective': 'SCIP wants a linear objective; the square goes into a constraint',
    'quadratic objective with integers': 'SCIP wants a linear objective; the square goes into a constraint',
  },
};
