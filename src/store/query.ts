/** DuckDB over a run folder's Parquet files: any number of readers, in any process, while the run grows. */

import type { DuckDBConnection } from '@duckdb/node-api';
import { EvomError } from '../errors.ts';
import { quote, ROLLOUTS_SCHEMA, STEPS_SCHEMA } from './database.ts';

/** Key of the Parquet metadata entry that holds a step's index, row count and statistics. */
export const STEP_KEY = 'evom';

/**
 * Gives the connection the views `rollouts` and `steps` over these files. The list is fixed when this is called, so
 * one query sees one state of the run. Files of different schema versions meet by column name.
 */
export async function createViews(connection: DuckDBConnection, files: readonly string[]): Promise<void> {
  const list = fileList(files);
  const rollouts =
    files.length === 0 ? `SELECT * FROM no_rollouts` : `SELECT * FROM read_parquet(${list}, union_by_name = true)`;
  const steps = files.length === 0 ? `SELECT * FROM no_steps` : stepsQuery(list);
  if (files.length === 0) {
    await connection.run(`CREATE TEMP TABLE no_rollouts (${ROLLOUTS_SCHEMA})`);
    await connection.run(`CREATE TEMP TABLE no_steps (${STEPS_SCHEMA})`);
  }
  try {
    await connection.run(`CREATE TEMP VIEW rollouts AS ${rollouts}`);
    await connection.run(`CREATE TEMP VIEW steps AS ${steps}`);
  } catch (error) {
    throw stepDamaged(error);
  }
}

/** A step's file that cannot be read. DuckDB's own message names the file. */
export function stepDamaged(cause: unknown): EvomError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const next = 'Restore the file from a copy, or move it away: the other steps do not depend on it.';
  return new EvomError('store', 'step-damaged', `A step's Parquet file cannot be read. ${next} (${reason})`, { cause });
}

/** Statistics are stored as JSON in the file's metadata, NaN and infinities as text, which the cast reads back. */
function stepsQuery(list: string): string {
  return (
    `SELECT CAST(said->>'$.step' AS INTEGER) AS "step", CAST(said->>'$.rollouts' AS INTEGER) AS "rollouts", ` +
    `CAST(said->'$.statistics' AS MAP(VARCHAR, DOUBLE)) AS "statistics" ` +
    `FROM (SELECT CAST(decode(value) AS JSON) AS said FROM parquet_kv_metadata(${list}) WHERE decode(key) = ${quote(STEP_KEY)}) ` +
    `ORDER BY "step"`
  );
}

/** Paths as an SQL list; characters that mean something in a glob stand for themselves. */
function fileList(files: readonly string[]): string {
  return `[${files.map((path) => quote(path.replace(/[[*?]/g, '[$&]'))).join(', ')}]`;
}
