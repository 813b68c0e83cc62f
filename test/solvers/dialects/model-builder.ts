import type { Feature, StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

const INFINITY = 'float("inf")';

function program(backend: string, { sense, variables, objective, offset, rows }: StandardProblem): string {
  return [
    'from ortools.linear_solver.python import model_builder',
    'm = model_builder.Model()',
    'v = []',
    ...variables.map(({ name, low = 0, high = Infinity, kind = 'continuous' }) => {
      const bounds = `${number(low, INFINITY)}, ${number(high, INFINITY)}`;
      return `v.append(m.new_var(${bounds}, ${kind === 'integer' ? 'True' : 'False'}, ${text(name)}))`;
    }),
    ...rows.map(({ name, terms, low = -Infinity, high = Infinity }) => {
      const sides = `lb=${number(low, INFINITY)}, ub=${number(high, INFINITY)}`;
      return `m.add_linear_constraint(${expression(terms)}, ${sides}, name=${text(name)})`;
    }),
    `m.${sense}(${expression(objective, [], offset)})`,
    `s = model_builder.Solver("${backend}")`,
    'status = s.solve(m)',
    'print(status, s.objective_value)',
  ].join('\n');
}

function large(backend: string, count: number): string {
  return [
    'from ortools.linear_solver.python import model_builder',
    'm = model_builder.Model()',
    `x = [m.new_bool_var("") for _ in range(${count})]`,
    `for i in range(0, ${count} - 1, 2):`,
    '    m.add(x[i] + x[i + 1] <= 1)',
    'm.maximize(sum(x))',
    `model_builder.Solver("${backend}").solve(m)`,
  ].join('\n');
}

const LINEAR_ONLY = {
  semicontinuous: 'model_builder has no semicontinuous variables',
  'quadratic objective': 'model_builder is linear',
  'quadratic objective with integers': 'model_builder is linear',
  'quadratic constraint': 'model_builder is linear',
} as const;

const backend = (name: string, unsupported: Partial<Record<Feature, string>> = {}): Dialect => ({
  solver: 'ortools',
  api: 'model_builder',
  backend: name,
  program: (problem) => program(name, problem),
  large: (count) => large(name, count),
  entryPoints: { call: 's.solve(m)', others: ['s.solve(model=m)', 'model_builder.Solver.solve(s, m)'] },
  unsupported: { ...LINEAR_ONLY, ...unsupported },
});

export const modelBuilder: readonly Dialect[] = [
  backend('scip'),
  backend('highs'),
  backend('sat', {
    continuous: 'CP-SAT rounds continuous variables to integers',
    unbounded: 'CP-SAT bounds every variable',
    'unbounded integers': 'CP-SAT bounds every variable',
  }),
  backend('glop', { integer: 'GLOP is for linear programs' }),
];
