/**
 * SIRL's published rules, kept for comparison. FORGEABLE: they read what the program printed, so one `print` earns
 * them. Never train on them.
 *
 * Source: github.com/Cardinal-Operations/SIRL, `check_result` in check_result.py and reproduce_*.ipynb (`sirl`, the
 * rule behind its published scores) and SIRLTrain/reward_func/batch_score_gurobi.py (`sirl-reward`, what it trained
 * on). The objective is the first run of digits on the first line that holds the marker, so `1e+16` reads as 1.
 * The error is |u − a| / (|a| + 1), at most 1e-6. A label of `No Best Solution`, or one that holds `-9999`, means
 * "none": under `sirl` it is met by no marker at all, by the text `nfeasible` without a value, and by a time-out.
 *
 * Where this differs: a miss is not retried with integer and continuous variables exchanged, since that takes another
 * run of the program (their published scores are upper bounds of this rule for that reason); a program must print the
 * marker itself, their harness inserts it; their wall limit is 100 s.
 */

import type { Answer, Verdict } from '../types.ts';
import { failureVerdict, MARKER, type Rule, ranToEnd, silenceVerdict } from './rule.ts';

const TOLERANCE = 1e-6;

/** The rule of SIRL's published scores, without its retry. */
export const sirl: Rule = {
  name: 'sirl',
  describe: 'printed objective with |u − a| / (|a| + 1) ≤ 1e-6, no retry; forgeable by a print',
  epsilon: TOLERANCE,
  forgeable: true,
  judge: (observation, answer) => {
    const label = readLabel(answer);
    if (label === null && observation.outcome === 'time') return 'correct';
    if (!ranToEnd(observation)) return failureVerdict(observation);
    const value = readPrinted(observation.stdout);
    if (label === null) {
      return value === null || observation.stdout.includes('nfeasible') ? 'correct' : 'wrong-status';
    }
    if (value === null) return observation.stdout.includes('nfeasible') ? 'wrong-status' : silenceVerdict(observation);
    return Math.abs(value - label) / (Math.abs(label) + 1) <= TOLERANCE ? 'correct' : 'wrong-objective';
  },
};

/** The answer part of the reward that SIRL trained on. A label of 0 can never be met. */
export const sirlReward: Rule = {
  name: 'sirl-reward',
  describe: 'printed objective with |u − a| / (|a| + 1) < 1e-6, a label of 0 never met; forgeable by a print',
  epsilon: TOLERANCE,
  forgeable: true,
  judge: (observation, answer): Verdict => {
    const label = readLabel(answer);
    const done = ranToEnd(observation);
    const value = done ? readPrinted(observation.stdout) : null;
    if (rewardError(value, label, done) < TOLERANCE) return 'correct';
    if (!done) return failureVerdict(observation);
    if (label === null) return 'wrong-status';
    return value === null ? silenceVerdict(observation) : 'wrong-objective';
  },
};

/** Their `answer_reward`: an absent or zero value never counts as near, save that "none" meets "none". */
function rewardError(value: number | null, label: number | null, done: boolean): number {
  if (label === null) return value === null && done ? 0 : 1;
  if (label === 0) return 1;
  return value === null || value === 0 ? Math.abs(label) : Math.abs(label - value) / (Math.abs(label) + 1);
}

function readLabel(answer: Answer): number | null {
  return typeof answer !== 'number' || String(answer).includes('-9999') ? null : answer;
}

/** The first run of digits on the first line with the marker. */
function readPrinted(stdout: string): number | null {
  const line = stdout.split('\n').find((text) => text.includes(MARKER));
  const digits = line === undefined ? null : /-?\d+\.?\d*/.exec(line);
  return digits === null ? null : Number.parseFloat(digits[0]);
}
