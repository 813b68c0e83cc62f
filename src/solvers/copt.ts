import type { Solver } from './solver.ts';

/** Codes of `COPT`'s status constants. */
const coptpy = {
  '0': 'error', // not started
  '1': 'optimal',
  '2': 'infeasible',
  '3': 'unbounded',
  '4': 'infeasible-or-unbounded',
  '5': 'error', // numerical trouble
  '6': 'limit', // nodes
  '7': 'feasible', // imprecise
  '8': 'limit', // time
  '9': 'limit', // unfinished
  '10': 'limit', // interrupted
  '11': 'limit', // iterations
} as const;

export const copt: Solver = {
  name: 'copt',
  title: 'COPT',
  distribution: 'coptpy',
  modules: ['coptpy'],
  apis: { coptpy },
  licence: {
    kind: 'size-limited',
    limits: { variables: 2000, constraints: 2000, linearVariables: 10_000 },
    refusal: /\(LICENSE\)|license/i,
    files: [{ variable: 'COPT_LICENSE_DIR', names: ['license.dat', 'license.key', 'client.ini'] }],
    network: /^\s*\[?(Client|WebServer|WebLicenseId|WebAccessKey|Host|Server)\b/im,
  },
  promptHint:
    'Use coptpy: `import coptpy as cp; from coptpy import COPT`. env = cp.Envr(); model = env.createModel(); addVar ' +
    'with vtype=COPT.INTEGER, COPT.BINARY or COPT.CONTINUOUS, addConstr, setObjective(expression, ' +
    'sense=COPT.MAXIMIZE or COPT.MINIMIZE), call solve() and print model.objval when model.status == COPT.OPTIMAL.',
};
