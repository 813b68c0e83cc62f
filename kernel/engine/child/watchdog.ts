/**
 * A thread beside the one that runs cells. A byte on descriptor 4 ends the script that runs there, whatever it is in the
 * middle of, but for modules that load: those have some time to end by themselves. The end of the pipe means that the
 * kernel is gone, and then this process and all it started go too.
 */

import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { CELL, LOADS, type Shared } from './loading.ts';

const PIPE = 4;
/** How often modules that load are looked at, and for how long. With the kernel's patience it is less than two seconds. */
const LOOK_MS = 20;
const LOADING_MS = 1200;
/** Once they have loaded, for the cell to hear that it is to end. */
const HEARING_MS = 300;

const shared = workerData as Shared;

new Socket({ fd: PIPE, readable: true, writable: false })
  .on('data', () => endLater(Atomics.load(shared, CELL), performance.now() + LOADING_MS))
  .on('error', leave)
  .on('close', leave);

function endLater(cell: number, latest: number): void {
  if (Atomics.load(shared, LOADS) === 0) endCell(cell);
  else waitForModules(cell, latest);
}

function waitForModules(cell: number, latest: number): void {
  const isOver = Atomics.load(shared, LOADS) === 0 || performance.now() > latest;
  if (isOver) setTimeout(endCell, HEARING_MS, cell);
  else setTimeout(waitForModules, LOOK_MS, cell, latest);
}

function endCell(cell: number): void {
  if (cell === 0 || Atomics.load(shared, CELL) !== cell) return; // it has given way meanwhile
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.terminateExecution', () => session.disconnect());
}

function leave(): void {
  process.kill(-process.pid, 'SIGKILL');
}
