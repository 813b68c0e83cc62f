import type { Feature, StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

const INFINITY = 'float("inf")';

function program(backend: string, { sense, variables, objective, products, offset, rows }: StandardProblem): string {
  return [
    'from ortools.math_opt.python import mathopt',
    'm = mathopt.Model()',
    'v = []',
    ...variables.map(({ name, low = 0, high = Infinity, kind = 'continuous' }) => {
      const bounds = `lb=${number(low, INFINITY)}, ub=${number(high, INFINITY)}`;
      return `v.append(m.add_variable(${bounds}, is_integer=${kind === 'integer' ? 'True' : 'False'}, name=${text(name)}))`;
    }),
    ...rows.map(({ name, terms, products, low = -Infinity, high = Infinity }) => {
      const call = products ? 'add_quadratic_constraint' : 'add_linear_constraint';
      const sides = `lb=${number(low, INFINITY)}, ub=${number(high, INFINITY)}`;
      return `m.${call}(${sides}, expr=${expression(terms, products)}, name=${text(name)})`;
    }),
    `m.${sense}(${expression(objective, products, offset)})`,
    `result = mathopt.solve(m, mathopt.SolverType.${backend})`,
    'print(result.termination.reason, result.objective_value() if result.has_primal_feasible_solution() else None)',
  ].join('\n');
}

function large(backend: string, count: number): string {
  return [
    'from ortools.math_opt.python import mathopt',
    'm = mathopt.Model()',
    `x = [m.add_binary_variable() for _ in range(${count})]`,
    `for i in range(0, ${count} - 1, 2):`,
    '    m.add_linear_constraint(x[i] + x[i + 1] <= 1)',
    'm.maximize(mathopt.fast_sum(x))',
    `mathopt.solve(m, mathopt.SolverType.${backend})`,
  ].join('\n');
}

const NOT_QUADRATIC = (name: string) => ({
  'quadratic objective': `MathOpt's ${name} backend is linear`,
  'quadratic objective with integers': `MathOpt's ${name} backend is linear`,
  'quadratic constraint': `MathOpt's ${name} backend is linear`,
});

const backend = (name: string, unsupported: Partial<Record<Feature, string>> = {}): Dialect => ({
  solver: 'ortools',
  api: 'mathopt',
  backend: name,
  program: (problem) => program(name, problem),
  large: (count) => large(name, count),
  entryPoints: {
    call: `mathopt.solve(m, mathopt.SolverType.${name})`,
    others: [
      `mathopt.solve(opt_model=m, solver_type=mathopt.SolverType.${name})`,
      `mathopt.solve(m, mathopt.SolverType.${name}, params=mathopt.SolveParameters(enable_output=True))`,
      `__import__("ortools.math_opt.python.solve", fromlist=["solve"]).solve(m, mathopt.SolverType.${name})`,
      `mathopt.IncrementalSolver(m, mathopt.SolverType.${name}).solve()`,
    ],
  },
  unsupported: {
    semicontinuous: 'MathOpt has no semicontinuous variables',
    'duplicate names': 'MathOpt refuses duplicate names',
    ...unsupported,
  },
});

export const mathopt: readonly Dialect[] = [
  backend('GSCIP'),
  backend('HIGHS', NOT_QUADRATIC('HiGHS')),
  backend('CP_SAT', {
    ...NOT_QUADRATIC('CP-SAT'),
    continuous: 'CP-SAT rounds continuous variables to integers',
    unbounded: 'CP-SAT bounds every variable',
    'unbounded integers': 'CP-SAT bounds every variable',
  }),
  backend('GLOP', { ...NOT_QUADRATIC('GLOP'), integer: 'GLOP is for linear programs' }),
  backend('PDLP', { ...NOT_QUADRATIC('PDLP'), integer: 'PDLP is for linear programs' }),
];
