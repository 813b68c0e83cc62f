/**
 * Who runs a card's program once more. A card offers it where somebody has said how: the plugin, while the kernel of the
 * card's notebook is EVOM's. A saved notebook has nobody.
 */

import type { PanelQuestion } from '../../../../kernel/spec/comm.ts';
import type { ObservationData } from '../../../../kernel/spec/mime.ts';

type Program = Omit<Extract<PanelQuestion, { about: 'observation' }>, 'about'>;

export type ProgramRunner = (program: Program) => Promise<ObservationData>;

/** For a node on the page; null where nobody does. */
type FindRunner = (node: HTMLElement) => ProgramRunner | null;

let findIt: FindRunner = () => null;
const watchers = new Set<() => void>();

export function findRunner(node: HTMLElement): ProgramRunner | null {
  return findIt(node);
}

/** Gives what to call when runners have come or gone. */
export function provideRunners(find: FindRunner): () => void {
  findIt = find;
  return () => {
    for (const watcher of watchers) watcher();
  };
}

/** Gives how to stop watching. */
export function watchRunners(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}
