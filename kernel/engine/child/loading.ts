/**
 * What the watchdog sees of the thread that runs cells, in memory that both have: which cell runs, so that it never ends
 * another one, and whether modules load. A module that is ended in the middle is broken for as long as the process lives;
 * loading gives way to a polite interrupt by itself, unless it takes very long.
 */

export type Shared = Int32Array<SharedArrayBuffer>;

/** Places in {@link Shared}. */
export const CELL = 0;
export const LOADS = 1;

export const shared: Shared = new Int32Array(new SharedArrayBuffer(8));

/** Cells are counted from 1; 0: none. */
export function tellRunning(cell: number): void {
  Atomics.store(shared, CELL, cell);
}

export async function whileLoading<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  Atomics.add(shared, LOADS, 1);
  try {
    return await load();
  } finally {
    Atomics.sub(shared, LOADS, 1);
  }
}

/** As {@link whileLoading}, for `require`. */
export function whileRequiring<Loaded>(load: () => Loaded): Loaded {
  Atomics.add(shared, LOADS, 1);
  try {
    return load();
  } finally {
    Atomics.sub(shared, LOADS, 1);
  }
}
