/**
 * What the child tells the kernel: a line of JSON each on descriptor 3, written at once and in order, so that output that
 * came before a crash is not lost with it.
 */

import { writeSync } from 'node:fs';
import type { CellEvent, CellResult } from '../engine.ts';

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly cellId: string; readonly event: CellEvent }
  | {
      readonly kind: 'question';
      readonly id: number;
      readonly cellId: string;
      readonly prompt: string;
      readonly isPassword: boolean;
    }
  | { readonly kind: 'result'; readonly cellId: string; readonly result: CellResult };

const PIPE = 3;
/** How long to wait where the kernel reads more slowly than a cell writes. */
const FULL_PIPE_MS = 2;

export function tell(message: FromChild): void {
  let data = Buffer.from(`${JSON.stringify(message)}\n`);
  while (data.length > 0) {
    try {
      data = data.subarray(writeSync(PIPE, data));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_MS);
    }
  }
}
