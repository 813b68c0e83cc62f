/** How a model is said in one solver's Python API: one plain object per solver. Every line is complete, without a newline. */

import type { SolverName } from '../../types.ts';
import type { Sense, Variable } from './model.ts';

export interface Dialect {
  readonly solver: SolverName;
  /** Imports, and an empty model named `m`. */
  readonly head: readonly string[];
  /** Makes the solver say `infeasible` or `unbounded` where it would otherwise leave open which, as far as it can. */
  readonly settle: readonly string[];
  variable(name: string, variable: Variable): string;
  constraint(relation: string): string;
  /** Sets the objective and solves. */
  solve(sense: Sense, objective: string): readonly string[];
  /** Prints the solver's status and the objective's value; must not fail where there is no solution. */
  readonly report: string;
}

/** Keyword arguments, in the order given; those that are null are left out. */
export function keywords(named: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(named)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
    .join(', ');
}

/** `lb` and `ub` as keywords, where they are not the default 0 and infinity; a binary variable has its own. */
export function boundsOf({ kind, lower, upper }: Variable): { readonly lb: number | null; readonly ub: number | null } {
  return { lb: lower === 0 || kind === 'binary' ? null : lower, ub: kind === 'binary' ? null : upper };
}
