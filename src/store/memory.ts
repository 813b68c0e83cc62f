/** The in-memory twin of `run-folder.ts`: no files, the same interface, for tests, notebooks and small evaluations. */

import type { Step } from '../types.ts';
import { appendRollouts, Database, quote, ROLLOUTS_SCHEMA, runQuery, STEPS_SCHEMA } from './database.ts';
import { checkIndex, type RunDescription, type RunStore, STORE_SCHEMA, stepExists, stepMissing } from './store.ts';

const LOCATION = ':memory:';

/** A run that is gone when the process ends. Steps are copied in, so later changes to them do not show. */
export function createMemoryStore(description: RunDescription): RunStore {
  const steps = new Map<number, Step>();
  const database = new Database();
  const indices = async (): Promise<readonly number[]> => [...steps.keys()].sort((a, b) => a - b);
  return {
    location: LOCATION,
    manifest: { schema: STORE_SCHEMA, createdAt: new Date().toISOString(), ...structuredClone(description) },
    indices,
    nextIndex: async () => ((await indices()).at(-1) ?? -1) + 1,
    append: async (step) => {
      checkIndex(step.index);
      if (steps.has(step.index)) throw stepExists(step.index, LOCATION);
      steps.set(step.index, structuredClone(step));
    },
    read: async (index) => {
      checkIndex(index);
      const step = steps.get(index);
      if (step === undefined) throw stepMissing(index, LOCATION);
      return structuredClone(step);
    },
    query: (sql, parameters) =>
      database.use(async (connection, duckdb) => {
        await connection.run(`CREATE TEMP TABLE rollouts (${ROLLOUTS_SCHEMA})`);
        await connection.run(`CREATE TEMP TABLE steps (${STEPS_SCHEMA})`);
        for (const index of await indices()) {
          const step = steps.get(index)!;
          await appendRollouts(connection, duckdb, 'rollouts', step);
          await connection.run(
            `INSERT INTO steps VALUES (${index}, ${step.rollouts.length}, ${mapLiteral(step.statistics)})`,
          );
        }
        return runQuery(connection, sql, parameters);
      }),
    close: () => database.close(),
  };
}

function mapLiteral(entries: Readonly<Record<string, number>>): string {
  const keys = Object.keys(entries).map(quote).join(', ');
  const values = Object.values(entries)
    .map((value) => quote(String(value)))
    .join(', ');
  return `CAST(MAP([${keys}], [${values}]) AS MAP(VARCHAR, DOUBLE))`;
}
