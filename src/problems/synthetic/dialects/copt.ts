/** coptpy. An unbounded integer model ends as `INF_OR_UNB`, and no parameter of COPT 8.0 settles it. */

import { boundsOf, type Dialect, keywords } from '../dialect.ts';

const KINDS = { continuous: null, integer: 'COPT.INTEGER', binary: 'COPT.BINARY' } as const;

export const copt: Dialect = {
  solver: 'copt',
  head: ['import coptpy as cp', 'from coptpy import COPT', 'm = cp.Envr().createModel()'],
  settle: [],
  variable: (name, variable) =>
    `${name} = m.addVar(${keywords({ ...boundsOf(variable), vtype: KINDS[variable.kind] })})`,
  constraint: (relation) => `m.addConstr(${relation})`,
  solve: (sense, objective) => [`m.setObjective(${objective}, COPT.${sense.toUpperCase()})`, 'm.solve()'],
  report: 'print(m.status, m.objval)',
};
