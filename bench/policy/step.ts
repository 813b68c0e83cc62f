/**
 * A whole GRPO step, with the policy's own programs: ours through `train()`, TRL's by GRPOTrainer.
 *
 * Both draw 8 completions for each of the same 16 problems, at the same length limit, and learn from them at the same
 * rate, which is TRL's default: so low that every round is written by practically the same policy, so that ours may go
 * on where TRL begins anew. Every round has other problems. The arms draw other random numbers, hence other programs.
 */

import { promptsOfStep } from '../../src/loop/order.ts';
import { train } from '../../src/loop.ts';
import { OnnxPolicy } from '../../src/policy/onnx.ts';
import { writePrompt } from '../../src/policy/prompt.ts';
import { readTokenizer } from '../../src/policy/tokenizer.ts';
import { recipeProblems } from '../../src/pretrain/corpus.ts';
import { TINY } from '../../src/pretrain/recipe.ts';
import { findPython } from '../../src/python-environment.ts';
import { readCompletion } from '../../src/reward/format.ts';
import { createReward } from '../../src/reward/reward.ts';
import type { Problem, Step } from '../../src/types.ts';
import { ExecutionCache } from '../../src/verify/execution-cache.ts';
import { unrun, Verifier } from '../../src/verify/verifier.ts';
import type { Reference } from './reference.ts';
import { type Arm, compare, fastest, type Measurement, type Settings, threadChoices } from './rounds.ts';

const STEP = { problemsPerStep: 16, samples: 8, solvers: ['gurobi'], seed: 1 } as const;
const MAX_TOKENS = 320;
const LEARNING_RATE = 1e-6;
/** TRL's default, and larger ones. The fastest is taken. */
const MICRO_BATCHES = [8, 32, 128] as const;
/** Steps before the first that counts: graphs are built in the first one. */
const WARM_UP = 2;

interface TrlStep {
  readonly wallMs: number;
  readonly generateMs: number;
  readonly rewardMs: number;
  readonly meanTokens: number;
  readonly reward: number;
}

export async function benchmarkStep(folder: string, reference: Reference, settings: Settings): Promise<void> {
  const steps = settings.rounds + WARM_UP;
  const problems = recipeProblems(TINY, { seed: 2, split: 'train', count: STEP.problemsPerStep * steps });
  await using ours = new Verifier({ jobs: settings.threads, cache: new ExecutionCache() });
  await using theirs = new Verifier({ jobs: settings.threads, cache: new ExecutionCache() });
  const policy = await OnnxPolicy.open(folder, { threads: settings.threads, device: 'cpu' });
  try {
    const training = train(policy, {
      ...STEP,
      problems,
      steps,
      verifier: ours,
      sampling: { maxTokens: MAX_TOKENS },
      update: { learningRate: LEARNING_RATE },
    });
    const evom = () => measureEvom(training);
    for (let step = 0; step < WARM_UP; step++) await evom();
    const rowsOf = await createRows(folder, problems);
    const python = findPython();
    await reference.ask({
      do: 'load_grpo',
      folder,
      settings: { python, samples: STEP.samples, maxTokens: MAX_TOKENS, learningRate: LEARNING_RATE },
    });
    const judge = createJudge(theirs);
    const trl = async (reward: 'pool' | 'subprocess', step: number, microBatch: number): Promise<Measurement> => {
      const { rows, problems } = rowsOf(step);
      const request = { do: 'grpo_step', rows, reward, micro_batch: microBatch };
      return columnsOf(await reference.ask<TrlStep>(request, (answers: never) => judge(answers, problems)));
    };
    await trl('pool', 0, 128);
    const useThreads = (threads: number): Promise<unknown> => reference.ask({ do: 'use_threads', threads });
    const choices = threadChoices(settings).flatMap((threads) => MICRO_BATCHES.map((rows) => ({ threads, rows })));
    const choiceName = ({ threads, rows }: (typeof choices)[number]): string => `threads ${threads}, rows ${rows}`;
    const chosen = await fastest(choices, choiceName, async ({ threads, rows }) => {
      await useThreads(threads);
      return (await trl('pool', 1, rows)).wallMs;
    });
    await useThreads(chosen.best.threads);
    const { rows } = chosen.best;
    const arms: readonly Arm[] = [
      { name: 'evom', measure: evom },
      { name: 'TRL, subprocess', measure: (round) => trl('subprocess', round + WARM_UP, rows) },
      { name: 'TRL, our pool', measure: (round) => trl('pool', round + WARM_UP, rows) },
    ];
    const criteria = [
      { against: 'TRL, subprocess', as: 'speed', bound: 3 },
      { against: 'TRL, our pool', as: 'speed', bound: 1 },
    ] as const;
    const { problemsPerStep, samples, solvers } = STEP;
    const title = `GRPO step: ${problemsPerStep} problems × ${samples}, ${solvers}, at most ${MAX_TOKENS} tokens, policy ${folder}`;
    await compare(title, arms, criteria, settings);
    console.log(`TRL takes, of per_device_train_batch_size and threads, ${chosen.line}`);
  } finally {
    await policy.close();
  }
}

async function measureEvom(training: AsyncGenerator<Step>): Promise<Measurement> {
  const started = performance.now();
  const { value } = await training.next();
  const wallMs = performance.now() - started;
  const { rollouts, statistics } = value as Step;
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, next) => sum + next, 0) / numbers.length;
  return columnsOf({
    wallMs,
    generateMs: 1000 * (statistics['generateSeconds'] ?? Number.NaN),
    rewardMs: 1000 * (statistics['verifySeconds'] ?? Number.NaN),
    meanTokens: mean(rollouts.map(({ completion }) => completion.tokenIds.length)),
    reward: mean(rollouts.map(({ reward }) => reward.total)),
  });
}

/** Of ours, `reward ms` is what is left to verify when the last completion is written; the rest goes beside. */
function columnsOf({ wallMs, generateMs, rewardMs, meanTokens, reward }: TrlStep): Measurement {
  const columns = {
    'generate ms': generateMs,
    'reward ms': rewardMs,
    'update ms': wallMs - generateMs - rewardMs,
    'tokens/completion': meanTokens,
    'mean reward': reward,
  };
  return { wallMs, columns };
}

/** The prompts of a step as `train` takes them, and as rows of TRL's data set. */
async function createRows(folder: string, problems: readonly Problem[]) {
  const tokenizer = await readTokenizer(folder);
  return (step: number) => {
    const prompts = promptsOfStep(step, { ...STEP, problems });
    const rows = prompts.map((prompt, index) => {
      const { text, addSpecialTokens } = writePrompt(prompt, tokenizer);
      const promptTokens = tokenizer.encode(text, { addSpecialTokens });
      return { prompt: text, promptTokens, index, answer: prompt.problem.answer };
    });
    return { rows, problems: prompts.map(({ problem }) => problem) };
  };
}

/** Verifies TRL's completions as the loop does ours, and gives their rewards. */
function createJudge(verifier: Verifier) {
  const reward = createReward();
  const judgeOne = async (text: string, { answer }: Problem, id: string): Promise<number> => {
    const { program, reason } = readCompletion(text);
    const request = { id, solver: STEP.solvers[0], program: program ?? '' };
    const observation =
      program === null ? unrun(request, 'no-program', reason, verifier.isolation) : await verifier.observe(request);
    return reward({ observation, answer, completion: { text, truncated: false } }).total;
  };
  return (rows: readonly { readonly text: string; readonly index: number }[], problems: readonly Problem[]) =>
    Promise.all(rows.map(({ text, index }, row) => judgeOne(text, problems[index] as Problem, String(row))));
}
