import type { SolveStatus } from '../../src/types.ts';

/** What a problem needs of an API. An API that lacks one lists it as unsupported, with the reason. */
export type Feature =
  | 'continuous'
  | 'integer'
  | 'semicontinuous'
  | 'unbounded'
  | 'unbounded integers'
  | 'quadratic objective'
  | 'quadratic objective with integers'
  | 'quadratic constraint'
  | 'duplicate names'
  | 'odd names'
  | 'more than 2000 variables';

export interface Variable {
  readonly name?: string;
  /** Default 0. */
  readonly low?: number;
  /** Default ∞. */
  readonly high?: number;
  readonly kind?: 'continuous' | 'integer' | 'semicontinuous';
}

/** c·v[i]·v[j] as [i, j, c]. */
export type Product = readonly [number, number, number];

export interface Row {
  readonly name?: string;
  /** Coefficients by variable. */
  readonly terms: readonly number[];
  readonly products?: readonly Product[];
  readonly low?: number;
  readonly high?: number;
}

/** A model whose result is known, for every API to state in its own words. */
export interface StandardProblem {
  readonly name: string;
  readonly sense: 'maximize' | 'minimize';
  readonly variables: readonly Variable[];
  readonly objective: readonly number[];
  readonly products?: readonly Product[];
  readonly offset?: number;
  readonly rows: readonly Row[];
  readonly status: SolveStatus;
  readonly optimum?: number;
  readonly needs: readonly Feature[];
}

const integer = (variable: Omit<Variable, 'kind'> = {}): Variable => ({ kind: 'integer', ...variable });

/** max 45x + 80y + 21.5z + 3 with the names given: wood, labour and a mix. */
const furniture = (names: readonly string[], rowNames: readonly string[]): Omit<StandardProblem, 'name' | 'needs'> => ({
  sense: 'maximize',
  variables: [integer({ name: names[0]! }), integer({ name: names[1]! }), { name: names[2]!, high: 40 }],
  objective: [45, 80, 21.5],
  offset: 3,
  rows: [
    { name: rowNames[0]!, terms: [5, 20, 3], high: 400 },
    { name: rowNames[1]!, terms: [10, 15, 4], high: 450 },
    { name: rowNames[2]!, terms: [-1, 2, 0], high: 0 },
  ],
  status: 'optimal',
  optimum: 2268,
});

/** The same without a continuous variable: max 45x + 80y + 3. */
const integerFurniture = (
  names: readonly string[],
  rowNames: readonly string[],
): Omit<StandardProblem, 'name' | 'needs'> => {
  const { rows, ...rest } = furniture([...names, ''], rowNames);
  return {
    ...rest,
    variables: [integer({ name: names[0]!, high: 100 }), integer({ name: names[1]!, high: 100 })],
    objective: [45, 80],
    rows: rows.map((row) => ({ ...row, terms: row.terms.slice(0, 2) })),
    optimum: 2178,
  };
};

const ODD = ['a b', 'line\nbreak', '', 'prix €\t', ' R0\nRHS\n RHS R0 1', '\u00e9<=>:*/+-^'] as const;

