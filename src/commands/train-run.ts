/** What `evom train` starts or goes on with: the flags, the store, the policy at its newest checkpoint. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EvomError, expected } from '../errors.ts';
import { checkConfiguration, checkLabelSet, describeRun, resumeFrom } from '../open-run.ts';
import { findTrainablePolicy } from '../policy/find-policy.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createRunFolder, openRunFolder } from '../store/run-folder.ts';
import type { RunStore } from '../store/store.ts';
import type { ProblemSet, TrainablePolicy } from '../types.ts';
import { findPolicyOptions } from './policy-options.ts';
import type { TrainFlags } from './train.ts';

/** Flags that say where and how fast, not what: a resumed run may change them. */
const FREE = ['out', 'resume', 'json', 'steps', 'jobs', 'seats', 'device', 'policyThreads', 'checkpointEvery'] as const;

/** A run that may begin: nothing is written yet. */
export interface PlannedRun {
  /** As given, and for a resumed run as it was begun. */
  readonly flags: TrainFlags;
  /** The run that is there already; null for a new one. */
  readonly store: RunStore | null;
}

export interface OpenedRun {
  readonly store: RunStore;
  readonly policy: TrainablePolicy;
  /** Steps that the policy's weights have seen. */
  readonly policyStep: number;
}

/** Throws `config/…` where the flags contradict each other, or the run that they name. */
export async function planRun(command: Command): Promise<PlannedRun> {
  const given = command.opts<TrainFlags>();
  const isThere = given.out !== undefined && existsSync(join(given.out, 'manifest.json'));
  checkOut(given, isThere);
  if (given.out === undefined || !isThere) return { flags: given, store: null };
  const store = await openRunFolder(given.out);
  const begun = store.manifest.configuration as unknown as Partial<TrainFlags>;
  checkUnchanged(command, given, store);
  return { flags: { ...given, ...begun, steps: stepsOf(command, given, begun) }, store };
}

/** Opens the policy, and starts the run's folder where there is none yet. */
export async function openRun({ flags, store }: PlannedRun, set: ProblemSet): Promise<OpenedRun> {
  return store === null ? startRun(flags, set) : resumeRun(flags, set, store);
}

async function startRun(flags: TrainFlags, set: ProblemSet): Promise<OpenedRun> {
  const policy = await findTrainablePolicy(flags.policy, findPolicyOptions(flags));
  const description = describeRun(configurationOf(flags), { seed: flags.seed, hashes: { labelSet: set.labelSet } });
  const store =
    flags.out === undefined ? createMemoryStore(description) : await createRunFolder(flags.out, description);
  return { store, policy, policyStep: 0 };
}

async function resumeRun(flags: TrainFlags, set: ProblemSet, store: RunStore): Promise<OpenedRun> {
  checkLabelSet(store, set.labelSet, flags.problems);
  const stored = await store.nextIndex();
  const checkpoint = await resumeFrom(store, stored, flags.overlap === true);
  const policy = await findTrainablePolicy(checkpoint?.folder ?? flags.policy, findPolicyOptions(flags));
  const policyStep = checkpoint?.step ?? 0;
  console.error(`${store.location}: ${stored} steps are there already; going on from the weights after ${policyStep}.`);
  return { store, policy, policyStep };
}

/** A run may be made longer, unless its learning rates depend on its length. */
function stepsOf(command: Command, given: TrainFlags, begun: Partial<TrainFlags>): number {
  const wanted = isGiven(command, 'steps') ? given.steps : (begun.steps ?? given.steps);
  if (wanted === begun.steps || begun.schedule === 'constant') return wanted;
  const next = `The ${begun.schedule} schedule ends there.`;
  throw new EvomError('config', 'other-run', expected('--steps', `${begun.steps}, as the run began`, wanted, next));
}

function checkUnchanged(command: Command, given: TrainFlags, store: RunStore): void {
  const changes = Object.entries(configurationOf(given)).filter(([name]) => name !== 'steps' && isGiven(command, name));
  checkConfiguration(
    store,
    Object.fromEntries(changes),
    'Leave it out to go on with the run, or choose another --out.',
  );
  // A reward of one's own lives in a notebook, and cannot be read back from the folder.
  checkConfiguration(store, { rewardFunction: undefined }, 'Go on with the run where that reward is.');
}

function isGiven(command: Command, name: string): boolean {
  return command.getOptionValueSource(name) === 'cli';
}

function checkOut({ out, resume }: TrainFlags, isThere: boolean): void {
  if (resume === true && out === undefined) {
    throw new EvomError('config', 'no-run', expected('--out', "a run's folder, for --resume", 'none', 'Name it.'));
  }
  if (resume === true && !isThere) {
    const next = 'Name the folder of a run, or leave --resume out to start one.';
    throw new EvomError('config', 'no-run', expected('--out', "a run's folder, for --resume", out, next));
  }
  if (resume !== true && isThere) {
    const next = 'Add --resume to go on with it, or choose another folder.';
    throw new EvomError('config', 'run-exists', expected('--out', 'a folder without a run', out, next));
  }
}

function configurationOf(flags: TrainFlags): Partial<TrainFlags> {
  const free: readonly string[] = FREE.filter((name) => name !== 'steps');
  return Object.fromEntries(Object.entries(flags).filter(([name]) => !free.includes(name)));
}
