/**
 * The global `evom`: the library's workbench, loaded when the first cell calls it. An interrupt of the cell reaches the
 * call, so that programs, training steps and servers stop with it.
 */

import type { Workbench } from '../../../src/workbench/workbench.ts';
import { currentCell } from './current-cell.ts';

/** Calls whose options come second. */
const NAMED: ReadonlySet<string> = new Set(['problems', 'policy', 'sql']);

type Call = (...parts: unknown[]) => Promise<unknown>;

export function createLazyWorkbench(): Workbench {
  let opened: Promise<Workbench> | null = null;
  const open = (): Promise<Workbench> => {
    opened ??= import('../../../src/workbench/workbench.ts').then(({ createWorkbench }) => createWorkbench());
    return opened;
  };
  return new Proxy({} as Workbench, {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      return async (...parts: unknown[]) => {
        const { signal } = currentCell();
        const workbench = (await open()) as unknown as Record<string, Call>;
        const call = workbench[name];
        if (!call)
          throw new TypeError(`evom.${name} is not a function. There are: ${Object.keys(workbench).join(', ')}.`);
        const place = NAMED.has(name) ? 1 : 0;
        const options = { signal, ...(parts[place] as object | undefined) };
        return call(...parts.slice(0, place), options);
      };
    },
  });
}
