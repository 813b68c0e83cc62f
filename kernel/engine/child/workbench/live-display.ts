/**
 * A display that follows a call: it opens once the call has taken a moment, is replaced at most 15 times a second, and
 * ends with the complete state, whatever has become of the call. Nothing is shown of a call that is quick.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Bundle } from '../../../views/bundle.ts';
import type { LiveView } from '../../../views/live/follower.ts';
import { currentCell } from '../current-cell.ts';
import { emit } from '../output.ts';
import { CallProgress } from './call-progress.ts';

/** A call that ends sooner has no display. */
const OPEN_MS = 300;
/** Between two updates: 15 a second. */
const UPDATE_MS = 1000 / 15;
/** Drawing takes at most this share of the time. */
const DRAWING_SHARE = 0.1;

export class LiveDisplay {
  readonly #view: LiveView;
  readonly #progress: CallProgress;
  readonly #id: string = randomUUID();
  readonly #cellId: string = currentCell().id;
  /** Timers and workers call from anywhere; what is shown belongs to the cell. */
  readonly #inCell = AsyncLocalStorage.snapshot();
  readonly #signal = currentCell().signal;
  /** After the call has been told, and before the cell's end is: some front ends listen no longer than that. */
  readonly #onAbort = (): void => queueMicrotask(() => this.end('stopped', null));
  #timer: NodeJS.Timeout | null;
  #isOpen = false;
  #isOver = false;
  #nextAt: number;

  constructor(view: LiveView, progress: CallProgress = new CallProgress(() => view.reach())) {
    this.#view = view;
    this.#progress = progress;
    this.#nextAt = performance.now() + OPEN_MS;
    this.#timer = setTimeout(() => this.#draw(), OPEN_MS);
    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** There is something new. */
  touch(): void {
    if (this.#isOver || this.#timer !== null) return;
    const wait = this.#nextAt - performance.now();
    if (wait <= 0) this.#draw();
    else this.#timer = setTimeout(() => this.#draw(), wait);
  }

  /** The last update of a call that gave no result. */
  end(state: 'stopped' | 'failed', error: string | null): void {
    if (this.#close()) this.#show(() => this.#view.draw(this.#progress.ended(state, error)));
  }

  /** The last update: the result. Gives the cell that shows it now; null where nothing is shown of it. */
  finish(view: () => Bundle): string | null {
    if (!this.#close()) return null;
    this.#show(view);
    return this.#cellId;
  }

  /** Whether there is a display to be updated for the last time. */
  #close(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    return this.#isOpen;
  }

  #draw(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const started = performance.now();
    this.#show(() => this.#view.draw(this.#progress.now()));
    const ended = performance.now();
    this.#nextAt = Math.max(started + UPDATE_MS, ended + (ended - started) / DRAWING_SHARE);
  }

  #show(draw: () => Bundle): void {
    const display = { data: drawn(draw), metadata: {} };
    this.#inCell(() => emit({ kind: 'display', display, displayId: this.#id, isUpdate: this.#isOpen }));
    this.#isOpen = true;
  }
}

/** A view that fails must not take the call's result with it. */
function drawn(draw: () => Bundle): Bundle {
  try {
    return draw();
  } catch (error) {
    return { 'text/plain': `This cannot be shown: ${error instanceof Error ? error.stack : String(error)}` };
  }
}
