/** `verify`: what the last completions, or one program, showed when they ran. */

import { EvomError, expected } from '../errors.ts';
import { observeCompletion } from '../loop/roll-out.ts';
import type { Observation, Problem } from '../types.ts';
import { mapConcurrent } from '../verify/map-concurrent.ts';
import { type VerifyCall, WORKBENCH_DEFAULTS } from './calls.ts';
import { checkSolvers, lastDrawn, type State } from './state.ts';

/** Observations in the order of the completions, which are then the last ones; or the one of `program`. */
export async function verify(state: State, call: VerifyCall = {}): Promise<readonly Observation[]> {
  if (call.program !== undefined) return [await verifyProgram(state, call.program, call)];
  const { completions } = lastDrawn(state);
  const solvers = [...new Set(completions.map(({ solver }) => solver))];
  const [solver] = solvers;
  if (call.solver !== undefined && call.solver !== solver) {
    const next = 'A completion is a program for one API: leave `solver` out, or generate for the other one.';
    throw new EvomError('config', 'other-solver', expected('solver', `${solver}, as generated`, call.solver, next));
  }
  await checkSolvers(state, solvers);
  const verifier = state.verifier();
  const { signal, onProgress } = call;
  const observations: Observation[] = [];
  let done = 0;
  const observed = mapConcurrent(
    completions.entries(),
    verifier.concurrency,
    'completion',
    async ([index, { problem, solver, sample, ...completion }]) => {
      const prompt = { problem: problem as Problem, solver }; // its answer is not looked at
      const asked = { id: `${problem.id}/${sample}`, keepModel: completions.length === 1 };
      return { index, observation: await observeCompletion(verifier, prompt, completion, asked, signal) };
    },
    signal,
  );
  for await (const { index, observation } of observed) {
    observations[index] = observation;
    onProgress?.({ done: ++done, total: completions.length, item: observation });
  }
  signal?.throwIfAborted();
  state.observations = observations;
  state.rewarded = null;
  return observations;
}

async function verifyProgram(state: State, program: string, call: VerifyCall): Promise<Observation> {
  const { solver = WORKBENCH_DEFAULTS.solver, signal, onProgress } = call;
  await checkSolvers(state, [solver]);
  const item = await state.verifier().observe({ id: 'program', solver, program, keepModel: true }, signal);
  onProgress?.({ done: 1, total: 1, item });
  return item;
}
