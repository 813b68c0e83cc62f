/**
 * generate → verify → reward, for a list of prompts. Programs go to the verifier as their completions finish, while the
 * others are still being written.
 */

import { EvomError, expected } from '../errors.ts';
import { readCompletion } from '../reward/format.ts';
import type { RewardInput } from '../reward/reward.ts';
import type { Rule } from '../reward/rule.ts';
import type { Completion, GenerateOptions, Observation, Policy, Prompt, Reward, Rollout } from '../types.ts';
import { type ProgramRequest, unrun, type Verifier } from '../verify/verifier.ts';

/** What runs programs: a {@link Verifier}, or a fake. */
export type ProgramRunner = Pick<Verifier, 'observe' | 'isolation'>;

export interface RollOutOptions {
  readonly generation: GenerateOptions;
  readonly verifier: ProgramRunner;
  /** Gives the verdict. */
  readonly rule: Rule;
  readonly reward: (input: RewardInput & { readonly completion: Completion }) => Reward;
  readonly signal?: AbortSignal;
  /** Told of every rollout as it is judged. */
  readonly onRollout?: (rollout: Rollout, promptIndex: number, sampleIndex: number) => void;
}

/** A roll-out under way. */
export interface RollOut {
  /** When the policy has written its last completion. Rejects as `groups` does. */
  readonly generated: Promise<void>;
  /** The rollouts by prompt, each group in the order of its samples, [B][G]. */
  readonly groups: Promise<readonly Group[]>;
  /** Seconds so far: of generation, and from its end until the last verdict. */
  readonly seconds: { readonly generate: number; readonly verify: number };
}

/** The rollouts of one prompt. */
export type Group = readonly Rollout[];

/** Starts. What was begun ends early when `signal` fires: both promises then reject with its reason. */
export function rollOut(policy: Policy, prompts: readonly Prompt[], options: RollOutOptions): RollOut {
  const seconds = { generate: 0, verify: 0 };
  const { promise: generated, resolve, reject } = Promise.withResolvers<void>();
  generated.catch(() => {}); // `groups` rejects as well
  const groups = run(policy, prompts, options, seconds, resolve);
  groups.catch(reject);
  return { generated, groups, seconds };
}

async function run(
  policy: Policy,
  prompts: readonly Prompt[],
  options: RollOutOptions,
  seconds: { generate: number; verify: number },
  onGenerated: () => void,
): Promise<readonly Group[]> {
  const { signal, onRollout } = options;
  const groups: Rollout[][] = prompts.map(() => []);
  const judging: Promise<void>[] = [];
  const started = performance.now();
  const generation = { ...options.generation, ...(signal && { signal }) };
  for await (const { promptIndex, sampleIndex, completion } of policy.generate(prompts, generation)) {
    const prompt = prompts[promptIndex] as Prompt;
    const judged = judge(prompt, completion, sampleIndex, options).then((rollout) => {
      (groups[promptIndex] as Rollout[])[sampleIndex] = rollout;
      onRollout?.(rollout, promptIndex, sampleIndex);
    });
    judged.catch(() => {}); // seen when all are waited for
    judging.push(judged);
  }
  const ended = performance.now();
  seconds.generate = (ended - started) / 1000;
  onGenerated();
  await Promise.all(judging);
  seconds.verify = (performance.now() - ended) / 1000;
  checkComplete(groups, options.generation.samples ?? 1, policy.name);
  return groups;
}

function checkComplete(groups: readonly Group[], samples: number, policy: string): void {
  const index = groups.findIndex((group) => Object.keys(group).length !== samples);
  if (index < 0) return;
  const what = `${samples} completions of prompt ${index}`;
  throw new EvomError(
    'policy',
    'missing-completions',
    expected(
      `policy ${policy}`,
      `one that writes ${what}`,
      Object.keys(groups[index] ?? []).length,
      'Mend the policy.',
    ),
  );
}

async function judge(
  { problem, solver }: Prompt,
  completion: Completion,
  sampleIndex: number,
  { verifier, rule, reward, signal }: RollOutOptions,
): Promise<Rollout> {
  const id = `${problem.id}/${sampleIndex}`;
  const observation = await observeCompletion(verifier, { problem, solver }, completion, { id }, signal);
  const { answer } = problem;
  return {
    problem,
    completion,
    observation,
    verdict: rule.judge(observation, answer),
    reward: reward({ observation, answer, completion }),
    advantage: null,
  };
}

/** Runs the completion's program. One that was cut short, or that holds no program, is not run. */
export async function observeCompletion(
  verifier: ProgramRunner,
  { solver }: Prompt,
  { text, truncated }: Completion,
  asked: Omit<ProgramRequest, 'program' | 'solver'>,
  signal?: AbortSignal,
): Promise<Observation> {
  const { program, reason } = readCompletion(text);
  const request = { ...asked, solver, program: program ?? '' };
  if (truncated) return unrun(request, 'truncated', 'the completion hit its length limit', verifier.isolation);
  if (program === null) return unrun(request, 'no-program', reason, verifier.isolation);
  return verifier.observe(request, signal);
}
