/**
 * Runs a card's program on whichever solver: in the sandbox, as every program, with a fork server of its own that ends with
 * it. The session remembers nothing of it.
 */

import { DEFAULT_LIMITS } from '../../../src/config.ts';
import { EvomError, expected } from '../../../src/errors.ts';
import { createEvomRule } from '../../../src/reward/evom.ts';
import { solvers } from '../../../src/solvers/index.ts';
import { SOLVER_NAMES, type SolverName } from '../../../src/types.ts';
import { Verifier } from '../../../src/verify/verifier.ts';
import type { PanelQuestion } from '../../spec/comm.ts';
import type { ObservationData } from '../../spec/mime.ts';
import { observationData, UNKNOWN_CONTEXT } from '../data/observation-data.ts';

type Question = Extract<PanelQuestion, { about: 'observation' }>;

export async function answerObservation({ program, solver, problem }: Question): Promise<ObservationData> {
  if (typeof program !== 'string' || !SOLVER_NAMES.includes(solver)) {
    const got = `${typeof program} for ${solver}`;
    throw new EvomError('wire', 'bad-question', expected('program', 'a text, and a solver', got, 'Send both.'));
  }
  await using verifier = new Verifier({ jobs: 1 });
  const state = await verifier.solverState(solver);
  if (!state.isReady) {
    throw new EvomError(
      'solver',
      'solver-missing',
      expected('solver', 'one that can run programs', solver, state.reason),
    );
  }
  const observation = await verifier.observe({ id: 'program', solver, program, keepModel: true });
  const answer = problem?.answer ?? null;
  const detail = observation.detail ?? (observation.outcome === 'no-solve' ? nothingSolved(solver) : null);
  const context = {
    ...{ program, limits: DEFAULT_LIMITS },
    problem: problem && { ...problem, text: problem.text.text },
    verdict: answer === null ? null : createEvomRule().judge(observation, answer),
  };
  return observationData({ ...observation, detail }, { ...UNKNOWN_CONTEXT, ...context });
}

/** Of a program that ended well: most likely it was written for another solver. */
function nothingSolved(solver: SolverName): string {
  return `the program ran to its end and solved nothing with ${solvers[solver].title}'s API`;
}
