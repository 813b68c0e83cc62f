/** pyscipopt. Presolve may leave infeasible or unbounded open (`inforunbd`), which no presolving rounds settles. */

import { boundsOf, type Dialect, keywords } from '../dialect.ts';

const KINDS = { continuous: null, integer: '"I"', binary: '"B"' } as const;

export const scip: Dialect = {
  solver: 'scip',
  head: ['from pyscipopt import Model', 'm = Model()'],
  settle: ['m.setParam("presolving/maxrounds", 0)'],
  variable: (name, variable) =>
    `${name} = m.addVar(${keywords({ ...boundsOf(variable), vtype: KINDS[variable.kind] })})`,
  constraint: (relation) => `m.addCons(${relation})`,
  solve: (sense, objective) => [`m.setObjective(${objective}, "${sense}")`, 'm.optimize()'],
  report: 'print(m.getStatus(), m.getObjVal() if m.getNSols() else None)',
};
