/** The loop: generate → verify → reward → update, and all of it as `train`. */

import { parseRewardWeights } from '../../../src/reward/reward.ts';
import type { Flag, Magic } from '../magic.ts';
import { quote, writeCall } from '../write-call.ts';
import {
  answer,
  epsilon,
  learningRate,
  limit,
  maxTokens,
  objective,
  problemsPerStep,
  rule,
  run,
  samples,
  seed,
  solver,
  solvers,
  steps,
  temperature,
} from './flags.ts';

export const generate: Magic = {
  name: 'generate',
  kinds: ['line', 'cell'],
  summary: 'The policy writes programs: for the chosen problems, or for the problem in the cell.',
  flags: [solver, samples, temperature, maxTokens, seed, limit, answer],
  operands: null,
  variable: 'completions',
  examples: ['%generate --solver highs --n 4', '%%generate --solver gurobi --n 8 --temperature 0.7\nA bakery makes …'],
  call: ({ options, body }) => writeCall('evom.generate', { ...options, ...(body && { text: quote(body.trim()) }) }),
};

export const verify: Magic = {
  name: 'verify',
  kinds: ['line', 'cell'],
  summary: 'Runs programs and certifies what they claim: the last completions, or the program in the cell.',
  flags: [solver],
  operands: null,
  variable: 'observations',
  examples: ['%verify', '%%verify --solver highs\nimport highspy …'],
  call: ({ options, body }) => writeCall('evom.verify', { ...options, ...(body && { program: quote(body) }) }),
};

const weights: Flag = {
  name: 'weights',
  option: 'weights',
  summary: 'of format and answer, as 0.2,1',
  kind: 'text',
  write(text) {
    const { format, answer } = parseRewardWeights(text);
    return `{ format: ${format}, answer: ${answer} }`;
  },
};

export const reward: Magic = {
  name: 'reward',
  kinds: ['line', 'cell'],
  summary: 'Rewards of the last observations: the default ones, or by the TypeScript function in the cell.',
  flags: [
    { name: 'name', option: 'name', summary: "the reward function's name", kind: 'text' },
    rule,
    epsilon,
    weights,
  ],
  operands: null,
  body: 'expression',
  variable: 'rewards',
  examples: [
    '%reward --epsilon 1e-4',
    "%%reward --name solved\n({ observation }) => {\n  const total = observation.outcome === 'solved' ? 1 : 0;\n  return { parts: { solved: total }, total, masked: false };\n}",
  ],
  call: ({ options, body }) => writeCall('evom.reward', { ...options, ...(body && { function: `(\n${body})` }) }),
};

export const update: Magic = {
  name: 'update',
  kinds: ['line'],
  summary: 'One optimiser step on the last rewards.',
  flags: [
    objective(),
    learningRate,
    steps,
    {
      name: 'filter-raw-accuracy',
      option: 'filterRawAccuracy',
      summary: 'leave out problems that were solved always or never',
      kind: 'switch',
    },
  ],
  operands: null,
  variable: 'step',
  examples: ['%update --algo grpo', '%update --algo dapo --lr 1e-5 --filter-raw-accuracy'],
  call: ({ options }) => writeCall('evom.update', options),
};

export const train: Magic = {
  name: 'train',
  kinds: ['line'],
  summary: 'The loop, with a live view. Interrupt it, and run the cell again to go on.',
  flags: [
    { ...solvers, option: 'solver', summary: 'with several, they take turns over the problems' },
    { ...steps, summary: 'of the run in all', isRequired: true },
    samples,
    problemsPerStep,
    objective(['grpo', 'dapo', 'dr-grpo']),
    learningRate,
    temperature,
    maxTokens,
    seed,
    {
      name: 'reward',
      option: 'reward',
      summary: 'the name of a reward function that %%reward was given',
      kind: 'text',
    },
    run,
  ],
  operands: null,
  variable: 'training',
  examples: ['%train --solver highs --steps 10', '%train --solver gurobi,ortools --steps 30 --run first'],
  call: ({ options }) => writeCall('evom.train', options),
};
