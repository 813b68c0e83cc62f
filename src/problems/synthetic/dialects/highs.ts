/** highspy. An unbounded integer model ends as `kUnboundedOrInfeasible` unless presolve is off. */

import { boundsOf, type Dialect, keywords } from '../dialect.ts';

const METHODS = { continuous: 'addVariable', integer: 'addIntegral', binary: 'addBinary' } as const;

export const highs: Dialect = {
  solver: 'highs',
  head: ['import highspy', 'm = highspy.Highs()'],
  settle: ['m.setOptionValue("presolve", "off")'],
  variable: (name, variable) => `${name} = m.${METHODS[variable.kind]}(${keywords(boundsOf(variable))})`,
  constraint: (relation) => `m.addConstr(${relation})`,
  solve: (sense, objective) => [`m.${sense}(${objective})`],
  report: 'print(m.getModelStatus(), m.getObjectiveValue())',
};
