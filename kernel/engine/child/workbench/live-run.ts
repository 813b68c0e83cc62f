/** A training of this session: what it shows wherever it is watched, and how it is paused, resumed and stopped. */

import type { LiveRunData } from '../../../spec/comm.ts';
import type { ProgressData, RunData } from '../../../spec/mime.ts';
import type { LiveView } from '../../../views/live/follower.ts';
import { Interrupted } from '../evaluate.ts';
import { CallProgress } from './call-progress.ts';
import { PauseGate } from './pause-gate.ts';
import { session } from './session-watch.ts';

/** Options of `train` that a live run adds to. */
export interface LiveRunOptions {
  readonly signal: AbortSignal;
  readonly betweenSteps?: () => Promise<void>;
}

export class LiveRun {
  readonly progress: CallProgress;
  readonly gate: PauseGate;
  readonly #stop = new AbortController();
  readonly #data: (progress: ProgressData) => RunData;
  #end: ProgressData | null = null;

  /** `onPause`: told when it begins to wait, and when it goes on. */
  constructor(data: (progress: ProgressData) => RunData, view: LiveView, onPause: () => void) {
    this.#data = data;
    this.gate = new PauseGate(() => {
      onPause();
      this.touch();
    });
    this.progress = new CallProgress(() => view.reach(), this.gate);
    session.addRun(this);
  }

  hooks({ signal, betweenSteps }: LiveRunOptions): LiveRunOptions {
    const either = AbortSignal.any([signal, this.#stop.signal]);
    return {
      signal: either,
      betweenSteps: async () => {
        await betweenSteps?.();
        await this.gate.pass(either);
      },
    };
  }

  get isOver(): boolean {
    return this.#end !== null;
  }

  /** As an interrupt of its cell. */
  stop(): void {
    this.#stop.abort(new Interrupted());
  }

  /** There is something new. */
  touch(): void {
    session.onRuns();
  }

  end(state: 'done' | 'stopped' | 'failed', error: string | null): void {
    this.#end = this.progress.ended(state, error);
    this.touch();
  }

  /** All of it. */
  whole(): RunData {
    return this.#data(this.#end ?? this.progress.now());
  }

  /** In brief. */
  brief(): LiveRunData {
    const { run, folder, solvers, progress, stepProgress, steps } = this.whole();
    return {
      ...{ run: run ?? '', folder, solvers, progress, stepProgress: this.isOver ? null : stepProgress },
      accuracy: steps.at(-1)?.scores[0] ?? null,
      isPausing: this.gate.isShut && !this.gate.isWaiting && !this.isOver,
    };
  }
}
