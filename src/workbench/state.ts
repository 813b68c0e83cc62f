/** What a working session remembers between two calls, and what is said where it does not have it yet. */

import { createHash } from 'node:crypto';
import { EvomError, expected } from '../errors.ts';
import { isTrainable } from '../policy/find-policy.ts';
import type { RewardFunction } from '../reward/reward.ts';
import type { Observation, Policy, ProblemSet, Rollout, SolverName, TrainablePolicy } from '../types.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { ProblemCompletion } from './results.ts';

/** What the workbench needs of a {@link Verifier}. */
export type WorkbenchVerifier = Pick<Verifier, 'observe' | 'isolation' | 'solverState' | 'concurrency' | 'close'>;

export interface State {
  /** The folder that holds the runs. */
  readonly runs: string;
  /** Started when it is first needed. */
  readonly verifier: () => WorkbenchVerifier;
  problems: ProblemSet | null;
  policy: ChosenPolicy | null;
  drawn: Drawn | null;
  /** Of the completions drawn, in their order. */
  observations: readonly Observation[] | null;
  rewarded: Rewarded | null;
  /** By name. */
  readonly rewardFunctions: Map<string, RewardFunction>;
  /** Runs of this session, oldest first. */
  readonly trained: TrainedRun[];
  /** Where `rollouts` and `sql` look by default. */
  newest: 'run' | 'rewards' | null;
}

/** A policy, and what its weights are a function of. */
export interface ChosenPolicy {
  /** As it was asked for. */
  readonly source: string;
  /** Opens the weights that it began with once more. */
  readonly reopen: (folder?: string) => Promise<Policy>;
  /** The weights that it began with, as `--policy` names them. */
  readonly weights: string;
  policy: Policy;
  /** Digest of the source and of every update since: two policies of one lineage have the same weights. */
  lineage: string;
  /** Nothing was learnt since it was opened: `weights` opens it once more. */
  isAsOpened: boolean;
  /** The run folder whose weights these are; null where they are of none. */
  run: string | null;
  /** Solvers of the updates by hand since it was opened or trained. */
  taughtOn: readonly SolverName[];
  /** Updates by hand. */
  updates: number;
}

/** The last completions, and how they were drawn. */
export interface Drawn {
  readonly completions: readonly ProblemCompletion[];
  /** Of the policy that wrote them. */
  readonly source: string;
  readonly temperature: number;
  readonly maxTokens: number;
}

export interface Rewarded {
  readonly rollouts: readonly Rollout[];
  readonly drawn: Drawn;
}

export interface TrainedRun {
  readonly run: string;
  readonly folder: string;
  readonly solvers: readonly SolverName[];
  /** Those that the chosen policy was opened with. */
  readonly weights: string;
}

/** The chosen problems. Throws `config/no-problems-chosen`. */
export function chosenProblems({ problems }: State): ProblemSet {
  return problems ?? missing('no-problems-chosen', 'problems', 'chosen', 'Choose some, as by `problems("tiny:1:16")`.');
}

/** The last completions. Throws `config/no-completions`. */
export function lastDrawn({ drawn }: State): Drawn {
  return drawn ?? missing('no-completions', 'completions', 'there', 'Call `generate` first.');
}

/** The last observations. Throws `config/no-observations`. */
export function lastObservations({ observations }: State): readonly Observation[] {
  return observations ?? missing('no-observations', 'observations', 'there', 'Call `verify` first.');
}

/** The last rewards. Throws `config/no-rewards`. */
export function lastRewarded({ rewarded }: State): Rewarded {
  return rewarded ?? missing('no-rewards', 'rewards', 'there', 'Call `reward` first.');
}

/** Throws `config/not-trainable` where the chosen policy has no weights of its own. */
export function trainable({ policy, source }: ChosenPolicy): TrainablePolicy {
  if (isTrainable(policy)) return policy;
  const next = 'An endpoint can be evaluated; to train, choose `tiny` or a folder of weights.';
  throw new EvomError('config', 'not-trainable', expected('policy', 'one with weights of its own', source, next));
}

/** Throws `solver/solver-missing`, with the reason, where one of them cannot run programs. */
export async function checkSolvers(state: State, solvers: readonly SolverName[]): Promise<void> {
  if (solvers.length === 0) {
    throw new EvomError('config', 'no-solver', expected('solvers', 'a list with a solver in it', '[]', 'Name one.'));
  }
  for (const solver of solvers) {
    const found = await state.verifier().solverState(solver);
    if (found.isReady) continue;
    throw new EvomError(
      'solver',
      'solver-missing',
      expected('solver', 'one that can run programs', solver, found.reason),
    );
  }
}

/** Throws `config/bad-…` for what is no whole number of at least `low`. */
export function checkWhole(name: string, value: number | undefined, low: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= low)) return;
  const what = `a whole number of at least ${low}`;
  throw new EvomError('config', `bad-${name}`, expected(name, what, value, 'Correct the option.'));
}

/** 12 hexadecimal digits of the SHA-256 of the value as JSON. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

function missing(code: string, name: string, what: string, next: string): never {
  throw new EvomError('config', code, expected(name, what, 'none', next));
}
