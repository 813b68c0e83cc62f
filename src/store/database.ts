/**
 * DuckDB, in memory: it writes Parquet, and queries it. Loaded at its first use, since that takes 0.3 s.
 *
 * A DuckDB *file* has one writer and then no readers; a run is a folder of Parquet files instead, and this holds
 * nothing that matters.
 */

import type {
  DuckDBConnection,
  DuckDBInstance,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBType,
  DuckDBValue,
} from '@duckdb/node-api';
import { EvomError, expected } from '../errors.ts';
import type { Step } from '../types.ts';
import { ROLLOUT_COLUMNS, toRow } from './rollout-row.ts';
import type { QueryParameter, QueryRow } from './store.ts';

type DuckDB = typeof import('@duckdb/node-api');

/** A DuckDB that opens when it is first asked for a connection. */
export class Database {
  #open: Promise<{ readonly duckdb: DuckDB; readonly instance: DuckDBInstance }> | null = null;

  /** Runs `work` on a connection of its own, so that temporary tables and views never meet. */
  async use<Result>(work: (connection: DuckDBConnection, duckdb: DuckDB) => Promise<Result>): Promise<Result> {
    this.#open ??= open();
    const { duckdb, instance } = await this.#open;
    const connection = await instance.connect();
    try {
      return await work(connection, duckdb);
    } finally {
      connection.closeSync();
    }
  }

  async close(): Promise<void> {
    const opened = await this.#open;
    this.#open = null;
    opened?.instance.closeSync();
  }
}

async function open(): Promise<{ readonly duckdb: DuckDB; readonly instance: DuckDBInstance }> {
  const duckdb = await import('@duckdb/node-api');
  return { duckdb, instance: await duckdb.DuckDBInstance.create(':memory:') };
}

/** The columns of a `rollouts` table, as SQL. */
export const ROLLOUTS_SCHEMA: string = Object.entries(ROLLOUT_COLUMNS)
  .map(([name, type]) => `"${name}" ${type}`)
  .join(', ');

const COLUMN_NAMES = Object.keys(ROLLOUT_COLUMNS) as (keyof typeof ROLLOUT_COLUMNS)[];

/** Rows that DuckDB takes at a time. */
const CHUNK_ROWS = 2048;

/** The columns of a `steps` table, as SQL. */
export const STEPS_SCHEMA = '"step" INTEGER, "rollouts" INTEGER, "statistics" MAP(VARCHAR, DOUBLE)';

/** Appends a step's rollouts to a table of {@link ROLLOUTS_SCHEMA}. */
export async function appendRollouts(
  connection: DuckDBConnection,
  duckdb: DuckDB,
  table: string,
  step: Step,
): Promise<void> {
  const appender = await connection.createAppender(table);
  const types = COLUMN_NAMES.map((_, index) => appender.columnType(index));
  for (let start = 0; start < step.rollouts.length; start += CHUNK_ROWS) {
    const rows = step.rollouts
      .slice(start, start + CHUNK_ROWS)
      .map((rollout, index) => toRow(rollout, step.index, start + index));
    const chunk = duckdb.DuckDBDataChunk.create(types, rows.length);
    for (const [column, name] of COLUMN_NAMES.entries()) {
      const values = rows.map((row, index) =>
        toValue(duckdb, row[name], types[column]!, `rollouts[${start + index}].${name}`),
      );
      chunk.setColumnValues(column, values);
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Runs a user's query; plain values out. */
export async function runQuery(
  connection: DuckDBConnection,
  sql: string,
  parameters: Readonly<Record<string, QueryParameter>> = {},
): Promise<readonly QueryRow[]> {
  try {
    const result = await connection.runAndReadAll(sql, { ...parameters });
    return result.getRowObjectsJS().map((row) => plain(row) as QueryRow);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const next = 'The tables are `rollouts` and `steps`; a parameter is written `$name`.';
    throw new EvomError('store', 'bad-query', `The query failed. ${reason}\n${next}`, { cause: error });
  }
}

/** SQL's own quotes around a text. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A JavaScript value as DuckDB takes it for that type. Rejects what the column would quietly change. */
function toValue(duckdb: DuckDB, value: unknown, type: DuckDBType, path: string): DuckDBValue {
  const { DuckDBTypeId } = duckdb;
  if (value === null || value === undefined) return null;
  switch (type.typeId) {
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      const fields = value as Readonly<Record<string, unknown>>;
      const entries = entryNames.map((name, index) => {
        return [name, toValue(duckdb, fields[name], entryTypes[index]!, `${path}.${name}`)] as const;
      });
      return duckdb.structValue(Object.fromEntries(entries));
    }
    case DuckDBTypeId.LIST: {
      const { valueType } = type as DuckDBListType;
      return duckdb.listValue((value as readonly unknown[]).map((item) => toValue(duckdb, item, valueType, path)));
    }
    case DuckDBTypeId.MAP: {
      const { valueType } = type as DuckDBMapType;
      const entries = Object.entries(value as Readonly<Record<string, unknown>>);
      return duckdb.mapValue(entries.map(([key, item]) => ({ key, value: toValue(duckdb, item, valueType, path) })));
    }
    case DuckDBTypeId.INTEGER:
      return wholeNumber(value, 2 ** 31, path);
    case DuckDBTypeId.BIGINT:
      return BigInt(wholeNumber(value, 2 ** 53, path));
    case DuckDBTypeId.DOUBLE:
      if (typeof value === 'number') return value + 0; // -0 + 0 is 0: Parquet's dictionaries take both for one value
      throw badValue(path, 'a number', value);
    case DuckDBTypeId.BOOLEAN:
      if (typeof value === 'boolean') return value;
      throw badValue(path, 'true or false', value);
    default:
      if (typeof value === 'string') return value.toWellFormed();
      throw badValue(path, 'a text', value);
  }
}

function wholeNumber(value: unknown, bound: number, path: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < bound) return value;
  throw badValue(path, `a whole number below ${bound}`, value);
}

function badValue(path: string, what: string, value: unknown): EvomError {
  return new EvomError('store', 'bad-value', expected(path, what, value, 'Give the rollout as `types.ts` has it.'));
}

/** bigint to number where that is exact, through lists and objects. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}
