/**
 * A working session as one object: the chosen problems and policy, the verifier, and the last completions, observations
 * and rewards, with one method for each primitive. A magic of the notebook is one call of it, so that a notebook is also
 * a plain script:
 *
 *     await using bench = createWorkbench();
 *     await bench.problems('tiny:1:64');
 *     await bench.generate({ solver: 'highs', limit: 4 });
 *     await bench.verify();
 *     await bench.reward();
 *     await bench.update({ objective: 'grpo' });
 *
 * The same calls with the same seeds give the same numbers, timings apart. Not covered: two calls at a time.
 */

import type { QueryRow } from '../store/store.ts';
import type { Observation, ProblemSet } from '../types.ts';
import { SOLVER_NAMES } from '../types.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { type SolverRow, solverRows } from '../verify/solver-rows.ts';
import { Verifier, type VerifierOptions } from '../verify/verifier.ts';
import {
  type EvaluateCall,
  type GenerateCall,
  type PolicyCall,
  type ProblemsCall,
  type RewardCall,
  type RolloutsCall,
  type SolversCall,
  type SqlCall,
  type TrainCall,
  type UpdateCall,
  type VerifyCall,
  WORKBENCH_DEFAULTS,
} from './calls.ts';
import { choosePolicy, chooseProblems } from './choose.ts';
import { evaluate, transfer } from './evaluate.ts';
import { generate } from './generate.ts';
import type {
  PolicyChoice,
  PolicyEvaluation,
  ProblemCompletion,
  Rewards,
  StoredRollout,
  Training,
  Transfer,
  Update,
} from './results.ts';
import { reward } from './reward.ts';
import { rollouts, sql } from './rollouts.ts';
import type { State, WorkbenchVerifier } from './state.ts';
import { train } from './train.ts';
import { update } from './update.ts';
import { verify } from './verify.ts';

export interface WorkbenchOptions extends VerifierOptions {
  /** Holds one folder for each run. Default `runs`. */
  readonly runs?: string;
  /** Runs the programs, and is left open. Default: an own one with a cache, started when it is first needed. */
  readonly verifier?: WorkbenchVerifier;
}

export interface Workbench extends AsyncDisposable {
  /** What is there: each solver's version, licence, size limit and start-up time. */
  solvers(call?: SolversCall): Promise<readonly SolverRow[]>;
  /** Chooses problems: a file, a public set, or made ones such as `tiny:1:64`. */
  problems(source: string, call?: ProblemsCall): Promise<ProblemSet>;
  /** Chooses who writes: `scripted`, `tiny`, a folder of weights or of a run, or the URL of an endpoint. Default `tiny`. */
  policy(source: string, call?: PolicyCall): Promise<PolicyChoice>;
  /** Completions of the chosen problems, or of one text. */
  generate(call?: GenerateCall): Promise<readonly ProblemCompletion[]>;
  /** What the last completions, or one program, showed when they ran. */
  verify(call?: VerifyCall): Promise<readonly Observation[]>;
  /** Verdicts and rewards of the last observations. */
  reward(call?: RewardCall): Promise<Rewards>;
  /** An optimiser step on the last rewards. */
  update(call?: UpdateCall): Promise<Update>;
  /** The loop, kept in a run folder; the same call goes on where it was interrupted. */
  train(call: TrainCall): Promise<Training>;
  /** Accuracy of the chosen policy at both of the paper's ε. */
  evaluate(call?: EvaluateCall): Promise<PolicyEvaluation>;
  /** The base and what was trained in this session, each on every solver. */
  transfer(call?: EvaluateCall): Promise<Transfer>;
  /** Rollouts of a run's folder, or the last ones. */
  rollouts(call?: RolloutsCall): Promise<readonly StoredRollout[]>;
  /** SQL over the tables `rollouts` and `steps` of a run's folder, or of the last rewards. */
  sql(query: string, call?: SqlCall): Promise<readonly QueryRow[]>;
  /** Ends the policy and the solvers' processes. */
  close(): Promise<void>;
}

/** Starts a working session. Nothing is opened before it is needed. */
export function createWorkbench(options: WorkbenchOptions = {}): Workbench {
  const { runs = WORKBENCH_DEFAULTS.runs, verifier: given, ...verifierOptions } = options;
  let own: Verifier | null = null;
  const state: State = {
    runs,
    verifier: () => {
      if (given !== undefined) return given;
      own ??= new Verifier({ cache: new ExecutionCache(), ...verifierOptions });
      return own;
    },
    ...{ problems: null, policy: null, drawn: null, observations: null, rewarded: null, newest: null },
    ...{ rewardFunctions: new Map(), trained: [] },
  };
  const close = async (): Promise<void> => {
    const ended = [state.policy?.policy, own];
    state.policy = null;
    own = null;
    await Promise.all(ended.map((one) => one?.close()));
  };
  return {
    solvers: listSolvers,
    problems: (source, call) => chooseProblems(state, source, call),
    policy: (source, call) => choosePolicy(state, source, call),
    generate: (call) => generate(state, call),
    verify: (call) => verify(state, call),
    reward: (call) => reward(state, call),
    update: (call) => update(state, call),
    train: (call) => train(state, call),
    evaluate: (call) => evaluate(state, call),
    transfer: (call) => transfer(state, call),
    rollouts: (call) => rollouts(state, call),
    sql: (query, call) => sql(state, query, call),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** In processes of its own, outside the sandbox and without a program: a solver that is missing is a row that says why. */
function listSolvers({ signal, onProgress }: SolversCall = {}): Promise<readonly SolverRow[]> {
  let done = 0;
  return solverRows({
    ...(signal && { signal }),
    ...(onProgress && { onRow: (item) => onProgress({ done: ++done, total: SOLVER_NAMES.length, item }) }),
  });
}
