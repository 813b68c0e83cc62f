/**
 * THE ALGORITHM (Guan et al. 2026, arXiv 2604.00442): generate → verify → reward → update, step after step.
 *
 *     for each step
 *       generate   the policy writes G completions <think>…</think><code>…</code> for each of B prompts (problem, solver)
 *       verify     each program runs in the sandbox, and what its solver said is certified       (as completions finish)
 *       reward     R = w_fmt·τ_fmt + w_ans·τ_ans
 *       update     GRPO, DAPO or Dr. GRPO on each prompt's group of rewards
 *
 * Differs from the paper:
 * - Our failures, cut completions and certificates still open are masked: left out of their group, never reward 0.
 * - A policy is updated once for each step's rollouts, so that all of them are its own (the paper is silent).
 * - Where it is asked to stop early, raw accuracy on problems that are never trained on decides.
 * - With `overlap`, off by default, the next step is written while this one is verified, by weights one update old.
 *
 * A step is stored before it is yielded. The same seed and policy give the same steps, and a run that was killed goes
 * on as if it had not been: which prompts a step takes is a function of (seed, step), what the policy writes of
 * (seed, step, prompt, sample), and the updates since its last checkpoint are learnt again from the store.
 */

import { EvomError, expected } from './errors.ts';
import { isCheckpoint, saveCheckpoint } from './loop/checkpoints.ts';
import { regroup, teach } from './loop/groups.ts';
import { type Run, startRun, type TrainOptions } from './loop/options.ts';
import { stepStatistics } from './loop/statistics.ts';
import { beginTurn, type Turn } from './loop/turn.ts';
import { hasStalled, isNewBest, isValidated, pastValidations, type Validations, validate } from './loop/validation.ts';
import type { Step, TrainablePolicy } from './types.ts';

/**
 * Trains the policy and yields each step. Ends after `steps` steps, or when validation brings nothing new. Rejects with
 * the reason of `signal` when it fires; a reader that leaves ends what is under way.
 */
export async function* train(policy: TrainablePolicy, options: TrainOptions): AsyncGenerator<Step> {
  await using run = startRun(options);
  const leave = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leave.signal]) : leave.signal;
  const begin = (index: number): Turn => beginTurn(policy, index, run, signal);
  let ahead: Turn | null = null;
  try {
    const stored = await run.store.nextIndex();
    checkPolicyStep(run, stored);
    const validations = await pastValidations(run);
    for (let index = run.policyStep; index < run.steps; index++) {
      const isStored = index < stored;
      if (!isStored && hasStalled(validations, run)) return;

      // generate, verify, reward
      const turn: Turn | null = isStored ? null : (ahead ?? begin(index));
      ahead = null;
      if (run.overlap && index + 1 >= stored && index + 1 < run.steps) {
        await turn?.generated;
        ahead = begin(index + 1);
        await ahead.generated;
      }
      const judged = turn === null ? null : await turn.judged;
      const lesson = teach(judged?.groups ?? regroup((await run.store.read(index)).rollouts), run.objective);

      // update
      signal.throwIfAborted();
      const started = performance.now();
      const update = run.updateOptions(index);
      const learnt = lesson.training.length === 0 ? {} : await policy.update(lesson.training, update);
      if (judged === null) {
        await keep(policy, index, validations, run);
        continue;
      }
      const updateSeconds = (performance.now() - started) / 1000;

      const validated = isValidated(index, run) ? await validate(policy, run, signal) : {};
      if ('validationAccuracy' in validated) validations.push(validated['validationAccuracy'] as number);
      const step: Step = {
        index,
        rollouts: lesson.groups.flat(),
        statistics: {
          ...learnt,
          ...stepStatistics(lesson),
          ...validated,
          learningRate: update.learningRate,
          draws: judged.draws,
          staleness: run.overlap && index > 0 ? 1 : 0,
          generateSeconds: judged.seconds.generate,
          verifySeconds: judged.seconds.verify,
          updateSeconds,
        },
      };
      await run.store.append(step);
      await keep(policy, index, validations, run);
      yield step;
    }
  } finally {
    leave.abort(new Error('The training has ended.'));
    await Promise.allSettled([ahead?.judged]);
  }
}

/** Saves the weights after step `index` where they are to be kept: also after a kill between the step and its checkpoint. */
async function keep(policy: TrainablePolicy, index: number, validations: Validations, run: Run): Promise<void> {
  if (run.checkpoints === null || !isCheckpoint(index, isNewBest(index, validations, run), run)) return;
  await saveCheckpoint(policy, run.checkpoints.folder, index + 1);
}

/** With `overlap` a step is written by weights one update old, so the checkpoint has to be as old. */
function checkPolicyStep({ policyStep, overlap }: Run, stored: number): void {
  const newest = overlap ? Math.max(0, stored - 1) : stored;
  if (Number.isInteger(policyStep) && policyStep >= 0 && policyStep <= newest) return;
  const next = 'Open an older checkpoint, or the weights that the run began with.';
  throw new EvomError('config', 'bad-policy-step', expected('policyStep', `0 to ${newest}`, policyStep, next));
}
