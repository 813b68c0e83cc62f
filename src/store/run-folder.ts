/**
 * A run is a folder: `manifest.json`, and one Parquet file a step, `step-000012.parquet`. Each file appears whole,
 * by one atomic step, before `append` resolves; a killed run loses the step it was writing and nothing else.
 *
 * Read it with anything: `from 'run/step-*.parquet'` in DuckDB, `pandas.read_parquet(sorted(glob('run/step-*.parquet')))`.
 * Other files in the folder, temporary ones too, are nobody's business here.
 *
 * Not covered: two writers at a time (they collide on a step, and the second fails).
 */

import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EvomError, expected } from '../errors.ts';
import type { Step } from '../types.ts';
import { appendRollouts, Database, quote, ROLLOUTS_SCHEMA, runQuery } from './database.ts';
import { describeWriteError, publishFile, sweepTemporaries } from './durable-file.ts';
import { createViews, STEP_KEY, stepDamaged } from './query.ts';
import { fromRow } from './rollout-row.ts';
import {
  checkIndex,
  type RunDescription,
  type RunManifest,
  type RunStore,
  STORE_SCHEMA,
  stepExists,
  stepMissing,
} from './store.ts';

const MANIFEST = 'manifest.json';
const STEP_FILE = /^step-(\d{6,})\.parquet$/;

/** Starts a run in a folder of that name, made where it is missing. Rejects with `run-exists` where there is one. */
export async function createRunFolder(folder: string, description: RunDescription): Promise<RunStore> {
  const location = resolve(folder);
  const manifest: RunManifest = { schema: STORE_SCHEMA, createdAt: new Date().toISOString(), ...description };
  try {
    await mkdir(location, { recursive: true });
    await publishFile(join(location, MANIFEST), (path) => writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`));
  } catch (error) {
    if (!(error instanceof EvomError)) throw describeWriteError(location, error);
    if (error.code !== 'file-exists') throw error;
    const next = 'Open it to resume, or choose another folder.';
    throw new EvomError('store', 'run-exists', expected('folder', 'a folder without a run', location, next), {
      cause: error,
    });
  }
  return createStore(location, manifest, 'append');
}

/**
 * Opens a run to resume it (`append`, which also sweeps what a killed writer left behind) or to look at it (`read`,
 * which changes nothing, and may go on while another process writes).
 */
export async function openRunFolder(folder: string, mode: 'append' | 'read' = 'append'): Promise<RunStore> {
  const location = resolve(folder);
  const manifest = await readManifest(join(location, MANIFEST));
  if (mode === 'append') await sweepTemporaries(location);
  return createStore(location, manifest, mode);
}

function createStore(location: string, manifest: RunManifest, mode: 'append' | 'read'): RunStore {
  const database = new Database();
  const indices = async (): Promise<readonly number[]> => {
    const found = (await readdir(location)).flatMap((name) => STEP_FILE.exec(name)?.[1] ?? []);
    return found.map(Number).sort((a, b) => a - b);
  };
  return {
    location,
    manifest,
    indices,
    nextIndex: async () => ((await indices()).at(-1) ?? -1) + 1,
    append: async (step) => {
      checkIndex(step.index);
      if (mode === 'read') throw openedForReading(location);
      await writeStep(database, location, step);
    },
    read: (index) => readStep(database, location, index),
    query: async (sql, parameters) => {
      const files = (await indices()).map((index) => stepFile(location, index));
      return database.use(async (connection) => {
        await createViews(connection, files);
        return runQuery(connection, sql, parameters);
      });
    },
    close: () => database.close(),
  };
}

async function writeStep(database: Database, location: string, step: Step): Promise<void> {
  const said = { schema: STORE_SCHEMA, step: step.index, rollouts: step.rollouts.length, statistics: step.statistics };
  const text = JSON.stringify(said, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  try {
    await publishFile(stepFile(location, step.index), (path) =>
      database.use(async (connection, duckdb) => {
        await connection.run(`CREATE TEMP TABLE step_rollouts (${ROLLOUTS_SCHEMA})`);
        await appendRollouts(connection, duckdb, 'step_rollouts', step);
        const options = `FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {${STEP_KEY}: ${quote(text)}}`;
        await connection.run(`COPY step_rollouts TO ${quote(path)} (${options})`);
      }),
    );
  } catch (error) {
    throw error instanceof EvomError && error.code === 'file-exists'
      ? stepExists(step.index, location, { cause: error })
      : error;
  }
}

async function readStep(database: Database, location: string, index: number): Promise<Step> {
  checkIndex(index);
  const path = stepFile(location, index);
  if (!existsSync(path)) throw stepMissing(index, location);
  return database.use(async (connection) => {
    await createViews(connection, [path]);
    try {
      const rows = await runQuery(connection, 'SELECT * FROM rollouts ORDER BY position');
      const [said] = await runQuery(connection, 'SELECT statistics FROM steps');
      const statistics = (said?.['statistics'] ?? []) as readonly { readonly key: string; readonly value: number }[];
      return {
        index,
        rollouts: rows.map(fromRow),
        statistics: Object.fromEntries(statistics.map(({ key, value }) => [key, value])),
      };
    } catch (error) {
      throw stepDamaged(error);
    }
  });
}

async function readManifest(path: string): Promise<RunManifest> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const next = 'Name a folder that a run was started in.';
    throw new EvomError('store', 'no-run', expected('folder', 'a run with a manifest.json', path, next), { cause });
  });
  let manifest: Partial<RunManifest> | null = null;
  try {
    manifest = JSON.parse(text) as Partial<RunManifest> | null;
  } catch {
    // Told below: whatever is no object with a schema is no manifest.
  }
  if (typeof manifest?.schema !== 'number') {
    throw new EvomError('store', 'bad-manifest', expected(path, 'a run manifest', text, 'Restore it from a copy.'));
  }
  if (manifest.schema > STORE_SCHEMA) {
    const what = `a run of schema ${STORE_SCHEMA} or older`;
    throw new EvomError(
      'store',
      'newer-schema',
      expected(path, what, manifest.schema, 'Update evom to read this run.'),
    );
  }
  return manifest as RunManifest;
}

function stepFile(location: string, index: number): string {
  return join(location, `step-${String(index).padStart(6, '0')}.parquet`);
}

function openedForReading(location: string): EvomError {
  const next = 'Open it with mode `append` to continue the run.';
  return new EvomError('store', 'read-only', expected('mode', `append, to write to ${location}`, 'read', next));
}
