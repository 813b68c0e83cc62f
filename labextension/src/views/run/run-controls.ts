/**
 * Pausing, resuming and stopping a run from its view. A view has buttons where somebody has said how: the plugin, while a
 * kernel that listens has the run. A saved notebook has none.
 */

export interface RunControls {
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Null where nobody runs it. */
export type FindRunControls = (run: string) => RunControls | null;

let find: FindRunControls = () => null;

export function provideRunControls(given: FindRunControls): void {
  find = given;
}

export function findRunControls(run: string | null): RunControls | null {
  return run === null ? null : find(run);
}
