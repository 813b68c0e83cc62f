/** What every arm of an experiment shares while it runs. */

import type { ProgramRunner } from '../../loop/roll-out.ts';
import type { TrainablePolicy } from '../../types.ts';
import type { DataSettings } from '../presets/preset.ts';
import type { ProblemSets } from '../problem-sets.ts';

/** Opens a folder of weights. */
export type OpenPolicy = (folder: string, options: { readonly isThinking: boolean }) => Promise<TrainablePolicy>;

export interface Workshop {
  readonly sets: ProblemSets;
  readonly data: DataSettings;
  readonly verifier: ProgramRunner;
  readonly openPolicy: OpenPolicy;
  readonly signal: AbortSignal;
  /** By name: written into each run's manifest. */
  readonly versions: Readonly<Record<string, string>>;
  /** Told of what has just been done. */
  tell(progress: Progress): void;
}

export interface Progress {
  readonly arm: string;
  readonly seed: number;
  /** `step 5 of 40: accuracy 0.52`. */
  readonly text: string;
}

/** One arm with one seed, and where it is kept. */
export interface Place {
  readonly arm: string;
  readonly seed: number;
  /** `arms/rl-0123abcd/seed-0`. */
  readonly folder: string;
  /** The folder of the weights that it goes on from. */
  readonly start: string;
}
