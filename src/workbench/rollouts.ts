/** `rollouts` and `sql`: what a run's folder holds, also while it is written, or the last rewards. */

import { join } from 'node:path';
import { createMemoryStore } from '../store/memory.ts';
import { fromRow } from '../store/rollout-row.ts';
import { openRunFolder } from '../store/run-folder.ts';
import type { QueryParameter, QueryRow, RunStore } from '../store/store.ts';
import { untilAborted } from '../verify/until-aborted.ts';
import { type RolloutsCall, type SqlCall, WORKBENCH_DEFAULTS } from './calls.ts';
import type { StoredRollout } from './results.ts';
import { checkWhole, lastRewarded, type State } from './state.ts';

/** Rollouts in their order, at most `limit` of them. */
export async function rollouts(state: State, call: RolloutsCall = {}): Promise<readonly StoredRollout[]> {
  const { run, signal, onProgress, step, solver, verdict, problem, limit = WORKBENCH_DEFAULTS.rows, offset = 0 } = call;
  checkWhole('limit', limit, 1);
  checkWhole('offset', offset, 0);
  const wanted = Object.entries({ step, solver, verdict, problemId: problem }).filter(
    ([, value]) => value !== undefined,
  );
  const where = wanted.length === 0 ? '' : `WHERE ${wanted.map(([name]) => `"${name}" = $${name}`).join(' AND ')}`;
  const query = `SELECT * FROM rollouts ${where} ORDER BY "step", "position" LIMIT ${limit} OFFSET ${offset}`;
  const parameters = Object.fromEntries(wanted) as Record<string, QueryParameter>;
  const rows = await ask(state, run, query, parameters, signal);
  const found = rows.map((row) => ({
    ...{ step: row['step'] as number, position: row['position'] as number },
    ...fromRow(row),
  }));
  for (const [index, item] of found.entries()) onProgress?.({ done: index + 1, total: found.length, item });
  return found;
}

/** The rows of a query over the tables `rollouts` and `steps`. */
export async function sql(state: State, query: string, call: SqlCall = {}): Promise<readonly QueryRow[]> {
  const { run, parameters = {}, signal, onProgress } = call;
  const rows = await ask(state, run, query, parameters, signal);
  for (const [index, item] of rows.entries()) onProgress?.({ done: index + 1, total: rows.length, item });
  return rows;
}

async function ask(
  state: State,
  run: string | undefined,
  query: string,
  parameters: Readonly<Record<string, QueryParameter>>,
  signal: AbortSignal | undefined,
): Promise<readonly QueryRow[]> {
  signal?.throwIfAborted();
  const store = await openStore(state, run);
  // The query itself goes on to its end when `signal` fires, and its database is closed then.
  return untilAborted(askOnce(store, query, parameters), signal);
}

async function askOnce(
  store: RunStore,
  query: string,
  parameters: Readonly<Record<string, QueryParameter>>,
): Promise<readonly QueryRow[]> {
  try {
    return await store.query(query, parameters);
  } finally {
    await store.close();
  }
}

async function openStore(state: State, run: string | undefined): Promise<RunStore> {
  if (run !== undefined) return openRunFolder(join(state.runs, run), 'read');
  const last = state.trained.at(-1);
  if (last !== undefined && state.newest === 'run') return openRunFolder(last.folder, 'read');
  const { rollouts } = lastRewarded(state);
  const store = createMemoryStore({ configuration: {}, versions: {}, seeds: {}, hashes: {} });
  await store.append({ index: 0, rollouts, statistics: {} });
  return store;
}
