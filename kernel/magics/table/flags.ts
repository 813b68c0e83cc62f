/** Flags that several magics have, in the words of the command line's help. */

import { EvomError, expected } from '../../../src/errors.ts';
import { parseAnswer } from '../../../src/problems/answer-label.ts';
import { RULES } from '../../../src/reward/rules.ts';
import { OBJECTIVE_NAMES, SOLVER_NAMES } from '../../../src/types.ts';
import { runNames } from '../../../src/workbench/run-names.ts';
import type { Flag } from '../magic.ts';
import { quote } from '../write-call.ts';

const count = { low: 1, isWhole: true };

export const solver: Flag = {
  name: 'solver',
  option: 'solver',
  summary: 'the solver that programs are written for',
  kind: 'choice',
  values: SOLVER_NAMES,
};

export const solvers: Flag = {
  name: 'solver',
  option: 'solvers',
  summary: 'solvers, with commas between',
  kind: 'choices',
  values: SOLVER_NAMES,
};

export const samples: Flag = {
  name: 'n',
  option: 'samples',
  summary: 'completions of each problem',
  kind: 'number',
  range: count,
};

export const temperature: Flag = {
  name: 'temperature',
  option: 'temperature',
  summary: '0 is greedy',
  kind: 'number',
  range: { low: 0 },
};

export const maxTokens: Flag = {
  name: 'max-tokens',
  option: 'maxTokens',
  summary: 'length at which a completion is cut',
  kind: 'number',
  range: count,
};

export const seed: Flag = {
  name: 'seed',
  option: 'seed',
  summary: 'of the random numbers',
  kind: 'number',
  range: { low: 0, isWhole: true },
};

export const limit: Flag = {
  name: 'limit',
  option: 'limit',
  summary: 'take only so many',
  kind: 'number',
  range: count,
};

export const problemsPerStep: Flag = {
  name: 'problems-per-step',
  option: 'problemsPerStep',
  summary: 'problems of a step',
  kind: 'number',
  range: count,
};

/** A label in any notation that the benchmarks use. */
export const answer: Flag = {
  name: 'answer',
  option: 'answer',
  summary: "the answer to the cell's problem; without it there is no reward",
  kind: 'text',
  write(text) {
    const reading = parseAnswer(text);
    if ('answer' in reading) return typeof reading.answer === 'number' ? `${reading.answer}` : quote(reading.answer);
    const next = 'Write the number, infeasible or unbounded.';
    throw new EvomError('config', 'bad-answer', expected('--answer', 'a label', text, next));
  },
};

export const rule: Flag = {
  name: 'rule',
  option: 'rule',
  summary: 'the judge',
  kind: 'choice',
  values: RULES.map(({ name }) => name),
};

export const step: Flag = {
  name: 'step',
  option: 'step',
  summary: 'of this step alone, from 0',
  kind: 'number',
  range: { low: 0, isWhole: true },
};

export const steps: Flag = {
  name: 'steps',
  option: 'steps',
  summary: 'how many steps',
  kind: 'number',
  range: count,
};

export const learningRate: Flag = {
  name: 'lr',
  option: 'learningRate',
  summary: 'of the optimiser',
  kind: 'number',
  range: { low: 0, isOpen: true },
};

/** `values`: those of the objectives that fit. */
export function objective(values: readonly string[] = OBJECTIVE_NAMES): Flag {
  return { name: 'algo', option: 'objective', summary: 'how to learn', kind: 'choice', values };
}

export const epsilon: Flag = {
  name: 'epsilon',
  option: 'epsilon',
  summary: 'largest relative error of a hit',
  kind: 'number',
  range: { low: 0 },
};

export const run: Flag = {
  name: 'run',
  option: 'run',
  summary: "a run's name",
  kind: 'text',
  suggest: () => runNames(),
};

/** A text that must occur, or `/a regular expression/i`. */
export const where: Flag = {
  name: 'where',
  option: 'where',
  summary: 'only those that have this text, or match this /regular expression/',
  kind: 'text',
  write(text) {
    const [, pattern, modes] = /^\/(.+)\/([a-z]*)$/.exec(text) ?? [];
    if (pattern === undefined) return quote(text);
    try {
      return String(new RegExp(pattern, modes));
    } catch {
      return quote(text);
    }
  },
};
