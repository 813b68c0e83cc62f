/** What a training run depends on, with every default; and the same resolved and checked. */

import { DEFAULT_SAMPLING, DEFAULT_UPDATE } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import { labelSetOf } from '../problems/label-set.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward, type RewardFunction } from '../reward/reward.ts';
import type { Rule } from '../reward/rule.ts';
import { createMemoryStore } from '../store/memory.ts';
import type { RunStore } from '../store/store.ts';
import type { ObjectiveName, Problem, Rollout, SamplingOptions, SolverName, UpdateOptions } from '../types.ts';
import { OBJECTIVES, type Objective, updateDefaults } from '../update/objective.ts';
import { learningRateAt, type Schedule } from '../update/schedule.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { Verifier } from '../verify/verifier.ts';
import type { Order } from './order.ts';
import type { ProgramRunner } from './roll-out.ts';

/** The objectives that learn from rewards. SFT learns from demonstrations, and has no rollouts. */
export type RewardObjective = Exclude<ObjectiveName, 'sft'>;

export interface TrainOptions {
  readonly problems: readonly Problem[];
  /** Several: joint training, the solvers take turns over the problems. Default: `highs`, which needs no licence. */
  readonly solvers?: readonly SolverName[];
  readonly steps: number;
  /** B, prompts of a step. Default 16; at most all problems. */
  readonly problemsPerStep?: number;
  /** G, completions of a prompt. Default 8. */
  readonly samples?: number;
  /** Default `grpo`. */
  readonly objective?: RewardObjective;
  /** Default: `DEFAULT_UPDATE`, with the objective's clip range. */
  readonly update?: Partial<
    Pick<UpdateOptions, 'learningRate' | 'clipLow' | 'clipHigh' | 'klWeight' | 'weightDecay' | 'maxGradientNorm'>
  >;
  /** Default: constant, no warm-up. */
  readonly schedule?: Partial<Pick<Schedule, 'name' | 'warmUp'>>;
  /** Default: `DEFAULT_SAMPLING`: temperature 1, nothing cut off, 512 tokens. */
  readonly sampling?: Partial<Pick<SamplingOptions, 'temperature' | 'topP' | 'topK' | 'maxTokens' | 'stop'>>;
  /** Default 0. */
  readonly seed?: number;
  /** Gives verdicts, and so accuracy. Default: the paper's at ε = 0.05. */
  readonly rule?: Rule;
  /** Default: {@link createReward} under `rule`. */
  readonly reward?: RewardFunction;
  /** Default: an own one with a cache, closed at the end. */
  readonly verifier?: ProgramRunner;
  /** Every step is stored before it is yielded. Default: in memory. */
  readonly store?: RunStore;
  /** Early stopping. Default: none. */
  readonly validation?: ValidationOptions;
  /** Default: none. */
  readonly checkpoints?: CheckpointOptions;
  /**
   * How many steps of the store the policy's weights have seen. Default 0, the weights that the run began with; the
   * stored steps from here on are learnt again, without being generated or verified again.
   */
  readonly policyStep?: number;
  /** Generate the next step while this one is verified: one step off-policy. Default false. */
  readonly overlap?: boolean;
  readonly signal?: AbortSignal;
  /** Told of text as it is written, and of rollouts as they are judged. */
  readonly onText?: (text: string, promptIndex: number, sampleIndex: number) => void;
  readonly onRollout?: (rollout: Rollout) => void;
}

/** Problems that are never trained on decide when to stop. */
export interface ValidationOptions {
  readonly problems: readonly Problem[];
  /** Steps between two validations. Default 5. */
  readonly every?: number;
  /** The run ends after so many validations without a new best raw accuracy. Default 3. */
  readonly patience?: number;
}

export interface CheckpointOptions {
  /** Holds `checkpoint-000010` for the weights after 10 steps. All are kept. */
  readonly folder: string;
  /** Steps between two checkpoints; the last step and every new best in validation have one too. Default 10. */
  readonly every?: number;
}

