/** A training run as data: each step once, and what they say together. Pure. */

import { EPSILONS } from '../../../src/config.ts';
import { evaluate, wilsonInterval } from '../../../src/evaluate.ts';
import { createEvomRule } from '../../../src/reward/evom.ts';
import type { Rollout, Step } from '../../../src/types.ts';
import type { RunData, RunStep } from '../../spec/mime.ts';
import { groupCounts, histogramData, type RewardStep, rewardSample } from './histogram-data.ts';
import { scoreData } from './score-data.ts';
import { countWords, finite, finiteValues, partOf } from './values.ts';
import { whyNothingIsLearnt } from './why-nothing-is-learnt.ts';

/** A step without its rollouts, which a long run could not keep. */
export interface SeenStep {
  readonly step: RunStep;
  readonly rewards: RewardStep;
}

export function seeStep({ index, rollouts, statistics }: Step): SeenStep {
  const samples = rollouts.map(rewardSample);
  const kept = samples.filter(({ masked }) => !masked);
  const partNames = [...new Set(kept.flatMap(({ parts }) => Object.keys(parts)))];
  const of = (name: string): number | null => finite(statistics[name]);
  const step: RunStep = {
    index,
    scores: scoresOf(rollouts),
    validation: validationOf(statistics),
    reward: {
      mean: of('rewardMean'),
      parts: Object.fromEntries(
        partNames.map((name) => [name, meanOf(kept.flatMap(({ parts }) => partOf(parts, name) ?? []))]),
      ),
    },
    verdicts: countWords(rollouts.map(({ verdict }) => verdict)),
    rollouts: rollouts.length,
    masked: samples.length - kept.length,
    groups: groupCounts(samples),
    trainedGroups: of('trainedGroups'),
    ...{ loss: of('loss'), kl: of('kl'), clipFraction: of('clipFraction'), entropy: of('entropy') },
    ...{ gradientNorm: of('gradientNorm'), learningRate: of('learningRate') },
    ...{ completionTokens: of('completionTokens'), thinkingLength: of('thinkingLength'), codeLength: of('codeLength') },
    tokensPerSecond: rate(of('tokens'), of('generateSeconds')),
    programsPerSecond: rate(rollouts.length, sum(of('generateSeconds'), of('verifySeconds'))),
    seconds: { generate: of('generateSeconds'), verify: of('verifySeconds'), update: of('updateSeconds') },
    statistics: finiteValues(statistics),
  };
  return { step, rewards: { step: index, samples } };
}

/** What the steps say together, which changes with every step and not between. */
export type RunHistory = Pick<RunData, 'steps' | 'histogram' | 'cause'>;

/** `reward`: its name. */
export function runHistory(seen: readonly SeenStep[], reward: string | null): RunHistory {
  const steps = seen.map(({ step }) => step);
  const histogram = histogramData(
    reward,
    seen.map(({ rewards }) => rewards),
  );
  return { steps, histogram, cause: whyNothingIsLearnt(steps) };
}

const RULES = EPSILONS.map((epsilon) => createEvomRule({ epsilon }));

function scoresOf(rollouts: readonly Rollout[]): RunStep['scores'] {
  const samples = rollouts.map(({ problem: { id, answer }, observation }) => ({ problemId: id, answer, observation }));
  return evaluate(samples, { labelSet: '', rules: RULES }).scores.map(scoreData);
}

/** One greedy completion of each problem, so that rollouts are problems. */
function validationOf({ validationAccuracy, validationRollouts }: Step['statistics']): RunStep['validation'] {
  const accuracy = finite(validationAccuracy);
  if (accuracy === null) return null;
  const n = validationRollouts ?? 0;
  return { accuracy, ...wilsonInterval(accuracy * n, n) };
}

function meanOf(values: readonly number[]): number | null {
  return finite(values.reduce((total, value) => total + value, 0) / values.length);
}

function sum(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}

function rate(count: number | null, seconds: number | null): number | null {
  return count === null || seconds === null ? null : finite(count / seconds);
}
