/**
 * R = w_fmt·τ_fmt + w_ans·τ_ans (paper, reward). Pure.
 *
 * Differs from the paper: it shows no weights; the default is 0.2 for format and 1 for the answer, and `1,1` gives the
 * sum literally. What is nobody's fault is masked, where the paper is silent.
 */

import { DEFAULT_REWARD_WEIGHTS } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import type { Answer, Completion, Observation, Reward } from '../types.ts';
import { createEvomRule } from './evom.ts';
import { readCompletion } from './format.ts';
import type { Rule } from './rule.ts';

/** All that a reward may look at. The observation comes whole: status, log, certificate, timings. */
export interface RewardInput {
  readonly observation: Observation;
  readonly answer: Answer;
  /** Absent where a bare program was given: there is no format to judge, and the reward has no `format` part. */
  readonly completion?: Pick<Completion, 'text' | 'truncated'>;
}

/** A reward, the project's or a user's own. Check yours by `evom lint reward FILE.ts`. */
export type RewardFunction = (input: RewardInput) => Reward;

/** w_fmt and w_ans. Defaults 0.2 and 1. */
export interface RewardWeights {
  readonly format: number;
  readonly answer: number;
}

/** Default: the paper's rule at ε = 0.05, weights 0.2 and 1. */
export function createReward(options: { readonly weights?: RewardWeights; readonly rule?: Rule } = {}): RewardFunction {
  const { weights = DEFAULT_REWARD_WEIGHTS, rule = createEvomRule() } = options;
  return ({ observation, answer, completion }) => {
    const masked = isMasked(observation) || completion?.truncated === true;
    const parts: Record<string, number> = {};
    if (completion !== undefined) parts['format'] = readCompletion(completion.text).formatted ? 1 : 0;
    parts['answer'] = !masked && rule.judge(observation, answer) === 'correct' ? 1 : 0;
    const total = weights.format * (parts['format'] ?? 0) + weights.answer * parts['answer'];
    return { parts, total: masked ? 0 : total, masked };
  };
}

/** Whether a rollout is left out of its group: our failure, a completion cut short, a certificate nobody settled. */
function isMasked(observation: Observation): boolean {
  return observation.outcome === 'truncated' || isUnsettled(observation);
}

/** Whether an observation says nothing about the program: our failure, or a certificate that is still open. */
export function isUnsettled(observation: Observation): boolean {
  return observation.outcome === 'infra' || observation.certificate?.kind === 'open';
}

/** Reads `--reward-weights 0.2,1`: the format's weight, then the answer's. */
export function parseRewardWeights(text: string): RewardWeights {
  const weights = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [format, answer] = weights;
  const isValid = weights.length === 2 && weights.every((weight) => Number.isFinite(weight) && weight >= 0);
  if (!isValid || format === undefined || answer === undefined) {
    const next = 'Write the format weight, then the answer weight: `0.2,1`.';
    throw new EvomError(
      'config',
      'bad-reward-weights',
      expected('reward-weights', 'two numbers, 0 or more', text, next),
    );
  }
  return { format, answer };
}
