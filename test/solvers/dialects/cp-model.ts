import type { StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

export const cpModel: Dialect = {
  solver: 'ortools',
  api: 'cp_model',
  program: ({ sense, variables, objective, offset, rows }: StandardProblem): string =>
    [
      'from ortools.sat.python import cp_model',
      'm = cp_model.CpModel()',
      'v = []',
      ...variables.map(({ name, low = 0, high = 1_000_000, kind }) =>
        kind === 'semicontinuous'
          ? `v.append(m.new_int_var_from_domain(cp_model.Domain.from_intervals([[0, 0], [${low}, ${high}]]), ${text(name)}))`
          : `v.append(m.new_int_var(${low}, ${high}, ${text(name)}))`,
      ),
      ...rows.map(({ name, terms, low = -Infinity, high = Infinity }) => {
        const sides = `${number(low, 'cp_model.INT_MAX')}, ${number(high, 'cp_model.INT_MAX')}`;
        return `m.add_linear_constraint(${expression(terms)}, ${sides}).with_name(${text(name)})`;
      }),
      ...(objective.every((coefficient) => coefficient === 0)
        ? []
        : [`m.${sense}(${expression(objective, [], offset)})`]),
      's = cp_model.CpSolver()',
      'status = s.solve(m)',
      'print(s.status_name(status), s.objective_value if m.has_objective() else None)',
    ].join('\n'),
  large: (count: number): string =>
    [
      'from ortools.sat.python import cp_model',
      'm = cp_model.CpModel()',
      `x = [m.new_bool_var("") for _ in range(${count})]`,
      `for i in range(0, ${count} - 1, 2):`,
      '    m.add(x[i] + x[i + 1] <= 1)',
      'm.maximize(sum(x))',
      'cp_model.CpSolver().solve(m)',
    ].join('\n'),
  entryPoints: {
    call: 's.solve(m)',
    others: ['s.Solve(m)', 's.solve(model=m)', 's.solve(m, cp_model.ObjectiveSolutionPrinter())'],
  },
  unsupported: {
    continuous: 'CP-SAT has integers only',
    unbounded: 'CP-SAT bounds every variable',
    'unbounded integers': 'CP-SAT bounds every variable',
    'quadratic objective': 'CP-SAT wants a linear objective over product variables',
    'quadratic objective with integers': 'CP-SAT wants a linear objective over product variables',
    'quadratic constraint': 'CP-SAT states products as constraints of their own',
  },
};
