/** Groups: one problem's completions for one solver, in one step. They are what an advantage is taken within. */

import type { ProblemData, SolverWord } from '../../../../kernel/spec/mime.ts';
import { oneLine } from '../../text/visible-text.ts';
import { isMasked, type RolloutItem } from './items.ts';

export interface RolloutGroup {
  readonly key: string;
  readonly name: string;
  readonly problem: ProblemData;
  readonly solver: SolverWord;
  readonly step: number | null;
  readonly items: readonly RolloutItem[];
  readonly correct: number;
  readonly masked: number;
  /** Of the total rewards that are not masked; null where there are none. */
  readonly mean: number | null;
  /** Standard deviation; 0 teaches nothing. */
  readonly spread: number | null;
  readonly tokens: number | null;
  /** Longest run. */
  readonly durationMs: number | null;
}

/** Rollouts of no known problem are in no group. */
export function groupItems(items: readonly RolloutItem[]): readonly RolloutGroup[] {
  const groups = new Map<string, RolloutItem[]>();
  for (const item of items) {
    if (item.problem === null) continue;
    const key = JSON.stringify([item.row.step, item.problem.id, item.row.solver]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups].map(([key, own]) => groupOf(key, own));
}

function groupOf(key: string, items: readonly RolloutItem[]): RolloutGroup {
  const { problem, row } = items[0] as RolloutItem & { readonly problem: ProblemData };
  const rewards = known(items.filter((item) => !isMasked(item)).map((item) => item.row.reward?.total));
  const durations = known(items.map((item) => item.row.observation?.durationMs));
  const mean = meanOf(rewards);
  return {
    ...{ key, name: oneLine(problem.id, 48), problem, solver: row.solver, step: row.step, items },
    correct: items.filter(({ word }) => word === 'correct').length,
    masked: items.filter(isMasked).length,
    mean,
    spread: mean === null ? null : spreadOf(rewards, mean),
    tokens: meanOf(known(items.map((item) => item.row.completion?.tokens))),
    durationMs: durations.length === 0 ? null : Math.max(...durations),
  };
}

/** Exactly 0 where all are equal, whatever their mean is rounded to. */
function spreadOf(rewards: readonly number[], mean: number): number {
  if (rewards.every((reward) => reward === rewards[0])) return 0;
  return Math.sqrt(meanOf(rewards.map((reward) => (reward - mean) ** 2)) ?? 0);
}

function known(values: readonly (number | null | undefined)[]): readonly number[] {
  return values.filter((value): value is number => typeof value === 'number');
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
