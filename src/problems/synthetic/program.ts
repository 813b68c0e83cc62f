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
import type { Constraint, Model, Term } from './model.ts';

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
  const { sense, terms, offset } = model.objective;
  return [
    ...dialect.head,
    ...((options.settlesStatus ?? true) ? dialect.settle : []),
    ...model.variables.map((variable, index) => dialect.variable(variableName(index), variable)),
    ...model.constraints.map((constraint) => dialect.constraint(writeConstraint(constraint))),
    ...dialect.solve(sense, writeSum(terms, offset)),
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

/** The name of variable `index` in every program: `x1` for 0. */
export function variableName(index: number): string {
  return `x${index + 1}`;
}

/** `2*x1 - x2 <= 7`, as Python and as mathematics. */
export function writeConstraint({ terms, relation, bound }: Constraint): string {
  return `${writeSum(terms)} ${relation} ${bound}`;
}

/** `2*x1 + x2 - 3*x3 - 40` */
export function writeSum(terms: readonly Term[], offset = 0): string {
  const written = terms.map(([coefficient, index]) => {
    const size = Math.abs(coefficient);
    const name = variableName(index);
    return { isNegative: coefficient < 0, text: size === 1 ? name : `${size}*${name}` };
  });
  if (offset !== 0) written.push({ isNegative: offset < 0, text: String(Math.abs(offset)) });
  return written
    .map(
      ({ isNegative, text }, position) =>
        (position === 0 ? (isNegative ? '-' : '') : isNegative ? ' - ' : ' + ') + text,
    )
    .join('');
}
