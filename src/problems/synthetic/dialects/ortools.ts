/** OR-Tools through pywraplp with its SCIP backend, the one backend that tells infeasible from unbounded for LP and MIP. */

import type { Dialect } from '../dialect.ts';

export const ortools: Dialect = {
  solver: 'ortools',
  head: ['from ortools.linear_solver import pywraplp', 'm = pywraplp.Solver.CreateSolver("SCIP")'],
  settle: [],
  variable(name, { kind, lower, upper }) {
    if (kind === 'binary') return `${name} = m.BoolVar("${name}")`;
    return `${name} = m.${kind === 'integer' ? 'Int' : 'Num'}Var(${lower}, ${upper ?? 'm.infinity()'}, "${name}")`;
  },
  constraint: (relation) => `m.Add(${relation})`,
  solve: (sense, objective) => [`m.${sense === 'maximize' ? 'Maximize' : 'Minimize'}(${objective})`, 'status = m.Solve()'],
  report: 'print(status, m.Objective().Value())',
};
