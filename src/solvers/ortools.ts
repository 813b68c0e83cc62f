import type { Solver } from './solver.ts';

/** `pywraplp.Solver` result codes. INFEASIBLE is also what it makes of a backend's "infeasible or unbounded". */
const pywraplp = {
  '0': 'optimal',
  '1': 'feasible',
  '2': 'infeasible-or-unbounded',
  '3': 'unbounded',
  '4': 'error', // abnormal
  '5': 'error', // invalid model
  '6': 'limit', // not solved
} as const;

/** `CpSolverStatus` names. */
const cp_model = {
  OPTIMAL: 'optimal',
  FEASIBLE: 'feasible',
  INFEASIBLE: 'infeasible',
  MODEL_INVALID: 'error',
  UNKNOWN: 'limit',
} as const;

/** `TerminationReason` names. */
const mathopt = {
  OPTIMAL: 'optimal',
  INFEASIBLE: 'infeasible',
  UNBOUNDED: 'unbounded',
  INFEASIBLE_OR_UNBOUNDED: 'infeasible-or-unbounded',
  IMPRECISE: 'feasible',
  FEASIBLE: 'feasible',
  NO_SOLUTION_FOUND: 'limit',
  NUMERICAL_ERROR: 'error',
  OTHER_ERROR: 'error',
} as const;

/** `SolveStatus` names of model_builder; INFEASIBLE as in pywraplp. */
const model_builder = {
  OPTIMAL: 'optimal',
  FEASIBLE: 'feasible',
  INFEASIBLE: 'infeasible-or-unbounded',
  UNBOUNDED: 'unbounded',
  ABNORMAL: 'error',
  NOT_SOLVED: 'limit',
  MODEL_INVALID: 'error',
} as const;

export const ortools: Solver = {
  name: 'ortools',
  title: 'OR-Tools',
  distribution: 'ortools',
  modules: ['ortools'],
  apis: { pywraplp, cp_model, mathopt, model_builder },
  licence: { kind: 'open', limits: {}, refusal: null, files: [], network: null },
  promptHint:
    'Use OR-Tools: `from ortools.linear_solver import pywraplp`; solver = pywraplp.Solver.CreateSolver("SCIP"); ' +
    'NumVar/IntVar/BoolVar, Add, Maximize or Minimize, Solve(), and print solver.Objective().Value() when the result ' +
    'is pywraplp.Solver.OPTIMAL. For pure integer problems `from ortools.sat.python import cp_model` works too.',
};
