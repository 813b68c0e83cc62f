/**
 * Standard output and error of cells. Pieces are put together, so that a hundred thousand lines are a few messages; a cell
 * that prints now and then is seen at once. Whatever a cell started, however late, writes to that cell.
 */

import { Console } from 'node:console';
import type { CellEvent } from '../engine.ts';
import { tell } from './channel.ts';
import { currentCell } from './current-cell.ts';

type StreamName = 'stdout' | 'stderr';

/** A piece waits so long for others, when the one before it has just gone. */
const GATHER_MS = 20;
/** UTF-16 code units after which a piece goes at once. */
const LARGE = 1 << 15;

let gathered: { readonly cellId: string; readonly name: StreamName; text: string } | null = null;
let timer: NodeJS.Timeout | null = null;
let lastSent = Number.NEGATIVE_INFINITY;

export function captureOutput(): void {
  process.stdout.write = writer('stdout');
  process.stderr.write = writer('stderr');
  // Node's own tells the inspector of every line too, and listens for an error of every write: six times the work.
  const { stdout, stderr } = process;
  Object.assign(console, new Console({ stdout, stderr, ignoreErrors: false }));
}

/** Sends what is gathered. */
export function flushOutput(): void {
  if (timer) clearTimeout(timer);
  timer = null;
  if (gathered === null) return;
  const { cellId, name, text } = gathered;
  gathered = null;
  lastSent = performance.now();
  tell({ kind: 'event', cellId, event: { kind: 'stream', name, text } });
}

/** Tells of the running cell, after all that it has printed. */
export function emit(event: CellEvent): void {
  flushOutput();
  tell({ kind: 'event', cellId: currentCell().id, event });
}

function writer(name: StreamName): typeof process.stdout.write {
  return ((chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    print(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
    const finished = typeof encoding === 'function' ? encoding : done;
    if (typeof finished === 'function') process.nextTick(finished as () => void);
    return true;
  }) as typeof process.stdout.write;
}

function print(name: StreamName, text: string): void {
  const { id } = currentCell();
  if (gathered && (gathered.cellId !== id || gathered.name !== name)) flushOutput();
  if (gathered === null) gathered = { cellId: id, name, text };
  else gathered.text += text;
  const isDue = performance.now() - lastSent > GATHER_MS;
  if (isDue || gathered.text.length > LARGE) flushOutput();
  else timer ??= setTimeout(flushOutput, GATHER_MS).unref();
}