export const STANDARD_PROBLEMS: readonly StandardProblem[] = [
  {
    name: 'linear program',
    sense: 'maximize',
    variables: [{ name: 'x' }, { name: 'y' }],
    objective: [3, 5],
    rows: [
      { terms: [1, 0], high: 4 },
      { terms: [0, 2], high: 12 },
      { terms: [3, 2], high: 18 },
    ],
    status: 'optimal',
    optimum: 36,
    needs: ['continuous'],
  },
  {
    name: 'mixed-integer program',
    ...furniture(['chairs', 'tables', 'benches'], ['wood', 'labour', 'mix']),
    needs: ['continuous', 'integer'],
  },
  { name: 'integer program', ...integerFurniture(['chairs', 'tables'], ['wood', 'labour', 'mix']), needs: ['integer'] },
  {
    name: 'infeasible',
    sense: 'minimize',
    variables: [{ high: 3 }, { high: 10 }],
    objective: [1, 1],
    rows: [{ terms: [1, -1], low: 5 }],
    status: 'infeasible',
    needs: ['continuous'],
  },
  {
    name: 'unbounded',
    sense: 'maximize',
    variables: [{}, {}],
    objective: [1, 1],
    rows: [{ terms: [1, -1], high: 2 }],
    status: 'unbounded',
    needs: ['continuous', 'unbounded'],
  },
  {
    name: 'unbounded with integers',
    sense: 'minimize',
    variables: [integer({ low: Number.NEGATIVE_INFINITY }), integer({ high: 5 })],
    objective: [1, -1],
    rows: [{ terms: [1, 1], high: 9 }],
    status: 'unbounded',
    needs: ['integer', 'unbounded integers'],
  },
  {
    name: 'integer-infeasible, linear-feasible',
    sense: 'minimize',
    variables: [integer({ high: 9 }), integer({ high: 9 })],
    objective: [1, 1],
    rows: [{ terms: [2, 4], low: 7, high: 7 }],
    status: 'infeasible',
    needs: ['integer'],
  },
  {
    name: 'free variables',
    sense: 'minimize',
    variables: [{ low: Number.NEGATIVE_INFINITY }, { low: Number.NEGATIVE_INFINITY }],
    objective: [2, 3],
    rows: [
      { terms: [1, 1], low: -4 },
      { terms: [1, -1], low: -6, high: 2 },
    ],
    status: 'optimal',
    optimum: -11,
    needs: ['continuous'],
  },
  {
    name: 'negative bounds',
    sense: 'maximize',
    variables: [integer({ low: -5, high: -2 }), integer({ low: -70, high: -1 })],
    objective: [1, 1],
    rows: [{ terms: [1, -1], low: -90 }],
    status: 'optimal',
    optimum: -3,
    needs: ['integer'],
  },
  {
    name: 'negative upper bound, free below',
    sense: 'maximize',
    variables: [{ low: Number.NEGATIVE_INFINITY, high: -1 }, { high: 7 }],
    objective: [1, 1],
    rows: [{ terms: [1, 1], high: 5 }],
    status: 'optimal',
    optimum: 5,
    needs: ['continuous'],
  },
  {
    name: 'semicontinuous variable',
    sense: 'minimize',
    variables: [{ low: 3, high: 10, kind: 'semicontinuous' }, integer({ high: 1 })],
    objective: [1, 2],
    rows: [{ terms: [1, 1], low: 2 }],
    status: 'optimal',
    optimum: 3,
    needs: ['semicontinuous'],
  },
  {
    name: 'quadratic objective',
    sense: 'minimize',
    variables: [{ high: 5 }, { high: 5 }],
    objective: [-2, -4],
    products: [
      [0, 0, 1],
      [1, 1, 1],
    ],
    offset: 5,
    rows: [{ terms: [1, 1], low: 2, high: 2 }],
    status: 'optimal',
    optimum: 0.5,
    needs: ['continuous', 'quadratic objective'],
  },
  {
    name: 'quadratic objective with integers',
    sense: 'minimize',
    variables: [integer({ high: 5 }), integer({ high: 5 })],
    objective: [-3, -1],
    products: [
      [0, 0, 1],
      [0, 1, 1],
      [1, 1, 2],
    ],
    rows: [{ terms: [1, 1], high: 4 }],
    status: 'optimal',
    optimum: -2,
    needs: ['integer', 'quadratic objective with integers'],
  },
  {
    name: 'quadratic constraint',
    sense: 'maximize',
    variables: [{ high: 5 }, { high: 5 }],
    objective: [1, 1],
    rows: [
      {
        terms: [0, 0],
        products: [
          [0, 0, 1],
          [1, 1, 1],
        ],
        high: 8,
      },
    ],
    status: 'optimal',
    optimum: 4,
    needs: ['continuous', 'quadratic constraint'],
  },
  {
    name: 'maximise with an offset',
    sense: 'maximize',
    variables: [integer({ high: 3 }), integer({ high: 2 })],
    objective: [2, 3],
    offset: 100,
    rows: [{ terms: [1, 1], high: 4 }],
    status: 'optimal',
    optimum: 110,
    needs: ['integer'],
  },
  {
    name: 'minimise with a negative offset',
    sense: 'minimize',
    variables: [integer({ high: 30 }), integer({ high: 20 })],
    objective: [2, 3],
    offset: -7,
    rows: [{ terms: [1, 1], low: 4 }],
    status: 'optimal',
    optimum: 1,
    needs: ['integer'],
  },
  {
    name: 'equalities only',
    sense: 'minimize',
    variables: [integer({ high: 9 }), integer({ high: 9 }), integer({ high: 9 })],
    objective: [1, 2, 3],
    rows: [
      { terms: [1, 1, 1], low: 6, high: 6 },
      { terms: [1, -1, 0], low: 1, high: 1 },
      { terms: [0, -1, 1], low: 2, high: 2 },
    ],
    status: 'optimal',
    optimum: 13,
    needs: ['integer'],
  },
  {
    name: 'empty objective',
    sense: 'minimize',
    variables: [integer({ high: 9 }), integer({ high: 9 })],
    objective: [0, 0],
    rows: [{ terms: [1, 1], low: 3, high: 8 }],
    status: 'optimal',
    optimum: 0,
    needs: ['integer'],
  },
  {
    name: 'ranges',
    sense: 'maximize',
    variables: [integer({ low: -9, high: 9 }), integer({ low: -9, high: 9 })],
    objective: [1, 2],
    rows: [
      { terms: [1, 1], low: 2, high: 7 },
      { terms: [1, -1], low: -1, high: 1 },
    ],
    status: 'optimal',
    optimum: 11,
    needs: ['integer'],
  },
  {
    name: 'ranges with negative sides',
    sense: 'minimize',
    variables: [
      { low: -9, high: 9 },
      { low: -9, high: 9 },
    ],
    objective: [1, 2],
    rows: [
      { terms: [1, 1], low: -7, high: -2 },
      { terms: [1, -1], low: -1, high: 1 },
    ],
    status: 'optimal',
    optimum: -11,
    needs: ['continuous'],
  },
  {
    name: 'no rows',
    sense: 'maximize',
    variables: [integer({ high: 4 }), integer({ low: -3, high: 9 })],
    objective: [1, -1],
    rows: [],
    status: 'optimal',
    optimum: 7,
    needs: ['integer'],
  },
  { name: 'duplicate names', ...integerFurniture(['v', 'v'], ['r', 'r', 'r']), needs: ['integer', 'duplicate names'] },
  {
    name: 'odd names',
    ...integerFurniture([ODD[0], ODD[1]], [ODD[2], ODD[3], ODD[4]]),
    needs: ['integer', 'odd names'],
  },
  {
    name: 'odd names, again',
    ...integerFurniture([ODD[5], ODD[4]], [ODD[1], ODD[0], ODD[5]]),
    needs: ['integer', 'odd names'],
  },
];
