/**
 * Loads what a cell names before the cell runs, piece by piece: an interrupt meanwhile ends the cell between two pieces.
 * Were modules ended in the middle, they would be broken for as long as the process lives.
 */

import { setImmediate as turn } from 'node:timers/promises';
import { libraryFiles, libraryNames } from '../library-names.ts';
import { whileLoading } from './loading.ts';
import { loadWorkbench } from './workbench/workbench.ts';

/** Rejects with the signal's reason. */
export type Preload = (code: string, signal: AbortSignal) => Promise<void>;

export function createPreload(): Preload {
  const naming = new RegExp(`\\b(?:evom|${libraryNames().join('|')})\\b`);
  let files = libraryFiles();
  return async (code, signal) => {
    if (!naming.test(code)) return;
    await whileLoading(async () => {
      for (const file of files) {
        await import(file);
        await turn();
        signal.throwIfAborted();
      }
      files = [];
      if (/\bevom\b/.test(code)) await loadWorkbench();
    });
    await turn();
    signal.throwIfAborted();
  };
}
