import type { RewardFunction } from '../../reward/reward.ts';
import type { Rule } from '../../reward/rule.ts';
import type { Observation, SolverName } from '../../types.ts';
import { mapConcurrent } from '../../verify/map-concurrent.ts';
import { unrun, type Verifier } from '../../verify/verifier.ts';
import { type JudgedRow, judgeRow } from './judged-row.ts';
import type { ProgramRow } from './program-rows.ts';

export interface JudgeOptions {
  readonly rule: Rule;
  readonly reward: RewardFunction;
  /** `completion`: as they finish; `input`: in the order of the rows. */
  readonly order: 'completion' | 'input';
  /** Stops what runs; the iteration then rejects. */
  readonly signal: AbortSignal;
}

/** Runs and judges rows. A completion that holds no whole program is judged without a run. */
export function judgeRows(
  verifier: Verifier,
  rows: readonly ProgramRow[],
  { rule, reward, order, signal }: JudgeOptions,
): AsyncGenerator<JudgedRow> {
  return mapConcurrent(rows, verifier.concurrency, order, async (row) =>
    judgeRow(row, await observeRow(verifier, row, signal), { rule, reward }),
  );
}

function observeRow(verifier: Verifier, row: ProgramRow, signal: AbortSignal): Promise<Observation> {
  signal.throwIfAborted();
  const request = { id: row.id, solver: row.solver, program: row.program ?? '' };
  const without = (outcome: 'truncated' | 'no-program', reason: string): Promise<Observation> =>
    Promise.resolve(unrun(request, outcome, reason, verifier.isolation));
  if (row.truncated) return without('truncated', 'the completion hit its length limit');
  if (row.noProgram !== null) return without('no-program', row.noProgram);
  return verifier.observe(request, signal);
}

/** The solvers that these rows ask for and that cannot run programs, each with the reason. Starts the others. */
export async function missingSolvers(
  verifier: Verifier,
  rows: readonly ProgramRow[],
): Promise<ReadonlyMap<SolverName, string>> {
  const missing = new Map<SolverName, string>();
  const asked = [...new Set(rows.flatMap((row) => (row.program === null ? [] : [row.solver])))];
  const states = await Promise.all(asked.map((solver) => verifier.solverState(solver)));
  for (const [index, solver] of asked.entries()) {
    const state = states[index];
    if (state && !state.isReady) missing.set(solver, state.reason);
  }
  return missing;
}
