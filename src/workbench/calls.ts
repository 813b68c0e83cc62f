/** What each primitive is asked, with its defaults in one place. */

import { DEFAULT_EPSILON, DEFAULT_SAMPLING, DEFAULT_UPDATE } from '../config.ts';
import { DEFAULT_PROBLEMS_PER_STEP, DEFAULT_SAMPLES, type RewardObjective } from '../loop/options.ts';
import type { FindPolicyOptions } from '../policy/find-policy.ts';
import type { RewardFunction, RewardWeights } from '../reward/reward.ts';
import type { QueryParameter } from '../store/store.ts';
import type { Answer, ObjectiveName, Observation, Rollout, SolverName, Step, Verdict } from '../types.ts';
import type { SolverRow } from '../verify/solver-rows.ts';
import type { ProblemCompletion } from './results.ts';
import { RUNS_FOLDER } from './run-names.ts';

export interface WorkbenchDefaults {
  /** Holds one folder for each run. */
  readonly runs: string;
  readonly policy: string;
  readonly solver: SolverName;
  readonly samples: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly rule: string;
  readonly objective: RewardObjective;
  readonly problemsPerStep: number;
  readonly learningRate: number;
  readonly klWeight: number;
  readonly epsilon: number;
  readonly validateEvery: number;
  readonly patience: number;
  readonly checkpointEvery: number;
  /** One greedy completion of each problem. */
  readonly evaluationSamples: number;
  /** Rows of `rollouts`. */
  readonly rows: number;
}

/** Every default of the workbench. The numbers are those of `evom train` and `evom generate`. */
export const WORKBENCH_DEFAULTS: WorkbenchDefaults = {
  runs: RUNS_FOLDER,
  policy: 'tiny',
  solver: 'highs', // needs no licence
  samples: DEFAULT_SAMPLES,
  temperature: DEFAULT_SAMPLING.temperature,
  maxTokens: DEFAULT_SAMPLING.maxTokens,
  seed: DEFAULT_SAMPLING.seed,
  rule: 'evom',
  objective: 'grpo',
  problemsPerStep: DEFAULT_PROBLEMS_PER_STEP,
  learningRate: DEFAULT_UPDATE.learningRate,
  klWeight: DEFAULT_UPDATE.klWeight,
  epsilon: DEFAULT_EPSILON,
  validateEvery: 5,
  patience: 3,
  checkpointEvery: 10,
  evaluationSamples: 1,
  rows: 100,
};

/** How far a call is, told with what was just done. */
export interface Progress<Item> {
  readonly done: number;
  readonly total: number;
  readonly item: Item;
}

/** What every call takes. When `signal` fires the call rejects with its reason, and what was last chosen or made stays. */
export interface Call<Item> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress<Item>) => void;
}

export type SolversCall = Call<SolverRow>;

export interface ProblemsCall extends Call<string> {
  /** The first so many of those that `where` leaves. */
  readonly limit?: number;
  /** Keeps problems whose text, id or source holds this, whatever its case, or matches it. */
  readonly where?: string | RegExp;
}

export interface PolicyCall extends Call<string>, FindPolicyOptions {}

export interface GenerateCall extends Call<ProblemCompletion> {
  readonly solver?: SolverName;
  /** One problem, in place of the chosen ones. */
  readonly text?: string;
  /** Its answer; without one its completions can be verified but not rewarded. */
  readonly answer?: Answer;
  /** The first so many of the chosen problems. */
  readonly limit?: number;
  /** G: completions of each problem. */
  readonly samples?: number;
  /** 0 is greedy. */
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  /** Told of new text as it comes. */
  readonly onText?: (text: string, promptIndex: number, sampleIndex: number) => void;
}

export interface VerifyCall extends Call<Observation> {
  /** This program, in place of the last completions, which stay what they are. */
  readonly program?: string;
  /** The program's. Completions are verified on the solver that they were written for. */
  readonly solver?: SolverName;
}

export interface RewardCall extends Call<Rollout> {
  /** Gives verdicts: `evom`, or one of the published ones. */
  readonly rule?: string;
  /** Rule `evom` alone. */
  readonly epsilon?: number;
  /** Default 0.2 for format, 1 for the answer. Not for a function of one's own. */
  readonly weights?: RewardWeights;
  /** A reward of one's own: linted at once, and known to {@link TrainCall.reward} by its name from then on. */
  readonly function?: RewardFunction;
  /** Without `function`: a reward that was given under this name before. */
  readonly name?: string;
}

export interface UpdateCall extends Call<Readonly<Record<string, number>>> {
  /** `sft` learns the completions that were judged correct. */
  readonly objective?: ObjectiveName;
  readonly learningRate?: number;
  /** Optimiser steps on the same rollouts. Default 1. */
  readonly steps?: number;
  /** Leaves out groups that are all right or all wrong. Default: as the objective does, which is DAPO alone. */
  readonly filterRawAccuracy?: boolean;
}

export interface TrainCall extends Call<Rollout> {
  /** Several: they take turns over the problems. */
  readonly solver?: SolverName | readonly SolverName[];
  /** Steps of the run in all, those that are there already among them. */
  readonly steps: number;
  /** The run's folder below `runs`. Default: named by all that the run depends on, so that the same call goes on with it. */
  readonly run?: string;
  readonly objective?: RewardObjective;
  readonly samples?: number;
  readonly problemsPerStep?: number;
  readonly learningRate?: number;
  /** β of the KL to the weights that the run began with. */
  readonly klWeight?: number;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
  readonly epsilon?: number;
  readonly weights?: RewardWeights;
  /** The name of a reward that was given to `reward`. */
  readonly reward?: string;
  /** Stop early by accuracy on these problems, named as for `problems`. */
  readonly validation?: string;
  readonly validateEvery?: number;
  readonly patience?: number;
  readonly checkpointEvery?: number;
  /** Told of the run's name and folder, before its first step. */
  readonly onOpen?: (run: { readonly run: string; readonly folder: string }) => void;
  /** Told of every step, first of those that are in the folder already. */
  readonly onStep?: (step: Step) => void;
  /** Awaited between two steps: the training waits as long. */
  readonly betweenSteps?: () => Promise<void>;
  /** Told of new text as it comes. */
  readonly onText?: (text: string, promptIndex: number, sampleIndex: number) => void;
}

export interface EvaluateCall extends Call<Rollout> {
  readonly solvers?: readonly SolverName[];
  /** One is greedy; several are drawn at temperature 1, and pass@k is given. */
  readonly samples?: number;
  /** Default: the chosen problems. */
  readonly problems?: string;
  readonly maxTokens?: number;
  readonly seed?: number;
}

export interface RolloutsCall extends Call<Rollout> {
  /** Default: the newest of the last run and the last rewards. */
  readonly run?: string;
  readonly step?: number;
  readonly solver?: SolverName;
  readonly verdict?: Verdict;
  /** A problem's id. */
  readonly problem?: string;
  readonly limit?: number;
  readonly offset?: number;
}

export interface SqlCall extends Call<Readonly<Record<string, unknown>>> {
  readonly run?: string;
  /** Values for `$name` in the query. */
  readonly parameters?: Readonly<Record<string, QueryParameter>>;
}
