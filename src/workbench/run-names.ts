import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a session keeps its runs. */
export const RUNS_FOLDER = 'runs';

/** The runs below a folder, by name: what `policy` and the option `run` take. None where there is no such folder. */
export function runNames(runs: string = RUNS_FOLDER): readonly string[] {
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, 'manifest.json')))
    .toSorted();
}
