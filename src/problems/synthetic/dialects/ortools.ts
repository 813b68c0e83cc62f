/**
 * OR-Tools through pywraplp with its SCIP backend, the one backend that can tell infeasible from unbounded for LP and
 * MIP. Where SCIP's presolve leaves it open, pywraplp 9.15 says `INFEASIBLE`, also of unbounded models; no presolving
 * rounds prevents that.
 */

import type { Dialect } from '../dialect.ts';

export const ortools: Dialect = {
  solver: 'ortools',
  head: ['from ortools.linear_solver import pywraplp', 'm = pywraplp.Solver.CreateSolver("SCIP")'],
  settle: ['m.SetSolverSpecificParametersAsString("presolving/maxrounds = 0")'],
  variable(name, { kind, lower, upper }) {
    if (kind === 'binary') return `${name} = m.BoolVar("${name}")`;
    return `${name} = m.${kind === 'integer' ? 'Int' : 'Num'}Var(${lower}, ${upper ?? 'm.infinity()'}, "${name}")`;
  },
  constraint: (relation) => `m.Add(${relation})`,
  solve: (sense, objective) => [
    `m.${sense === 'maximize' ? 'Maximize' : 'Minimize'}(${objective})`,
    'status = m.Solve()',
  ],
  report: 'print(status, m.Objective().Value())',
};
