import type { Solver } from './solver.ts';

/** Codes of `GRB.Status`. */
const gurobipy = {
  '2': 'optimal',
  '3': 'infeasible',
  '4': 'infeasible-or-unbounded',
  '5': 'unbounded',
  '6': 'limit', // objective cutoff
  '7': 'limit', // iterations
  '8': 'limit', // nodes
  '9': 'limit', // time
  '10': 'limit', // solutions
  '11': 'limit', // interrupted
  '12': 'error', // numerical trouble
  '13': 'feasible', // suboptimal
  '15': 'limit', // objective reached
  '16': 'limit', // work
  '17': 'limit', // memory
} as const;

export const gurobi: Solver = {
  name: 'gurobi',
  title: 'Gurobi',
  distribution: 'gurobipy',
  modules: ['gurobipy'],
  apis: { gurobipy },
  licence: {
    kind: 'size-limited',
    limits: { variables: 2000, constraints: 2000, quadraticVariables: 200 },
    refusal: /too large for size-limited license|no Gurobi license|license (expired|not valid)/i,
    files: [{ variable: 'GRB_LICENSE_FILE', names: ['gurobi.lic'] }],
    network:
      /^\s*(TOKENSERVER|WLSACCESSID|WLSSECRET|WLSTOKEN|CLOUDACCESSID|CLOUDKEY|COMPUTESERVER|CSAPISECRET|CSMANAGER)\s*=/im,
  },
  promptHint:
    'Use gurobipy: `import gurobipy as gp; from gurobipy import GRB`. Build a gp.Model, addVar/addVars with vtype, ' +
    'addConstr/addConstrs, setObjective(expression, GRB.MAXIMIZE or GRB.MINIMIZE), call optimize() and print ' +
    'model.ObjVal when model.Status == GRB.OPTIMAL.',
};
