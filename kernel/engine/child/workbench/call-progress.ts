/** How far a call is, and how long it will take at its pace so far. */

import type { ProgressData } from '../../../spec/mime.ts';
import type { Reach } from '../../../views/live/follower.ts';
import type { PauseGate } from './pause-gate.ts';

export class CallProgress {
  readonly #reach: () => Reach;
  readonly #gate: PauseGate | null;
  readonly #started: number = performance.now();

  constructor(reach: () => Reach, gate: PauseGate | null = null) {
    this.#reach = reach;
    this.#gate = gate;
  }

  now(): ProgressData {
    return this.#at(this.#gate?.isWaiting ? 'paused' : 'running', null);
  }

  ended(state: 'done' | 'stopped' | 'failed', error: string | null): ProgressData {
    return this.#at(state, error);
  }

  #at(state: ProgressData['state'], error: string | null): ProgressData {
    const { done, total, before = 0 } = this.#reach();
    const worked = performance.now() - this.#started - (this.#gate?.waitedMs ?? 0);
    const pace = worked / 1000 / (done - before);
    const isOver = state !== 'running' && state !== 'paused';
    const secondsLeft = isOver || done === before ? null : pace * (total - done);
    return { state, done, total, secondsLeft, error };
  }
}
