/** `reward`: the last observations judged and rewarded, by the project's reward or one of the user's own. */

import { EvomError, expected } from '../errors.ts';
import { evaluate, type Score } from '../evaluate.ts';
import { labelSetOf } from '../problems/label-set.ts';
import { lintReward } from '../reward/lint.ts';
import { createReward, type RewardFunction, type RewardInput } from '../reward/reward.ts';
import { findRule } from '../reward/rules.ts';
import type { Observation, Problem, Reward, Rollout } from '../types.ts';
import { type RewardCall, WORKBENCH_DEFAULTS } from './calls.ts';
import type { ProblemCompletion, Rewards } from './results.ts';
import { lastDrawn, lastObservations, type State } from './state.ts';

/** Rewards the last observations. A function is linted before it is asked, and kept under its name. */
export async function reward(state: State, call: RewardCall = {}): Promise<Rewards> {
  const { rule: ruleName, signal, onProgress } = { ...WORKBENCH_DEFAULTS, ...call };
  const rule = findRule(ruleName, call.epsilon);
  const own = ownReward(state, call);
  const lint = own === null ? null : lintReward(own.reward);
  const reward = own?.reward ?? createReward({ rule, ...(call.weights && { weights: call.weights }) });
  const drawn = lastDrawn(state);
  const observations = lastObservations(state);
  const total = observations.length;
  const rollouts = drawn.completions.map((completion, index): Rollout => {
    signal?.throwIfAborted();
    const observation = observations[index] as Observation;
    const problem = answered(completion);
    const { text, tokenIds, logProbs, truncated } = completion;
    const input = { observation, answer: problem.answer, completion: { text, truncated } };
    const item: Rollout = {
      problem,
      completion: { text, tokenIds, logProbs, truncated },
      observation,
      verdict: rule.judge(observation, problem.answer),
      reward: own === null ? reward(input) : checkedReward(own, input),
      advantage: null,
    };
    onProgress?.({ done: index + 1, total, item });
    return item;
  });
  state.rewarded = { rollouts, drawn };
  state.newest = 'rewards';
  const kept = rollouts.flatMap(({ reward }) => (reward.masked ? [] : [reward.total]));
  return {
    name: own?.name ?? rule.name,
    rollouts,
    mean: kept.length === 0 ? null : kept.reduce((sum, value) => sum + value, 0) / kept.length,
    score: evaluate(
      rollouts.map(({ problem, observation }) => ({ problemId: problem.id, answer: problem.answer, observation })),
      { labelSet: labelSetOf([...new Set(rollouts.map(({ problem }) => problem))]), rules: [rule] },
    ).scores[0] as Score,
    lint,
  };
}

/** A reward function under its name. */
export interface OwnReward {
  readonly name: string;
  readonly reward: RewardFunction;
}

/** The reward that was given under this name. Throws `config/unknown-reward`, with the names there are. */
export function namedReward({ rewardFunctions }: State, name: string): OwnReward {
  const reward = rewardFunctions.get(name);
  if (reward !== undefined) return { name, reward };
  const names = [...rewardFunctions.keys()].join(', ') || 'none so far';
  const next = `Give it to \`reward\` first. There are: ${names}.`;
  throw new EvomError('config', 'unknown-reward', expected('reward', 'the name of one of yours', name, next));
}

function ownReward(state: State, { function: given, name, weights }: RewardCall): OwnReward | null {
  if (given === undefined && name === undefined) return null;
  if (weights !== undefined) {
    const next = 'A function weighs its parts itself: leave the weights out.';
    throw new EvomError('config', 'useless-weights', expected('weights', 'absent beside a function', weights, next));
  }
  if (given === undefined) return namedReward(state, name as string);
  const own = { name: name ?? (given.name || 'reward'), reward: given };
  state.rewardFunctions.set(own.name, given);
  return own;
}

/** What the function gives, which is anybody's code. */
function checkedReward({ name, reward }: OwnReward, input: RewardInput): Reward {
  const next = 'Give `{ parts, total, masked }`, with a finite total.';
  const fail = (got: unknown, cause?: unknown): EvomError =>
    new EvomError(
      'config',
      'bad-reward',
      expected(`reward ${name} of ${input.observation.id}`, 'a reward', got, next),
      cause === undefined ? {} : { cause },
    );
  let given: Partial<Reward> | null;
  try {
    given = reward(input);
  } catch (cause) {
    throw fail(String(cause), cause);
  }
  if (!Number.isFinite(given?.total) || typeof given?.masked !== 'boolean') throw fail(given);
  return { parts: given.parts ?? {}, total: given.total as number, masked: given.masked };
}

function answered({ problem }: ProblemCompletion): Problem {
  if (problem.answer !== null) return problem as Problem;
  const next = 'Without it nothing can be rewarded: pass `answer` to `generate`, or choose labelled problems.';
  throw new EvomError('problem', 'no-answer', expected(`answer of ${problem.id}`, 'known', 'none', next));
}
