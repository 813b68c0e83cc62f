/** What the command line and the workbench ask of a training run's folder before it begins or goes on. */

import { EvomError, expected } from './errors.ts';
import { evomVersion } from './evom-version.ts';
import { type Checkpoint, findCheckpoint } from './loop/checkpoints.ts';
import type { Json, RunDescription, RunStore } from './store/store.ts';

/** A run that is about to begin. The configuration is made plain: what JSON cannot hold is left out. */
export function describeRun(
  configuration: object,
  { seed, hashes }: { readonly seed: number; readonly hashes: Readonly<Record<string, string>> },
): RunDescription {
  return {
    configuration: JSON.parse(JSON.stringify(configuration)) as Json,
    versions: { evom: evomVersion(), node: process.versions.node },
    seeds: { run: seed },
    hashes,
  };
}

/** Throws `config/other-run` where one of these options is not as the run began. */
export function checkConfiguration(store: RunStore, given: object, next: string): void {
  const begun = store.manifest.configuration as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(given)) {
    if (JSON.stringify(value) === JSON.stringify(begun[name])) continue;
    const what = `${JSON.stringify(begun[name])}, as the run began`;
    throw new EvomError('config', 'other-run', expected(name, what, value ?? 'none', next));
  }
}

/** Throws `config/other-problems` where the problems are not those that the run began with. */
export function checkLabelSet(store: RunStore, labelSet: string, problems: string): void {
  const begun = store.manifest.hashes['labelSet'];
  if (labelSet === begun) return;
  const next = 'The problems have changed: restore them, or start another run.';
  throw new EvomError(
    'config',
    'other-problems',
    expected(problems, `the label set ${begun} that the run began with`, labelSet, next),
  );
}

/** The newest weights that a run can go on from; null for those that it began with. */
export function resumeFrom(store: RunStore, stored: number, overlap: boolean): Promise<Checkpoint | null> {
  // With overlap a step is written by weights one update old.
  return findCheckpoint(store.location, overlap ? stored - 1 : stored);
}
