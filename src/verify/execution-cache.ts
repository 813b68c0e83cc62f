import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../config.ts';
import type { Isolation, Observation, Outcome, SolverName } from '../types.ts';

/** Change it when hooks, certificates or outcomes change their meaning: older entries are then not found. */
const FORMAT = 1;

/** Outcomes that a second run would repeat. Time, memory, licences and our own failures depend on the day. */
const DETERMINISTIC: ReadonlySet<Outcome> = new Set(['solved', 'no-solve', 'exception', 'missing-api', 'uncertified']);

/** Everything that an observation depends on. */
export interface CacheKey {
  readonly program: string;
  readonly solver: SolverName;
  readonly version: string;
  readonly limits: Limits;
  readonly isolation: Isolation;
}

/** Observations by what they depend on: in memory, and in a folder where one is given, so that runs share them. */
export class ExecutionCache {
  readonly #folder: string | null;
  readonly #memory = new Map<string, Observation>();
  readonly #capacity: number;
  hits = 0;
  misses = 0;

  /** `capacity`: entries kept in memory; the oldest go first. */
  constructor(folder: string | null = null, capacity = 10_000) {
    this.#folder = folder;
    this.#capacity = capacity;
    if (folder) mkdirSync(folder, { recursive: true });
  }

  get(key: CacheKey): Observation | null {
    const name = hash(key);
    const found = this.#memory.get(name) ?? this.#read(name);
    if (found) this.hits++;
    else this.misses++;
    return found;
  }

  set(key: CacheKey, observation: Observation): void {
    if (!isDeterministic(observation)) return;
    const name = hash(key);
    this.#remember(name, observation);
    if (!this.#folder) return;
    const path = join(this.#folder, `${name}.json`);
    const unfinished = `${path}.${process.pid}.tmp`;
    try {
      writeFileSync(unfinished, JSON.stringify(observation));
      renameSync(unfinished, path);
    } catch {
      rmSync(unfinished, { force: true }); // a full disk costs a later run its short cut, and this one nothing
    }
  }

  #read(name: string): Observation | null {
    if (!this.#folder) return null;
    try {
      const observation = JSON.parse(readFileSync(join(this.#folder, `${name}.json`), 'utf8')) as Observation;
      if (!isDeterministic(observation)) return null; // not one of ours
      this.#remember(name, observation);
      return observation;
    } catch {
      return null; // not there, or damaged: run it again
    }
  }

  #remember(name: string, observation: Observation): void {
    if (this.#memory.size >= this.#capacity) {
      const oldest = this.#memory.keys().next().value;
      if (oldest !== undefined) this.#memory.delete(oldest);
    }
    this.#memory.set(name, observation);
  }
}

/** A solver that stopped at its own limit of time would stop elsewhere on another day. */
function isDeterministic({ outcome, claimed, certificate }: Observation): boolean {
  const isCutShort = claimed?.status === 'limit' || claimed?.status === 'feasible';
  return DETERMINISTIC.has(outcome) && !isCutShort && certificate?.kind !== 'open';
}

function hash(key: CacheKey): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, key]))
    .digest('hex');
}
