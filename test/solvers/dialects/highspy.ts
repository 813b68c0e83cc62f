import type { StandardProblem } from '../standard-problems.ts';
import { type Dialect, expression, number, text } from './dialect.ts';

const KINDS = { continuous: 'kContinuous', integer: 'kInteger', semicontinuous: 'kSemiContinuous' } as const;

/** The lower triangle by columns; c·v[i]² is ½·2c in a Hessian. */
function hessian(size: number, products: NonNullable<StandardProblem['products']>): string[] {
  const columns = Array.from({ length: size }, (_, column) =>
    products.flatMap(([i, j, c]) =>
      Math.min(i, j) === column ? [[Math.max(i, j), i === j ? 2 * c : c] as const] : [],
    ),
  );
  const starts = [0];
  for (const column of columns) starts.push((starts.at(-1) ?? 0) + column.length);
  return [
    'q = highspy.HighsHessian()',
    `q.dim_, q.start_ = ${size}, [${starts}]`,
    `q.index_, q.value_ = [${columns.flat().map(([row]) => row)}], [${columns.flat().map(([, value]) => `${value}.0`)}]`,
    'h.passHessian(q)',
  ];
}

export const highspy: Dialect = {
  solver: 'highs',
  api: 'highspy',
  program: ({ sense, variables, objective, products, offset, rows }: StandardProblem): string =>
    [
      'import highspy',
      'h = highspy.Highs()',
      'v = []',
      ...variables.map(({ name, low = 0, high = Infinity, kind = 'continuous' }) => {
        const bounds = `${number(low, 'highspy.kHighsInf')}, ${number(high, 'highspy.kHighsInf')}`;
        return `v.append(h.addVariable(${bounds}, type=highspy.HighsVarType.${KINDS[kind]}, name=${name ? text(name) : 'None'}))`;
      }),
      ...rows.map(({ name, terms, low = -Infinity, high = Infinity }) => {
        const left = expression(terms);
        const label = name ? `, ${text(name)}` : '';
        if (low === high) return `h.addConstr(${left} == ${low}${label})`;
        if (low === -Infinity) return `h.addConstr(${left} <= ${high}${label})`;
        if (high === Infinity) return `h.addConstr(${left} >= ${low}${label})`;
        return `h.addConstr(${low} <= ${left} <= ${high}${label})`;
      }),
      ...(products ? hessian(variables.length, products) : []),
      `h.${sense}(${expression(objective, [], offset).replace(/^0$/, '0 * v[0]')})`,
      'print(h.getModelStatus(), h.getObjectiveValue())',
    ].join('\n'),
  large: (count: number): string =>
    [
      'import highspy',
      'h = highspy.Highs()',
      `x = [h.addBinary() for _ in range(${count})]`,
      `for i in range(0, ${count} - 1, 2):`,
      '    h.addConstr(x[i] + x[i + 1] <= 1)',
      'h.maximize(h.qsum(x))',
    ].join('\n'),
  entryPoints: {
    call: 'h.maximize(',
    others: [
      '(lambda e: (h.setMaximize(), h.setObjective(e, highspy.ObjSense.kMaximize), h.run()))(',
      '(lambda e: (h.setObjective(e, highspy.ObjSense.kMaximize), h.solve()))(',
      '(lambda e: (h.setObjective(e, highspy.ObjSense.kMaximize), h.optimize()))(',
    ],
  },
  unsupported: {
    'quadratic objective with integers': 'HiGHS solves convex quadratic programs without integers only',
    'quadratic constraint': 'HiGHS has none',
  },
};
