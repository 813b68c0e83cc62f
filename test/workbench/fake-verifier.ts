/** What runs the scripted policy's programs without Python: a program is right where it is the reference program. */

import { syntheticProgram } from '../../src/policy/scripted-programs.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { ProblemSet } from '../../src/types.ts';
import type { WorkbenchVerifier } from '../../src/workbench/state.ts';

export interface FakeVerifier extends WorkbenchVerifier {
  /** Ids of the programs so far. */
  readonly seen: string[];
  isClosed: boolean;
}

export function makeVerifier(
  set: ProblemSet,
  { delay = async () => {} }: { readonly delay?: (id: string) => Promise<void> } = {},
): FakeVerifier {
  const problems = new Map(set.problems.map((problem) => [problem.id, problem]));
  const fake: FakeVerifier = {
    seen: [],
    isClosed: false,
    isolation: 'landlock+seccomp',
    concurrency: 3,
    solverState: async (solver) =>
      solver === 'copt'
        ? { isReady: false, reason: 'coptpy is not installed.' }
        : { isReady: true, version: '1', startMs: 1 },
    async observe({ id, program, solver }, signal) {
      signal?.throwIfAborted();
      fake.seen.push(id);
      await delay(id);
      signal?.throwIfAborted();
      const problem = problems.get(id.slice(0, id.lastIndexOf('/')));
      const isRight = problem !== undefined && syntheticProgram({ problem, solver })?.trim() === program.trim();
      if (!isRight) return observe({ id, solver });
      const { answer } = problem;
      if (typeof answer === 'number') return honest(optimal(answer), { id, solver });
      return honest({ status: answer === 'unbounded' ? 'unbounded' : 'infeasible', objective: null }, { id, solver });
    },
    close: async () => {
      fake.isClosed = true;
    },
  };
  return fake;
}
