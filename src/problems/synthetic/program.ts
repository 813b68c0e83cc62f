/**
 * Reference programs: a model as a short Python program for one solver, in one style: variables `x1 … xn` in the
 * order of the text, one constraint a line, a print of status and objective at the end.
 */

import { SOLVER_NAMES, type SolverName } from '../../types.ts';
import type { Dialect } from './dialect.ts';
import { copt } from './dialects/copt.ts';
import { gurobi } from './dialects/gurobi.ts';
import { highs } from './dialects/highs.ts';
import { ortools } from './dialects/ortools.ts';
import { scip } from './dialects/scip.ts';
import type { Model, Term } from './model.ts';

const DIALECTS: Readonly<Record<SolverName, Dialect>> = { gurobi, ortools, copt, highs, scip };

export interface ProgramOptions {
  /**
   * Adds the lines that make the solver tell infeasible from unbounded; default true. The same lines whatever the
   * answer, so that a program follows from its model alone. Without them programs are shorter.
   */
  readonly settlesStatus?: boolean;
}

/** The reference program of a model for a solver. */
export function writeProgram(model: Model, solver: SolverName, options: ProgramOptions = {}): string {
  const dialect = DIALECTS[solver];
  const names = model.variables.map((_, index) => `x${index + 1}`);
  const { sense, terms, offset } = model.objective;
  return [
    ...dialect.head,
    ...((options.settlesStatus ?? true) ? dialect.settle : []),
    ...model.variables.map((variable, index) => dialect.variable(names[index] as string, variable)),
    ...model.constraints.map(({ terms, relation, bound }) =>
      dialect.constraint(`${sum(terms, names)} ${relation} ${bound}`),
    ),
    ...dialect.solve(sense, sum(terms, names, offset)),
    dialect.report,
    '',
  ].join('\n');
}

/** The reference programs for every solver. */
export function writePrograms(model: Model, options: ProgramOptions = {}): Readonly<Record<SolverName, string>> {
  return Object.fromEntries(SOLVER_NAMES.map((solver) => [solver, writeProgram(model, solver, options)])) as Record<
    SolverName,
    string
  >;
}

/** `2*x1 + x2 - 3*x3 - 40` */
function sum(terms: readonly Term[], names: readonly string[], offset = 0): string {
  const written = terms.map(([coefficient, index]) => {
    const size = Math.abs(coefficient);
    return { isNegative: coefficient < 0, text: size === 1 ? (names[index] as string) : `${size}*${names[index]}` };
  });
  if (offset !== 0) written.push({ isNegative: offset < 0, text: String(Math.abs(offset)) });
  return written
    .map(
      ({ isNegative, text }, position) =>
        (position === 0 ? (isNegative ? '-' : '') : isNegative ? ' - ' : ' + ') + text,
    )
    .join('');
}
