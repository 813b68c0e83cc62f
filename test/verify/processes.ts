/** What runs below this process, by the kernel's word. */

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  readonly command: string;
}

/** Processes that run, zombies left out. */
function allProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [state = '', parent = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), state, command }];
    } catch {
      return []; // gone meanwhile
    }
  });
}

/** Process numbers of fork servers and programs below `root`, at any depth. */
export function processesBelow(root: number = process.pid): number[] {
  const all = allProcesses();
  const below = new Set([root]);
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid, command }) => below.has(pid) && command.includes('zygote.py')).map(({ pid }) => pid);
}

/** Process numbers of fork servers, and programs, whose command line names `text`: found also once their parent is gone. */
export function processesNaming(text: string): number[] {
  return allProcesses()
    .filter(({ command }) => command.includes('zygote.py') && command.includes(text))
    .map(({ pid }) => pid);
}

/** Waits until `test` holds; false where it does not within `ms`. */
export async function within(ms: number, test: () => boolean): Promise<boolean> {
  const end = performance.now() + ms;
  while (!test()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}
