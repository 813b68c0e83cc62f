/** Accuracy, and what the run folders hold. */

import type { Magic } from '../magic.ts';
import { quote, writeCall } from '../write-call.ts';
import { limit, maxTokens, run, samples, seed, solver, solvers, step } from './flags.ts';

export const evaluate: Magic = {
  name: 'evaluate',
  kinds: ['line'],
  summary: 'Accuracy of the policy on the chosen problems, at both ε, with 95 % intervals.',
  flags: [solvers, samples, maxTokens, seed],
  operands: null,
  variable: 'evaluation',
  examples: ['%evaluate --solver highs,ortools'],
  call: ({ options }) => writeCall('evom.evaluate', options),
};

export const transfer: Magic = {
  name: 'transfer',
  kinds: ['line'],
  summary: 'The matrix: trained on one solver, judged on another.',
  flags: [solvers, samples, maxTokens, seed],
  operands: null,
  variable: 'transfer',
  examples: ['%transfer --solver highs,ortools'],
  call: ({ options }) => writeCall('evom.transfer', options),
};

export const rollouts: Magic = {
  name: 'rollouts',
  kinds: ['line'],
  summary: 'Rollouts of a run, also while it is written.',
  flags: [run, step, solver, limit],
  operands: null,
  variable: 'rollouts',
  examples: ['%rollouts', '%rollouts --run first --limit 50'],
  call: ({ options }) => writeCall('evom.rollouts', options),
};

export const sql: Magic = {
  name: 'sql',
  kinds: ['cell'],
  summary: "A query (DuckDB) over a run's rollouts, also while it is written.",
  flags: [run],
  operands: null,
  variable: 'rows',
  examples: ['%%sql --as byStep\nselect step, avg(reward) from rollouts group by step order by step'],
  call: ({ options, body }) => writeCall('evom.sql', options, quote((body ?? '').trim())),
};
