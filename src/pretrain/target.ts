/**
 * What the tiny policy learns to write for a model: a formal statement of it in the program's own words, then the
 * program. The rows of the statement come back letter by letter in the program, so that reading the text is the hard
 * part, the same for every solver, and writing for a solver is copying into its dialect.
 */

import type { Model } from '../problems/synthetic/model.ts';
import { variableName, writeConstraint, writeProgram, writeSum } from '../problems/synthetic/program.ts';
import type { SolverName } from '../types.ts';

/** `<think>` statement `</think><code>` program `</code>`, in the format that the reward asks for. */
export function writeTarget(model: Model, solver: SolverName): string {
  const program = writeProgram(model, solver, { settlesStatus: false });
  return `<think>${writeStatement(model)}</think><code>\n${program}</code>`;
}

/**
 * One line for the variables and their kind (synthetic models mix kinds in one family only, and there the first one
 * names it), one for the objective, one a constraint:
 *
 *     x1 = vases, x2 = clocks, integer
 *     maximize 9*x1 + 34*x2
 *     9*x1 + 5*x2 <= 60
 */
function writeStatement({ variables, objective, constraints }: Model): string {
  const names = variables.map(({ label }, index) => `${variableName(index)} = ${label}`);
  return [
    [...names, variables[0]?.kind].join(', '),
    `${objective.sense} ${writeSum(objective.terms, objective.offset)}`,
    ...constraints.map(writeConstraint),
  ].join('\n');
}
