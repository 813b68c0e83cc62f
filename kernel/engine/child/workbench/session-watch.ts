/** What this session has chosen and trained so far, for who watches it from outside its cells. */

import type { ProblemSet } from '../../../../src/types.ts';
import type { PolicyChoice } from '../../../../src/workbench/results.ts';
import type { SessionData } from '../../../spec/comm.ts';
import type { CallName } from '../../../views/live/follower.ts';
import type { LiveRun } from './live-run.ts';

export interface SessionWatcher {
  /** Often. */
  onRuns(): void;
  /** A call has ended. */
  onSession(): void;
}

/** Older ones are in their folders. */
const KEPT_RUNS = 20;

class SessionWatch {
  readonly #watchers = new Set<SessionWatcher>();
  #runs: readonly LiveRun[] = [];
  #problems: SessionData['problems'] = null;
  #policy: SessionData['policy'] = null;

  /** The newest first. */
  get runs(): readonly LiveRun[] {
    return this.#runs;
  }

  get chosen(): Pick<SessionData, 'problems' | 'policy'> {
    return { problems: this.#problems, policy: this.#policy };
  }

  /** Gives how to stop watching. */
  watch(watcher: SessionWatcher): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  addRun(run: LiveRun): void {
    this.#runs = [run, ...this.#runs].slice(0, KEPT_RUNS);
  }

  onRuns(): void {
    for (const watcher of this.#watchers) watcher.onRuns();
  }

  onResult(call: CallName, result: unknown): void {
    if (call === 'problems') {
      const { name, problems } = result as ProblemSet;
      this.#problems = { name, count: problems.length };
    }
    if (call === 'policy') this.#policy = { ...(result as PolicyChoice) };
  }

  /** However it ended. */
  onCallEnd(): void {
    for (const watcher of this.#watchers) watcher.onSession();
  }
}

export const session: SessionWatch = new SessionWatch();
