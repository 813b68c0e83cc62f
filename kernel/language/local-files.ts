/**
 * The user's own files that cells import, looked at before each question instead of watched: nothing is polled while the
 * kernel is idle. Files of packages are taken as they were first read.
 */

import type ts from '@tslab/typescript-for-tslab';
import { changedAt } from '../changed-at.ts';

export interface LocalFiles {
  watch(path: string, callback: ts.FileWatcherCallback): ts.FileWatcher;
  /** Calls back for every file that is not as it was. */
  tellChanges(): void;
}

interface Watched {
  readonly callback: ts.FileWatcherCallback;
  changedAt: number;
}

/** Where TypeScript is told that a file has changed; its enum is not loaded here. */
const CHANGED: ts.FileWatcherEventKind.Changed = 1;
const DELETED: ts.FileWatcherEventKind.Deleted = 2;

export function openLocalFiles(): LocalFiles {
  const files = new Map<string, Watched>();
  return {
    watch(path, callback) {
      if (path.includes('/node_modules/')) return { close() {} };
      const watched = { callback, changedAt: changedAt(path) };
      files.set(path, watched);
      return {
        close() {
          if (files.get(path) === watched) files.delete(path);
        },
      };
    },
    tellChanges() {
      for (const [path, watched] of files) {
        const now = changedAt(path);
        if (now === watched.changedAt) continue;
        watched.changedAt = now;
        watched.callback(path, now === 0 ? DELETED : CHANGED);
      }
    },
  };
}
