import type { Observation, SolverName } from '../types.ts';
import { mapConcurrent } from './map-concurrent.ts';
import { type ProgramRequest, Verifier, type VerifierOptions } from './verifier.ts';

/** {@link ProgramRequest} whose solver may be left to the options. */
export type VerifyInput = Omit<ProgramRequest, 'solver'> & { readonly solver?: SolverName };

export interface VerifyOptions extends VerifierOptions {
  /** For programs that name none. Default: `highs`, which needs no licence. */
  readonly solver?: SolverName;
  /** Observations as they finish (`completion`, the default) or in the order of the programs (`input`). */
  readonly order?: 'completion' | 'input';
  /** Stops what runs and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Fork servers to use and leave up. Default: own ones, ended with the batch. */
  readonly verifier?: Verifier;
}

/**
 * Runs programs and yields one observation each. Rejects only when *we* are broken; a bad program is data.
 * Back-pressure: as long as the reader does not read, at most twice `jobs` programs are under way.
 */
export async function* verify(
  programs: Iterable<VerifyInput> | AsyncIterable<VerifyInput>,
  options: VerifyOptions = {},
): AsyncGenerator<Observation> {
  const { solver = 'highs', order = 'completion', signal } = options;
  const verifier = options.verifier ?? new Verifier(options);
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  try {
    const observe = (request: VerifyInput) => verifier.observe({ solver, ...request }, either);
    yield* mapConcurrent(programs, verifier.concurrency, order, observe, either);
  } finally {
    stop.abort(new Error('The reader of the observations left.'));
    if (!options.verifier) await verifier.close();
  }
}
