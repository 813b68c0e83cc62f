/** From judged groups to what the policy learns from. Pure. */

import type { Rollout, TrainingGroup, TrainingSample } from '../types.ts';
import { groupAdvantages } from '../update/advantage.ts';
import type { Objective } from '../update/objective.ts';
import { isMixed } from '../update/resample.ts';
import type { Group } from './roll-out.ts';

/** A step's groups with their advantages, and what the update is given. */
export interface Lesson {
  /** Every group of the step; `advantage` is null for what nothing is learnt from. */
  readonly groups: readonly Group[];
  /** Without masked rollouts, and without groups that the objective leaves out. */
  readonly training: readonly TrainingGroup[];
  readonly zeroVarianceGroups: number;
}

/** Adds advantages. A masked rollout is left out, never trained on as reward 0. */
export function teach(groups: readonly Group[], objective: Objective): Lesson {
  let zeroVarianceGroups = 0;
  const taught = groups.map((group) => {
    const { values, isZeroVariance } = groupAdvantages(
      group.map(({ reward }) => reward),
      objective.isStandardised,
    );
    if (isZeroVariance) zeroVarianceGroups++;
    const isLeftOut = objective.isResampled && !isMixed(group);
    return group.map((rollout, index) => ({ ...rollout, advantage: isLeftOut ? null : (values[index] ?? null) }));
  });
  return { groups: taught, training: taught.flatMap(trainingGroup), zeroVarianceGroups };
}

/** What is learnt from of a group: nothing, or one list of samples. */
export function trainingGroup(group: Group): TrainingGroup[] {
  const samples = group.flatMap(({ completion, advantage }): TrainingSample[] =>
    advantage === null ? [] : [{ completion, advantage }],
  );
  const [first] = group;
  if (first === undefined || samples.length === 0) return [];
  return [{ prompt: { problem: first.problem, solver: first.observation.solver }, samples }];
}

/** The groups of a stored step: neighbours of one problem and solver, since no step takes a prompt twice. */
export function regroup(rollouts: readonly Rollout[]): readonly Group[] {
  const keyOf = ({ problem, observation }: Rollout): string => JSON.stringify([problem.id, observation.solver]);
  return [...Map.groupBy(rollouts, keyOf).values()];
}
