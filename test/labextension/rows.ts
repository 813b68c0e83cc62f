/** Rollouts as the kernel tells them, for tests of the Lab extension. */

import type { ObservationSummary, ProblemData, RolloutData, RolloutsData } from '../../kernel/spec/mime.ts';

export function problemRow(id: string): ProblemData {
  return { id, text: { text: `Problem ${id}`, length: 9 + id.length }, source: 'test', answer: 42 };
}

export function observationRow(over: Partial<ObservationSummary> = {}): NonNullable<RolloutData['observation']> {
  return {
    ...{ id: 'an-id', solver: 'highs', outcome: 'solved', verdict: 'correct', detail: null, status: 'optimal' },
    ...{ objective: 42, claimed: null, relativeError: 0, error: null, degenerate: [] },
    ...{ durationMs: 100, cpuMs: 80, memoryBytes: 1024, cached: false, stdout: { text: '', length: 0 } },
    ...over,
  };
}

export function rolloutRow(over: Partial<RolloutData> = {}): RolloutData {
  return {
    ...{ problem: 0, solver: 'highs', sample: 0, step: null, position: null },
    completion: { text: { text: 'a text', length: 6 }, tokens: 3, truncated: false },
    observation: observationRow(),
    reward: { total: 1.2, parts: { format: 1, answer: 1 }, masked: false },
    ...{ advantage: 0 },
    ...over,
  };
}

export function rolloutsOf(
  rows: readonly RolloutData[],
  problems: readonly ProblemData[] = [problemRow('p')],
): RolloutsData {
  return {
    stage: 'rewarded',
    progress: { state: 'done', done: rows.length, total: rows.length, secondsLeft: null, error: null },
    ...{ run: null, rule: null, problems, rows, total: rows.length, textLimit: 100, counts: {} },
  };
}
