/** What a session may choose by name, and the runs below its folder of runs. */

import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { benchmarkFolder } from '../../../src/problems/benchmark-folder.ts';
import { fileNameOf, PUBLIC_SETS } from '../../../src/problems/public-sets.ts';
import { RUNS_FOLDER, runNames } from '../../../src/workbench/run-names.ts';
import { policy, problems } from '../../magics/table/choose.ts';
import type { RunFolderData, SessionData } from '../../spec/comm.ts';

const STEP_FILE = /^step-\d+\.parquet$/;

/** Names of made problems and policies are those that the magics complete. */
export async function listSession(): Promise<Pick<SessionData, 'problemSets' | 'policies' | 'folders'>> {
  const fetched = new Set(await readdir(benchmarkFolder()).catch(() => []));
  const sets = PUBLIC_SETS.filter((set) => fetched.has(fileNameOf(set))).map(({ name }) => name);
  const listed = await Promise.all(runNames().map(describeFolder));
  const folders = listed.toSorted((left, right) => right.changedAt - left.changedAt).map(({ data }) => data);
  return {
    problemSets: [...(problems.operands?.values ?? []), ...sets],
    policies: [...(policy.operands?.values ?? []), ...runNames()],
    folders,
  };
}

async function describeFolder(run: string): Promise<{ readonly data: RunFolderData; readonly changedAt: number }> {
  const folder = resolve(join(RUNS_FOLDER, run));
  const files = await readdir(folder).catch(() => []);
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: 0 }));
  const steps = files.filter((name) => STEP_FILE.test(name)).length;
  return { data: { run, folder, steps }, changedAt: mtimeMs };
}
