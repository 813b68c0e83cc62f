/** {@link ScoreRow}s as one Parquet file that is there whole or not at all. */

import { Database, quote } from '../../store/database.ts';
import { publishFile } from '../../store/durable-file.ts';
import type { ScoreRow } from './score-row.ts';

const COLUMNS: Readonly<Record<keyof ScoreRow, 'VARCHAR' | 'INTEGER' | 'BOOLEAN'>> = {
  arm: 'VARCHAR',
  seed: 'INTEGER',
  solver: 'VARCHAR',
  split: 'VARCHAR',
  problemId: 'VARCHAR',
  family: 'VARCHAR',
  mode: 'VARCHAR',
  sample: 'INTEGER',
  verdict: 'VARCHAR',
  strictVerdict: 'VARCHAR',
  masked: 'BOOLEAN',
  error: 'VARCHAR',
  missingName: 'VARCHAR',
  tokens: 'INTEGER',
};

const NAMES = Object.keys(COLUMNS) as (keyof ScoreRow)[];
const SCHEMA = NAMES.map((name) => `"${name}" ${COLUMNS[name]}`).join(', ');

/** Writes a new file, rows in a fixed order. Rejects with `store/file-exists` where there is one. */
export async function writeRows(path: string, rows: readonly ScoreRow[]): Promise<void> {
  const database = new Database();
  try {
    await publishFile(path, (temporary) =>
      database.use(async (connection) => {
        await connection.run(`CREATE TEMP TABLE scores (${SCHEMA})`);
        const appender = await connection.createAppender('scores');
        for (const row of rows) {
          for (const name of NAMES) {
            const value = row[name];
            if (value === null) appender.appendNull();
            else if (typeof value === 'string') appender.appendVarchar(value.toWellFormed());
            else if (typeof value === 'boolean') appender.appendBoolean(value);
            else appender.appendInteger(value);
          }
          appender.endRow();
        }
        appender.closeSync();
        const order = 'arm, solver, split, mode, seed, problemId, sample';
        await connection.run(
          `COPY (SELECT * FROM scores ORDER BY ${order}) TO ${quote(temporary)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
        );
      }),
    );
  } finally {
    await database.close();
  }
}

/** The rows of files that {@link writeRows} wrote, in the order of the files. */
export async function readRows(paths: readonly string[]): Promise<readonly ScoreRow[]> {
  const database = new Database();
  try {
    return await database.use(async (connection) => {
      const rows: ScoreRow[] = [];
      for (const path of paths) {
        const result = await connection.runAndReadAll(
          `SELECT ${NAMES.map((name) => `"${name}"`).join(', ')} FROM read_parquet(${quote(path)})`,
        );
        rows.push(...(result.getRowObjectsJS() as unknown as ScoreRow[]));
      }
      return rows;
    });
  } finally {
    await database.close();
  }
}
