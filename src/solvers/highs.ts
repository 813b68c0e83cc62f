import type { Solver } from './solver.ts';

/** Words of `Highs.modelStatusToString`. */
const highspy = {
  Optimal: 'optimal',
  Infeasible: 'infeasible',
  Unbounded: 'unbounded',
  'Primal infeasible or unbounded': 'infeasible-or-unbounded',
  // An empty model has the optimum 0.
  Empty: 'optimal',
  'Time limit reached': 'limit',
  'Iteration limit reached': 'limit',
  'Solution limit reached': 'limit',
  'Bound on objective reached': 'limit',
  'Target for objective reached': 'limit',
  'Interrupted by user': 'limit',
  Unknown: 'error',
  'Not Set': 'error',
} as const;

export const highs: Solver = {
  name: 'highs',
  title: 'HiGHS',
  distribution: 'highspy',
  modules: ['highspy'],
  apis: { highspy },
  licence: { kind: 'open', limits: {}, refusal: null, files: [], network: null },
  promptHint:
    'Use highspy: `import highspy`; h = highspy.Highs(); x = h.addVariable(lb=…, ub=…), h.addIntegral(…) or ' +
    'h.addBinary(); h.addConstr(expression); h.maximize(expression) or h.minimize(expression); print ' +
    'h.getObjectiveValue() when h.getModelStatus() == highspy.HighsModelStatus.kOptimal.',
};
