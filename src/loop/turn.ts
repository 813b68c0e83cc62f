/**
 * The first three words of a step: generate, verify, reward; with dynamic sampling as often as it takes.
 */

import type { Policy, Prompt } from '../types.ts';
import { penaliseLength } from '../update/overlong.ts';
import { lackingGroups } from '../update/resample.ts';
import type { Run } from './options.ts';
import { furtherPrompts, promptsOfStep } from './order.ts';
import { type Group, type RollOut, rollOut } from './roll-out.ts';

/** A step's rollouts under way. */
export interface Turn {
  /** When the policy is free again, and its weights may change. */
  readonly generated: Promise<void>;
  readonly judged: Promise<Judged>;
}

export interface Judged {
  readonly groups: readonly Group[];
  readonly seconds: { readonly generate: number; readonly verify: number };
  /** Draws of prompts; more than one where groups were replaced. */
  readonly draws: number;
}

/** Begins step `index`. When `signal` fires, both promises reject with its reason. */
export function beginTurn(policy: Policy, index: number, run: Run, signal: AbortSignal): Turn {
  const first = draw(policy, index, promptsOfStep(index, run), run, signal);
  const judged = run.objective.isResampled
    ? resampled(policy, index, first, run, signal)
    : first.groups.then((groups) => ({ groups, seconds: first.seconds, draws: 1 }));
  judged.catch(() => {}); // whoever waits for it sees it
  const generated = run.objective.isResampled ? judged.then(() => {}) : first.generated;
  generated.catch(() => {});
  return { generated, judged };
}

async function resampled(
  policy: Policy,
  index: number,
  first: RollOut,
  run: Run,
  signal: AbortSignal,
): Promise<Judged> {
  const groups: Group[] = [...(await first.groups)];
  const wanted = groups.length;
  const further = [...furtherPrompts(index, run)];
  const seconds = { ...first.seconds };
  for (let draws = 1; ; draws++) {
    const prompts = further.splice(0, lackingGroups(groups, wanted, draws));
    if (prompts.length === 0) return { groups, seconds, draws };
    const next = draw(policy, index, prompts, run, signal);
    groups.push(...(await next.groups));
    seconds.generate += next.seconds.generate;
    seconds.verify += next.seconds.verify;
  }
}

function draw(policy: Policy, index: number, prompts: readonly Prompt[], run: Run, signal: AbortSignal): RollOut {
  const { verifier, rule, objective, sampling, reward, onText, onRollout } = run;
  return rollOut(policy, prompts, {
    generation: { ...sampling, seed: run.seed, step: index, ...(onText && { onText }) },
    verifier,
    rule,
    reward: objective.isLengthPenalised
      ? (input) => penaliseLength(reward(input), input.completion.tokenIds.length, sampling.maxTokens)
      : reward,
    signal,
    ...(onRollout && { onRollout }),
  });
}
