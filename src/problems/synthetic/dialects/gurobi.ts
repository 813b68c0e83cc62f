/**
 * gurobipy. Presolve may leave infeasible or unbounded open, which `DualReductions = 0` settles; with that alone an
 * unbounded integer model ends as `OPTIMAL` with objective inf (13.0), which `Heuristics = 0` prevents.
 */

import { boundsOf, type Dialect, keywords } from '../dialect.ts';

const KINDS = { continuous: null, integer: 'GRB.INTEGER', binary: 'GRB.BINARY' } as const;

export const gurobi: Dialect = {
  solver: 'gurobi',
  head: ['import gurobipy as gp', 'from gurobipy import GRB', 'm = gp.Model()'],
  settle: ['m.Params.DualReductions = 0', 'm.Params.Heuristics = 0'],
  variable: (name, variable) =>
    `${name} = m.addVar(${keywords({ ...boundsOf(variable), vtype: KINDS[variable.kind] })})`,
  constraint: (relation) => `m.addConstr(${relation})`,
  solve: (sense, objective) => [`m.setObjective(${objective}, GRB.${sense.toUpperCase()})`, 'm.optimize()'],
  report: 'print(m.Status, m.ObjVal if m.SolCount else None)',
};
