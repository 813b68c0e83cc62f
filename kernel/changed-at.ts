import { statSync } from 'node:fs';

/** When the file was last changed, in ms; 0 where there is none. */
export function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
