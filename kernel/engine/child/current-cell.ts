/** Which cell the running code belongs to, also long after that cell has ended. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { JsonObject } from '../../wire/message.ts';

export interface RunningCell {
  readonly id: string;
  /** Fires when the cell is interrupted. */
  readonly signal: AbortSignal;
  /** For the front end, with the cell's reply. */
  readonly payload: JsonObject[];
  /** Called when the cell has ended. */
  readonly onEnd: (() => void)[];
}

const cells = new AsyncLocalStorage<RunningCell>();
/** Of code that belongs to no cell: what a library started on its own. */
let newest: RunningCell = { id: '', signal: new AbortController().signal, payload: [], onEnd: [] };

export function currentCell(): RunningCell {
  return cells.getStore() ?? newest;
}

/** Everything that `run` starts belongs to the cell. */
export function inCell<Result>(cell: RunningCell, run: () => Result): Result {
  newest = cell;
  return cells.run(cell, run);
}
