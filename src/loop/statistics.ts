/** A step in numbers. Pure. */

import { readCompletion } from '../reward/format.ts';
import type { Rollout } from '../types.ts';
import type { Lesson } from './groups.ts';

/**
 * | name | what |
 * |---|---|
 * | rewardMean | mean total over rollouts that are not masked |
 * | accuracy, accuracy/gurobi, … | share of verdict `correct` among them: raw, whatever the reward is |
 * | formatRate | share of all completions with both tags in order |
 * | verdict/correct, … | shares of all rollouts, masked ones too |
 * | rollouts, groups, masked, truncated, infra | counts |
 * | trainedGroups, zeroVarianceGroups | groups given to the update; groups whose rewards are all equal |
 * | tokens | of all completions |
 * | completionTokens, thinkingLength, codeLength | means: tokens of a completion, characters of its thinking and program |
 * | cached | share of observations that the execution cache answered |
 *
 * With DAPO, groups that were replaced count in all of these: a mean over the kept ones would lie near one half.
 * A mean over nothing is NaN.
 */
export function stepStatistics({ groups, training, zeroVarianceGroups }: Lesson): Record<string, number> {
  const rollouts = groups.flat();
  const kept = rollouts.filter(({ reward }) => !reward.masked);
  const read = rollouts.map(({ completion }) => readCompletion(completion.text));
  const outcomes = (outcome: string): number =>
    rollouts.filter(({ observation }) => observation.outcome === outcome).length;
  const solvers = Map.groupBy(kept, ({ observation }) => observation.solver);
  const verdicts = Map.groupBy(rollouts, ({ verdict }) => verdict);
  return {
    rewardMean: mean(kept.map(({ reward }) => reward.total)),
    accuracy: accuracyOf(kept),
    ...(solvers.size > 1 && named('accuracy', solvers, accuracyOf)),
    formatRate: mean(read.map(({ formatted }) => Number(formatted))),
    ...named('verdict', verdicts, (some) => some.length / rollouts.length),
    rollouts: rollouts.length,
    groups: groups.length,
    masked: rollouts.length - kept.length,
    truncated: outcomes('truncated'),
    infra: outcomes('infra'),
    trainedGroups: training.length,
    zeroVarianceGroups,
    tokens: rollouts.reduce((sum, { completion }) => sum + completion.tokenIds.length, 0),
    completionTokens: mean(rollouts.map(({ completion }) => completion.tokenIds.length)),
    thinkingLength: mean(read.map(({ thinking }) => thinking?.length ?? 0)),
    codeLength: mean(read.map(({ program }) => program?.length ?? 0)),
    cached: mean(rollouts.map(({ observation }) => Number(observation.cached))),
  };
}

/** Share of verdict `correct`; masked rollouts must not be among them. */
export function accuracyOf(rollouts: readonly Pick<Rollout, 'verdict'>[]): number {
  return mean(rollouts.map(({ verdict }) => Number(verdict === 'correct')));
}

function named<Value>(
  prefix: string,
  groups: ReadonlyMap<string, readonly Value[]>,
  measure: (group: readonly Value[]) => number,
): Record<string, number> {
  const sorted = [...groups].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, group]) => [`${prefix}/${name}`, measure(group)]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
