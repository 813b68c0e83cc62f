import { Command, Option } from 'commander';
import { DEFAULT_EPSILON, DEFAULT_UPDATE } from '../config.ts';
import {
  checkTrainOptions,
  DEFAULT_PROBLEMS_PER_STEP,
  DEFAULT_SAMPLES,
  type RewardObjective,
  type TrainOptions,
} from '../loop/options.ts';
import { train } from '../loop.ts';
import { numberOption } from '../number-options.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward, parseRewardWeights, type RewardWeights } from '../reward/reward.ts';
import type { Problem, SolverName, Step } from '../types.ts';
import { SCHEDULE_NAMES, type ScheduleName } from '../update/schedule.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { Verifier } from '../verify/verifier.ts';
import { EXIT_CODES } from './exit-code.ts';
import { type RunFlags, runOptions, verifierOptions, wholeNumber } from './options.ts';
import {
  type PolicyFlags,
  policyOptions,
  problemsOption,
  readProblems,
  type SamplingFlags,
  samplingOptions,
  solversOption,
} from './policy-options.ts';
import { listenForStop } from './stop.ts';
import { describeShare, pooledAccuracy, renderSteps, trainProgress } from './train-progress.ts';
import { openRun, planRun } from './train-run.ts';

export interface TrainFlags extends PolicyFlags, SamplingFlags, RunFlags {
  readonly solver: readonly SolverName[];
  readonly problems: string;
  readonly steps: number;
  readonly samples: number;
  readonly problemsPerStep: number;
  readonly objective: RewardObjective;
  readonly learningRate: number;
  readonly kl: number;
  readonly schedule: ScheduleName;
  readonly warmUp: number;
  readonly epsilon: number;
  readonly rewardWeights: RewardWeights;
  readonly validation?: string;
  readonly validateEvery: number;
  readonly patience: number;
  readonly checkpointEvery: number;
  readonly overlap?: boolean;
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

const HELP = `
generate → verify → reward → update, ${DEFAULT_PROBLEMS_PER_STEP} problems × ${DEFAULT_SAMPLES} completions a step. With --out the run is a
folder: one Parquet file a step, and checkpoints. --resume goes on with it, with
the options that it was begun with, as if it had not stopped.

Accuracy is raw: the share of verdicts \`correct\`, whatever the reward is made of.

Exit code: 0; 2 bad input; 3 a solver is missing; 130 interrupted.

Examples:
  evom train --policy scripted --solver highs --steps 5
  evom train --solver gurobi,ortools --steps 30 --out runs/joint
  evom train --out runs/joint --resume`;

export function trainCommand(): Command {
  const number = (name: string, low: number, isOpen = false) => numberOption(name, { low, isOpen });
  const command = new Command('train')
    .description('Train a policy on the rewards of what it writes.')
    .addOption(solversOption('several: they take turns over the problems'))
    .addOption(problemsOption('tiny'))
    .option('--steps <n>', 'steps of the loop in all', wholeNumber('steps'), 30)
    .option(
      '--samples <n>',
      'completions of each problem',
      numberOption('samples', { low: 2, isWhole: true }),
      DEFAULT_SAMPLES,
    )
    .option(
      '--problems-per-step <n>',
      'problems of a step',
      wholeNumber('problems-per-step'),
      DEFAULT_PROBLEMS_PER_STEP,
    )
    .addOption(new Option('--objective <name>', 'how to learn').choices(['grpo', 'dapo', 'dr-grpo']).default('grpo'))
    .option('--learning-rate <x>', 'after warm-up', number('learning-rate', 0, true), DEFAULT_UPDATE.learningRate)
    .option('--kl <weight>', 'of KL to the weights that the run began with', number('kl', 0), DEFAULT_UPDATE.klWeight)
    .addOption(new Option('--schedule <name>', 'of the learning rate').choices(SCHEDULE_NAMES).default('constant'))
    .option('--warm-up <steps>', 'until the full learning rate', numberOption('warm-up', { low: 0, isWhole: true }), 0)
    .option('--epsilon <share>', 'largest relative error of a hit', number('epsilon', 0), DEFAULT_EPSILON)
    .addOption(
      new Option('--reward-weights <f,a>', 'weights of format and answer')
        .argParser(parseRewardWeights)
        .default({ format: 0.2, answer: 1 }, '0.2,1'),
    )
    .option('--validation <set>', 'stop early by accuracy on these problems, named as for --problems')
    .option('--validate-every <n>', 'steps between two validations', wholeNumber('validate-every'), 5)
    .option('--patience <n>', 'validations without a new best before the end', wholeNumber('patience'), 3)
    .option('--checkpoint-every <n>', 'steps between two checkpoints', wholeNumber('checkpoint-every'), 10)
    .option('--overlap', 'write the next step while this one is verified: one step off-policy')
    .option('--out <folder>', 'keep the run there (default: nowhere)')
    .option('--resume', 'go on with the run in --out')
    .option('--json', "each step's statistics on standard output, as one JSON line")
    .addHelpText('after', HELP);
  for (const option of [...policyOptions(), ...samplingOptions(), ...runOptions()]) command.addOption(option);
  return command.action(runTraining);
}

async function runTraining(_: unknown, command: Command): Promise<void> {
  const plan = await planRun(command);
  const { flags } = plan;
  await using verifier = new Verifier({ ...verifierOptions(flags), cache: new ExecutionCache() });
  if (!(await areReady(flags.solver, verifier))) return;
  const set = await readProblems(flags.problems);
  const described = await trainOptions(flags, set.problems);
  checkTrainOptions(described);
  const { policy, store, policyStep } = await openRun(plan, set);
  try {
    using stop = listenForStop();
    const options = { ...described, store, verifier, policyStep, signal: stop.signal };
    const steps = await follow(train(policy, options), flags, await store.nextIndex(), stop);
    const tell = flags.json === true ? console.error : console.log; // standard output is for rows alone
    if (steps.length > 0) tell(`${renderSteps(steps)}\n\n${conclude(steps, flags)}`);
    const isInterrupted = process.exitCode === EXIT_CODES.interrupted;
    console.error(isInterrupted ? howToGoOn(flags) : whereItIs(flags, await store.nextIndex()));
  } finally {
    await policy.close();
    await store.close();
  }
}

/** Whether every solver can run programs; the others are named on standard error. */
async function areReady(solvers: readonly SolverName[], verifier: Verifier): Promise<boolean> {
  for (const solver of solvers) {
    const state = await verifier.solverState(solver);
    if (state.isReady) continue;
    console.error(`${solver} cannot run programs: ${state.reason}`);
    process.exitCode = EXIT_CODES.noSolver;
  }
  return process.exitCode !== EXIT_CODES.noSolver;
}

async function trainOptions(flags: TrainFlags, problems: readonly Problem[]): Promise<TrainOptions> {
  const { solver, steps, samples, problemsPerStep, objective, learningRate, kl, schedule, warmUp, epsilon } = flags;
  const { temperature, topP, topK, maxTokens, seed, rewardWeights, overlap } = flags;
  const { validation, validateEvery, patience, checkpointEvery, out } = flags;
  const rule = createEvomRule({ epsilon });
  return {
    problems,
    solvers: solver,
    steps,
    samples,
    problemsPerStep,
    objective,
    update: { learningRate, klWeight: kl },
    schedule: { name: schedule, warmUp },
    sampling: { temperature, topP, topK, maxTokens },
    seed,
    rule,
    reward: createReward({ rule, weights: rewardWeights }),
    overlap: overlap ?? false,
    ...(out !== undefined && { checkpoints: { folder: out, every: checkpointEvery } }),
    ...(validation !== undefined && {
      validation: { problems: (await readProblems(validation)).problems, every: validateEvery, patience },
    }),
  };
}

/** Shows each step as it comes. An interruption ends it in order: the steps so far are what is left. */
async function follow(
  training: AsyncIterable<Step>,
  { steps, json }: TrainFlags,
  done: number,
  stop: ReturnType<typeof listenForStop>,
): Promise<readonly Step[]> {
  const seen: Step[] = [];
  using progress = trainProgress(done, steps);
  try {
    for await (const step of training) {
      seen.push(step);
      progress.show(step);
      if (json === true) console.log(JSON.stringify({ step: step.index, ...step.statistics }));
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (!stop.isReaderGone) process.exitCode = EXIT_CODES.interrupted;
  }
  return seen;
}

/** The first and the last third of the steps beside each other. */
function conclude(steps: readonly Step[], { epsilon, solver }: TrainFlags): string {
  const third = Math.max(1, Math.floor(steps.length / 3));
  const [first, last] = [steps.slice(0, third), steps.slice(-third)].map((some) => {
    const { accuracy, problems } = pooledAccuracy(some);
    return `${describeShare(accuracy, problems)} (steps ${some[0]?.index}–${some.at(-1)?.index}, ${problems} problems)`;
  });
  return `raw accuracy on ${solver.join(', ')}: ${first} → ${last}; rule evom, ε ${epsilon}, training problems, 95 % intervals`;
}

function whereItIs({ out }: TrainFlags, steps: number): string {
  if (out === undefined) return 'Nothing was kept: --out FOLDER keeps the run and its weights.';
  return `${steps} steps and the checkpoints are in ${out}.`;
}

function howToGoOn({ out }: TrainFlags): string {
  if (out === undefined) return 'Interrupted, and nothing was kept. With --out FOLDER a run can go on later.';
  return `Interrupted. What is done is in ${out}; go on by \`evom train --out ${out} --resume\`.`;
}
