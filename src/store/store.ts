/** What a run is kept in. `run-folder.ts` keeps it on disk, `memory.ts` in memory; one conformance suite holds for both. */

import { EvomError, expected } from '../errors.ts';
import type { Step } from '../types.ts';

/** Version of the manifest's and the Parquet files' shape. A reader refuses a newer one. */
export const STORE_SCHEMA = 1;

/** A value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** All that is needed to say what a run was, and to run it again. */
export interface RunDescription {
  /** The options of the run, as given. */
  readonly configuration: Json;
  /** Versions by name: `evom`, `node`, solvers, models. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seeds: Readonly<Record<string, number>>;
  /** Content hashes by name: label sets, policy files. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** `manifest.json`: a run's description, written once, before its first step. */
export interface RunManifest extends RunDescription {
  readonly schema: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A value for a `$name` in a query. */
export type QueryParameter = string | number | boolean | null;

/** A row of a query's result: numbers where they are exact, bigint beyond, lists, objects; a MAP is a list of `{ key, value }`. */
export type QueryRow = Readonly<Record<string, unknown>>;

/** A run's steps, in order, written once each. */
export interface RunStore {
  /** The folder, or `:memory:`. */
  readonly location: string;
  readonly manifest: RunManifest;
  /** Keeps a step for good before it resolves. Rejects with `step-exists` where there is one of that index. */
  append(step: Step): Promise<void>;
  /** Indices of the finished steps, ascending. */
  indices(): Promise<readonly number[]>;
  /** Where a resumed run continues: one past the last finished step, 0 for an empty run. */
  nextIndex(): Promise<number>;
  /** The step as it was appended. Rejects with `step-missing`. */
  read(index: number): Promise<Step>;
  /** SQL over the tables `rollouts` (columns: `rollout-row.ts`) and `steps` (`step`, `rollouts`, `statistics`). */
  query(sql: string, parameters?: Readonly<Record<string, QueryParameter>>): Promise<readonly QueryRow[]>;
  /** Lets go of the database. Nothing is lost without it. */
  close(): Promise<void>;
}

/** Rejects an index that is no place in a run. */
export function checkIndex(index: number): void {
  if (Number.isSafeInteger(index) && index >= 0) return;
  throw new EvomError(
    'store',
    'bad-step',
    expected('step.index', 'a whole number, 0 or more', index, 'Steps count from 0.'),
  );
}

/** A step is written once. */
export function stepExists(index: number, location: string, options?: ErrorOptions): EvomError {
  const next = 'Steps are never overwritten: continue at `nextIndex()`, or start another run.';
  return new EvomError(
    'store',
    'step-exists',
    expected('step.index', `a new step in ${location}`, index, next),
    options,
  );
}

/** There is no such step. */
export function stepMissing(index: number, location: string): EvomError {
  const next = 'See `indices()` for the finished steps.';
  return new EvomError('store', 'step-missing', expected('index', `a finished step in ${location}`, index, next));
}
