/** Listens to one call of the workbench, and draws what it hears and what comes of it. */

import type { Workbench } from '../../../src/workbench/workbench.ts';
import type { ProgressData, RunData } from '../../spec/mime.ts';
import type { Bundle } from '../bundle.ts';

/** The calls of a workbench. */
export type CallName = Exclude<keyof Workbench, 'close' | typeof Symbol.asyncDispose>;

/** How many arguments come before a call's options. */
export type OptionsPlace<Name extends CallName> = Parameters<Workbench[Name]> extends [string, ...unknown[]] ? 1 : 0;

export type OptionsOf<Name extends CallName> = NonNullable<Parameters<Workbench[Name]>[OptionsPlace<Name>]>;

export type ResultOf<Name extends CallName> = Awaited<ReturnType<Workbench[Name]>>;

export interface Follower<Name extends CallName> {
  /** Given to the call, beside those of its caller. */
  readonly hooks: Partial<OptionsOf<Name>>;
  /** Null: the call is too short to be watched. */
  readonly live: LiveView | null;
  /** Of a training: the run as it is, for who watches it elsewhere. */
  readonly run?: (progress: ProgressData) => RunData;
  /** What the result is shown as; the result itself stays plain data. */
  view(result: ResultOf<Name>): Bundle;
}

export interface LiveView {
  reach(): Reach;
  /** What has been heard: while the call runs in brief, else all of it, with every fallback. */
  draw(progress: ProgressData): Bundle;
}

/** How far a call is; `total` is 0 where that is not known yet. */
export interface Reach {
  readonly done: number;
  readonly total: number;
  /** Of `done`: what was there before the call, and says nothing of its pace. */
  readonly before?: number;
}
