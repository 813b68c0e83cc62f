/** What there is, and what a session works with. */

import { runNames } from '../../../src/workbench/run-names.ts';
import type { Magic } from '../magic.ts';
import { quote, writeCall } from '../write-call.ts';
import { limit, where } from './flags.ts';

const operandOf = (operand: string | null): string | null => (operand === null ? null : quote(operand));

export const solvers: Magic = {
  name: 'solvers',
  kinds: ['line'],
  summary: 'The solvers: which are installed, their versions and licences.',
  flags: [],
  operands: null,
  variable: null,
  examples: ['%solvers', '%solvers --as installed'],
  call: () => writeCall('evom.solvers', {}),
};

export const problems: Magic = {
  name: 'problems',
  kinds: ['line'],
  summary: 'Chooses the problems.',
  flags: [limit, where],
  operands: {
    name: 'SET',
    summary: 'a file, a fetched public set, or KIND[:SEED[:COUNT]] of made ones',
    count: 'one',
    values: ['tiny', 'tiny-held-out', 'synthetic', 'held-out'],
  },
  variable: 'problems',
  examples: ['%problems tiny:0:32', '%problems data/nl4opt.jsonl --limit 20 --where knapsack'],
  call: ({ operand, options }) => writeCall('evom.problems', options, operandOf(operand)),
};

export const policy: Magic = {
  name: 'policy',
  kinds: ['line'],
  summary: 'Chooses the policy, who writes programs.',
  flags: [{ name: 'model', option: 'model', summary: 'the name of the model behind an endpoint', kind: 'text' }],
  operands: {
    name: 'NAME|DIR|URL',
    summary: "tiny, scripted (a fake), a folder of weights, a run's name, or the URL of an endpoint",
    count: 'one',
    values: ['tiny', 'scripted'],
    suggest: () => runNames(),
  },
  variable: null,
  examples: ['%policy tiny', '%policy http://localhost:8000/v1 --model qwen'],
  call: ({ operand, options }) => writeCall('evom.policy', options, operandOf(operand)),
};