/** {@link TrainOptions} with every default filled in. */
export interface Run extends Order, AsyncDisposable {
  readonly steps: number;
  readonly objective: Objective;
  readonly sampling: SamplingOptions;
  readonly rule: Rule;
  readonly reward: RewardFunction;
  readonly verifier: ProgramRunner;
  readonly store: RunStore;
  readonly validation: Required<ValidationOptions> | null;
  readonly checkpoints: Required<CheckpointOptions> | null;
  readonly policyStep: number;
  readonly overlap: boolean;
  readonly onText: TrainOptions['onText'];
  readonly onRollout: TrainOptions['onRollout'];
  /** The update of step `index`. */
  updateOptions(index: number): UpdateOptions;
}

export const DEFAULT_PROBLEMS_PER_STEP = 16;
export const DEFAULT_SAMPLES = 8;

/** Fills in the defaults. Throws as {@link checkTrainOptions} does. */
export function startRun(options: TrainOptions): Run {
  checkTrainOptions(options);
  const { problems, steps, solvers = ['highs'], objective = 'grpo', seed = 0, rule = createEvomRule() } = options;
  const samples = options.samples ?? DEFAULT_SAMPLES;
  const sampling = { ...DEFAULT_SAMPLING, ...options.sampling, samples, seed };
  const { temperature, maxTokens } = sampling;
  const update = { ...DEFAULT_UPDATE, ...updateDefaults(objective), ...options.update, temperature, maxTokens };
  const schedule = { name: 'constant', warmUp: 0, steps, ...options.schedule } as const;
  const own = options.verifier === undefined ? new Verifier({ cache: new ExecutionCache() }) : null;
  return {
    problems,
    solvers,
    problemsPerStep: options.problemsPerStep ?? DEFAULT_PROBLEMS_PER_STEP,
    seed,
    steps,
    objective: OBJECTIVES[objective],
    sampling,
    rule,
    reward: options.reward ?? createReward({ rule }),
    verifier: options.verifier ?? (own as Verifier),
    store: options.store ?? createMemoryStore(describeRun(options)),
    validation: options.validation ? { every: 5, patience: 3, ...options.validation } : null,
    checkpoints: options.checkpoints ? { every: 10, ...options.checkpoints } : null,
    policyStep: options.policyStep ?? 0,
    overlap: options.overlap ?? false,
    onText: options.onText,
    onRollout: options.onRollout,
    updateOptions: (index) => ({ ...update, learningRate: learningRateAt(index, update.learningRate, schedule) }),
    [Symbol.asyncDispose]: async () => own?.close(),
  };
}

function describeRun({ problems, seed = 0 }: TrainOptions): Parameters<typeof createMemoryStore>[0] {
  return { configuration: {}, versions: {}, seeds: { run: seed }, hashes: { labelSet: labelSetOf(problems) } };
}

/** Throws `config/…` for options that contradict each other. */
export function checkTrainOptions({
  problems,
  solvers,
  samples,
  problemsPerStep,
  sampling,
  validation,
  objective,
}: TrainOptions): void {
  const fail = (code: string, name: string, what: string, got: unknown, next: string): never => {
    throw new EvomError('config', code, expected(name, what, got, next));
  };
  if (problems.length === 0) fail('no-problems', 'problems', 'a list with a problem in it', problems, 'Give some.');
  if (solvers?.length === 0) fail('no-solver', 'solvers', 'a list with a solver in it', solvers, 'Name one.');
  if (problemsPerStep !== undefined && !(Number.isInteger(problemsPerStep) && problemsPerStep > 0)) {
    fail('bad-problems-per-step', 'problemsPerStep', 'a whole number above 0', problemsPerStep, 'Take 16.');
  }
  if (samples !== undefined && !(Number.isInteger(samples) && samples > 1)) {
    fail('bad-samples', 'samples', 'a whole number above 1', samples, 'A completion is compared with others: take 8.');
  }
  if (sampling?.temperature !== undefined && !(sampling.temperature > 0)) {
    const next = 'Greedy completions of a prompt are all the same: take 1.';
    fail('bad-temperature', 'temperature', 'above 0', sampling.temperature, next);
  }
  if ((objective as ObjectiveName | undefined) === 'sft') {
    fail('bad-objective', 'objective', 'grpo, dapo or dr-grpo', objective, 'SFT needs programs, not rewards.');
  }
  const trained = new Set(problems.map(({ text }) => text));
  const shared = validation?.problems.find(({ text }) => trained.has(text));
  if (shared !== undefined) {
    fail('validation-in-training', 'validation', 'problems apart from the training set', shared.id, 'Take it out.');
  }
}
