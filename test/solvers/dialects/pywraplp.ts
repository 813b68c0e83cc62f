import type { Feature, StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

function program(backend: string, { sense, variables, objective, offset, rows }: StandardProblem): string {
  return [
    'from ortools.linear_solver import pywraplp',
    `s = pywraplp.Solver.CreateSolver("${backend}")`,
    'v = []',
    ...variables.map(({ name, low = 0, high = Infinity, kind = 'continuous' }) => {
      const bounds = `${number(low, 's.infinity()')}, ${number(high, 's.infinity()')}`;
      return `v.append(s.${kind === 'integer' ? 'IntVar' : 'NumVar'}(${bounds}, ${text(name)}))`;
    }),
    ...rows.map(({ name, terms, low = -Infinity, high = Infinity }) => {
      const left = expression(terms);
      if (low === high) return `s.Add(${left} == ${low}, ${text(name)})`;
      if (low === -Infinity) return `s.Add(${left} <= ${high}, ${text(name)})`;
      if (high === Infinity) return `s.Add(${left} >= ${low}, ${text(name)})`;
      const coefficients = terms.map((coefficient, index) => `c.SetCoefficient(v[${index}], ${coefficient})`);
      return [`c = s.Constraint(${low}, ${high}, ${text(name)})`, ...coefficients].join('; ');
    }),
    `s.${sense === 'maximize' ? 'Maximize' : 'Minimize'}(${expression(objective, [], offset)})`,
    'status = s.Solve()',
    'print(status, s.Objective().Value())',
  ].join('\n');
}

function large(backend: string, count: number): string {
  return [
    'from ortools.linear_solver import pywraplp',
    `s = pywraplp.Solver.CreateSolver("${backend}")`,
    `x = [s.BoolVar("") for _ in range(${count})]`,
    `for i in range(0, ${count} - 1, 2):`,
    '    s.Add(x[i] + x[i + 1] <= 1)',
    's.Maximize(sum(x))',
    's.Solve()',
  ].join('\n');
}

const LINEAR_ONLY = {
  semicontinuous: 'pywraplp has no semicontinuous variables',
  'quadratic objective': 'pywraplp is linear',
  'quadratic objective with integers': 'pywraplp is linear',
  'quadratic constraint': 'pywraplp is linear',
} as const;

const backend = (name: string, unsupported: Partial<Record<Feature, string>> = {}): Dialect => ({
  solver: 'ortools',
  api: 'pywraplp',
  backend: name,
  program: (problem) => program(name, problem),
  large: (count) => large(name, count),
  entryPoints: { call: 's.Solve()', others: ['s.Solve(pywraplp.MPSolverParameters())', 'pywraplp.Solver.Solve(s)'] },
  unsupported: { ...LINEAR_ONLY, ...unsupported },
});

export const pywraplp: readonly Dialect[] = [
  backend('SCIP'),
  backend('CBC', { 'duplicate names': 'the CBC backend ends the process at a duplicate name' }),
  backend('HIGHS'),
  backend('SAT', {
    continuous: 'CP-SAT rounds continuous variables to integers',
    unbounded: 'CP-SAT bounds every variable',
    'unbounded integers': 'CP-SAT bounds every variable',
  }),
  backend('GLOP', { integer: 'GLOP is for linear programs' }),
  backend('CLP', { integer: 'CLP is for linear programs' }),
  backend('PDLP', {
    integer: 'PDLP is for linear programs',
    unbounded: 'PDLP gives up: it looks for a certificate of neither kind',
  }),
];
