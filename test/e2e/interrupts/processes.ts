/** Processes below one, from /proc. Linux alone. */

import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** With the pid, what tells it from a later process of the same number. */
  readonly started: string;
  readonly command: string;
}

/** Children first. Those whose parent has ended are no longer among them. */
export function processesBelow(pid: number): readonly ProcessRow[] {
  const rows = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readRow(name) : []));
  const below = (parent: number): readonly ProcessRow[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
}

export function isAlive({ pid, started }: ProcessRow): boolean {
  return readRow(String(pid)).some((row) => row.started === started);
}

/** None where it is gone, or has ended and waits for its parent to notice. */
function readRow(pid: string): readonly ProcessRow[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [state, parent = ''] = fields;
    if (state === 'Z') return [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid: Number(pid), parent: Number(parent), started: fields[19] ?? '', command }];
  } catch {
    return [];
  }
}
