import type { SolverName } from '../../../src/types.ts';
import type { Feature, Product, StandardProblem } from '../standard-problems.ts';

/** How one API (and backend) states a model, as a person would write it: at most 20 lines. */
export interface Dialect {
  readonly solver: SolverName;
  /** As the observation names it. */
  readonly api: string;
  /** Backend, where the API has several. */
  readonly backend?: string;
  readonly program: (problem: StandardProblem) => string;
  /** `count` 0-1 variables, every neighbouring pair of which may hold one: the optimum is half of `count`, rounded up. */
  readonly large: (count: number) => string;
  /** The solve call of `program`, and other ways to say it. */
  readonly entryPoints?: { readonly call: string; readonly others: readonly string[] };
  /** Each feature that the API lacks, with the reason. */
  readonly unsupported: Readonly<Partial<Record<Feature, string>>>;
}

/** A Python number; infinities as the API writes them. */
export function number(value: number, infinity: string): string {
  if (value === Number.POSITIVE_INFINITY) return infinity;
  return value === Number.NEGATIVE_INFINITY ? `-${infinity}` : String(value);
}

/** A Python string literal: JSON's is one. */
export function text(value = ''): string {
  return JSON.stringify(value);
}

/** `3 * v[0] + 5 * v[1] + 1 * v[0] * v[1] + 7`; a zero where nothing is left. */
export function expression(terms: readonly number[], products: readonly Product[] = [], offset = 0): string {
  const parts = terms.flatMap((coefficient, index) => (coefficient === 0 ? [] : [`${coefficient} * v[${index}]`]));
  parts.push(...products.map(([i, j, coefficient]) => `${coefficient} * v[${i}] * v[${j}]`));
  if (offset !== 0 || parts.length === 0) parts.push(String(offset));
  return parts.join(' + ');
}
