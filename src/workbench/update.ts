/**
 * `update`: one optimiser step on the last rewards, as a step of the loop would take it.
 *
 * Differs from a step of `train`: DAPO draws no further problems in place of groups that are all right or all wrong,
 * it leaves them out. And `sft` learns what the policy itself wrote and was judged correct (rejection sampling), since
 * there are no demonstrations here.
 */

import { DEFAULT_UPDATE } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import { type Lesson, regroup, teach, trainingGroup } from '../loop/groups.ts';
import { stepStatistics } from '../loop/statistics.ts';
import type { ObjectiveName, UpdateOptions } from '../types.ts';
import { OBJECTIVES, updateDefaults } from '../update/objective.ts';
import { penaliseLength } from '../update/overlong.ts';
import { type UpdateCall, WORKBENCH_DEFAULTS } from './calls.ts';
import { chosenPolicy } from './choose.ts';
import type { Update } from './results.ts';
import { checkWhole, digestOf, lastRewarded, type Rewarded, type State, trainable } from './state.ts';

/** Updates the chosen policy. Where the rollouts teach nothing, `trainedGroups` is 0 and the weights stay. */
export async function update(state: State, call: UpdateCall = {}): Promise<Update> {
  const { objective, learningRate, signal, onProgress } = { ...WORKBENCH_DEFAULTS, ...call };
  const { steps = 1 } = call;
  checkWhole('steps', steps, 1);
  const rewarded = lastRewarded(state);
  const chosen = await chosenPolicy(state);
  const policy = trainable(chosen);
  checkOwn(rewarded, chosen.source, objective);
  const { temperature, maxTokens } = rewarded.drawn;
  const lesson = lessonOf(rewarded, objective, call.filterRawAccuracy ?? OBJECTIVES[objective].isResampled);
  const options: UpdateOptions = {
    ...DEFAULT_UPDATE,
    ...updateDefaults(objective),
    ...{ learningRate, temperature, maxTokens },
  };
  const index = chosen.updates;
  const updates: Readonly<Record<string, number>>[] = [];
  while (lesson.training.length > 0 && updates.length < steps) {
    signal?.throwIfAborted();
    const told = await policy.update(lesson.training, options);
    updates.push(told);
    chosen.lineage = digestOf([chosen.lineage, chosen.run, lesson.training, options]);
    chosen.run = null;
    chosen.isAsOpened = false;
    chosen.updates++;
    chosen.taughtOn = [...new Set([...chosen.taughtOn, ...lesson.training.map(({ prompt }) => prompt.solver)])];
    onProgress?.({ done: updates.length, total: steps, item: told });
  }
  const statistics = { ...updates.at(-1), ...stepStatistics(lesson), learningRate };
  return { index, rollouts: lesson.groups.flat(), statistics, updates };
}

function lessonOf({ rollouts, drawn }: Rewarded, name: ObjectiveName, isResampled: boolean): Lesson {
  const objective = { ...OBJECTIVES[name], isResampled };
  const groups = regroup(rollouts).map((group) =>
    group.map((rollout) => {
      if (!objective.isLengthPenalised) return rollout;
      const length = rollout.completion.tokenIds.length;
      return { ...rollout, reward: penaliseLength(rollout.reward, length, drawn.maxTokens) };
    }),
  );
  const lesson = teach(groups, objective);
  return name === 'sft' ? demonstrations(lesson) : lesson;
}

/** The correct completions, all equally good. */
function demonstrations({ groups, zeroVarianceGroups }: Lesson): Lesson {
  const shown = groups.map((group) =>
    group.map((rollout) => {
      const isShown = rollout.advantage !== null && rollout.verdict === 'correct';
      return { ...rollout, advantage: isShown ? 1 : null };
    }),
  );
  return { groups: shown, training: shown.flatMap(trainingGroup), zeroVarianceGroups };
}

/** Log-probabilities are those of the policy that wrote, at the temperature that it wrote at. */
function checkOwn({ drawn }: Rewarded, source: string, objective: ObjectiveName): void {
  if (drawn.source !== source) {
    const next = 'Generate with the policy that is to learn.';
    throw new EvomError('config', 'other-policy', expected('policy', `${drawn.source}, which wrote`, source, next));
  }
  if (drawn.temperature > 0 || objective === 'sft') return;
  const next = 'Greedy completions of a prompt are all the same: generate at temperature 1.';
  throw new EvomError('config', 'bad-temperature', expected('temperature', 'above 0', drawn.temperature, next));
}
