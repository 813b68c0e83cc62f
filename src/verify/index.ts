import type { Limits } from '../config.ts';
import type { Isolation, Observation, SolverName } from '../types.ts';

/** A complete Python program for one solver's API. No label goes in. */
export interface ProgramRequest {
  readonly id: string;
  readonly program: string;
  /** Default: `VerifyOptions.solver`. */
  readonly solver?: SolverName;
}

export interface VerifyOptions {
  /** For requests that name none. */
  readonly solver?: SolverName;
  readonly limits?: Partial<Limits>;
  /** Programs that run at the same time. Default: the number of processors. */
  readonly jobs?: number;
  /** Observations as they finish (`completion`, the default) or in the order of the requests (`input`). */
  readonly order?: 'completion' | 'input';
  readonly signal?: AbortSignal;
  /** Weakest isolation accepted. Default: the full sandbox, `landlock+seccomp`. */
  readonly isolation?: Isolation;
}

/** Runs programs and yields one observation each. Rejects only when *we* are broken; a bad program is data. */
export declare function verify(
  programs: Iterable<ProgramRequest> | AsyncIterable<ProgramRequest>,
  options?: VerifyOptions,
): AsyncGenerator<Observation>;
