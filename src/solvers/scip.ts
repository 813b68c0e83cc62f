import type { Solver } from './solver.ts';

/** Words of `Model.getStatus()`. */
const pyscipopt = {
  optimal: 'optimal',
  infeasible: 'infeasible',
  unbounded: 'unbounded',
  inforunbd: 'infeasible-or-unbounded',
  gaplimit: 'limit',
  timelimit: 'limit',
  memlimit: 'limit',
  nodelimit: 'limit',
  totalnodelimit: 'limit',
  stallnodelimit: 'limit',
  sollimit: 'limit',
  bestsollimit: 'limit',
  restartlimit: 'limit',
  primallimit: 'limit',
  duallimit: 'limit',
  userinterrupt: 'limit',
  terminate: 'limit',
  unknown: 'error',
} as const;

export const scip: Solver = {
  name: 'scip',
  title: 'SCIP',
  distribution: 'pyscipopt',
  modules: ['pyscipopt'],
  apis: { pyscipopt },
  licence: { kind: 'open', limits: {}, refusal: null, files: [], network: null },
  promptHint:
    'Use PySCIPOpt: `from pyscipopt import Model`. model.addVar(vtype="I", "B" or "C", lb=…, ub=…), addCons, ' +
    'setObjective(expression, "maximize" or "minimize"), call optimize() and print model.getObjVal() when ' +
    'model.getStatus() == "optimal".',
};
