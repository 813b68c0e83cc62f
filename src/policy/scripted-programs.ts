/** What the scripted policy writes: reference programs of synthetic problems, and the mistakes it makes instead. */

import type { SyntheticProblem } from '../problems/synthetic/generate.ts';
import type { Model } from '../problems/synthetic/model.ts';
import { writeProgram } from '../problems/synthetic/program.ts';
import { readProblem } from '../problems/synthetic/read.ts';
import { solvers } from '../solvers/index.ts';
import type { Problem, Prompt, SolverName } from '../types.ts';

/** A way to be wrong. Works on the text of any program. */
export interface Mistake {
  readonly name: string;
  /** Its share among the mistakes; they sum to 1. */
  readonly share: number;
  /** The content of the code block; with a Markdown fence, the whole text after the thought. */
  readonly write: (program: string, solver: SolverName) => string;
}

const CONSTRAINT = /\.(addConstrs?|addCons|addRow|Add)\(/;

/** The first is the likeliest: what greedy sampling takes. */
export const MISTAKES: readonly [Mistake, ...Mistake[]] = [
  {
    name: 'forgets the last constraint',
    share: 0.4,
    write(program) {
      const lines = program.split('\n');
      const last = lines.findLastIndex((line) => CONSTRAINT.test(line));
      return last < 0 ? 'print("no constraint")' : lines.toSpliced(last, 1).join('\n');
    },
  },
  {
    name: 'invents a call',
    share: 0.3,
    write(program, solver) {
      const [module] = solvers[solver].modules;
      return `import ${module}\n${module}.solve_everything()\n${program}`;
    },
  },
  { name: 'prints a guess', share: 0.15, write: () => 'print("Just print the best solution: 42")' },
  { name: 'breaks the format', share: 0.15, write: (program) => `\`\`\`python\n${program.trim()}\n\`\`\`` },
];

const models = new WeakMap<Problem, { readonly model: Model | null }>();

/** The reference program of a synthetic problem: from its model, or from its text where that is all there is. */
export function syntheticProgram({ problem, solver }: Prompt): string | null {
  let known = models.get(problem);
  if (known === undefined) {
    known = { model: (problem as Partial<SyntheticProblem>).model ?? readProblem(problem.text) };
    models.set(problem, known);
  }
  return known.model === null ? null : writeProgram(known.model, solver);
}
