/**
 * Worker thread: re-solves exported models with HiGHS in WebAssembly.
 *
 * Message in: {@link ResolveTask}; message out: {@link Resolution}. One at a time. It never sees the program.
 */

import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import type { Highs, Model } from 'highs';
import type { DegenerateFlag, KeptModel, Solve } from '../../types.ts';
import { degenerateFlags } from './degenerate.ts';
import { modelAsLp, solutionOf } from './kept-model.ts';
import { loadHighs } from './load-highs.ts';

export interface ResolveTask {
  /** MPS text. */
  readonly model: string;
  readonly timeLimitMs: number;
  /** Tell the model and its solution as people read them. Default: no. */
  readonly keepModel?: boolean;
}

export interface Resolution {
  /** Null where HiGHS could not read or settle the model. */
  readonly solve: Solve | null;
  readonly reason: string;
  readonly size: ModelSize | null;
  readonly degenerate: readonly DegenerateFlag[];
  /** Where it was asked for, and HiGHS could write it. */
  readonly kept?: KeptModel | null;
  /** Size of the WebAssembly memory, which never shrinks. */
  readonly runtimeBytes: number;
}

export interface ModelSize {
  readonly variables: number;
  readonly integers: number;
  readonly constraints: number;
}

// Tighter than any solver's default, so that a claim at the default gap agrees within it. The feasibility jump costs
// 20 ms on a model that takes 1 ms without it.
const OPTIONS = { output_flag: false, mip_rel_gap: 1e-7, mip_abs_gap: 1e-7, mip_heuristic_run_feasibility_jump: false };

// V8 would spend 1 to 2 s of processor time on optimising HiGHS for models that take 1 ms; a hard model still gets there.
setFlagsFromString('--wasm-tiering-budget=1000000000');

let highs: Highs = await loadHighs();

parentPort?.on('message', (task: ResolveTask) => void answer(task));

async function answer({ model: data, timeLimitMs, keepModel = false }: ResolveTask): Promise<void> {
  const read = { format: 'mps', data } as const;
  const { solution, ...resolved } = await orAnew(
    () => highs.withModel(read, (model) => resolveModel(model, timeLimitMs, keepModel)),
    (error): Resolved => ({
      ...{ solve: null, size: null, degenerate: [], solution: null, runtimeBytes: 0 },
      reason: `HiGHS cannot solve it: ${message(error)}`,
    }),
  );
  const text = keepModel
    ? await orAnew(
        () => modelAsLp(highs, data),
        () => null,
      )
    : null;
  parentPort?.postMessage({ ...resolved, kept: text && { ...text, solution } } satisfies Resolution);
}

/** After any throw the runtime's memory is suspect, and it is loaded anew. */
async function orAnew<Value>(use: () => Value, otherwise: (error: unknown) => Value): Promise<Value> {
  try {
    return use();
  } catch (error) {
    highs = await loadHighs();
    return otherwise(error);
  }
}

type Resolved = Omit<Resolution, 'kept'> & Pick<KeptModel, 'solution'>;

function resolveModel(model: Model, timeLimitMs: number, keepSolution: boolean): Resolved {
  model.options.set({ ...OPTIONS, time_limit: timeLimitMs / 1000 });
  const lp = model.getLp();
  const size = {
    variables: lp.numCols,
    integers: lp.integrality.reduce((count, kind) => count + (kind === 0 ? 0 : 1), 0),
    constraints: lp.numRows,
  };
  model.run();
  const solve = settle(model);
  const solution = keepSolution && solve?.status === 'optimal' ? solutionOf(model) : null;
  const degenerate =
    solve?.status === 'optimal' ? degenerateFlags(model, lp, solve.objective ?? 0, highs.constants) : [];
  const reason = solve ? `HiGHS finds it ${solve.status}` : `HiGHS did not settle it in ${timeLimitMs} ms`;
  return { solve, reason, size, degenerate, solution, runtimeBytes: highs.memoryBytes };
}

/** The model's own status; *unbounded or infeasible* is told apart by solving for feasibility alone. */
function settle(model: Model): Solve | null {
  const { optimal, empty, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
  const status = model.getModelStatus();
  if (status === optimal) return { status: 'optimal', objective: model.getObjectiveValue() };
  if (status === empty) return { status: 'optimal', objective: model.getObjectiveOffset() };
  if (status === infeasible) return { status: 'infeasible', objective: null };
  if (status !== unbounded && status !== unboundedOrInfeasible) return null;
  const { numCols } = model.getDimensions();
  for (let column = 0; column < numCols; column++) model.changeColCost(column, 0);
  model.run();
  const feasibility = model.getModelStatus();
  if (feasibility === optimal) return { status: 'unbounded', objective: null };
  if (feasibility === infeasible) return { status: 'infeasible', objective: null };
  return null;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
