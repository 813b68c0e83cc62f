/** Rollouts as the view works with them: each with its problem, its one word, and a key that outlives an update. */

import type { ProblemData, RolloutData, RolloutsData } from '../../../../kernel/spec/mime.ts';
import { own } from '../../own.ts';
import { oneLine } from '../../text/visible-text.ts';

export interface RolloutItem {
  readonly key: string;
  readonly row: RolloutData;
  readonly problem: ProblemData | null;
  /** Its verdict, else its outcome, else `written`. */
  readonly word: string;
  /** Its place among the rows. */
  readonly index: number;
}

export function rolloutItems({ problems, rows }: RolloutsData): readonly RolloutItem[] {
  const known = new Set<string>();
  return rows.map((row, index) => {
    const problem = row.problem === null ? null : (problems[row.problem] ?? null);
    const { step, position, solver, sample, observation } = row;
    const place = `${step} ${position} ${sample} ${solver} ${problem?.id} ${observation?.id}`;
    const key = known.has(place) ? `${place} #${index}` : place;
    known.add(key);
    return { key, row, problem, word: observation?.verdict ?? observation?.outcome ?? 'written', index };
  });
}

/** For people: `nl4opt-12/3`. */
export function nameOf({ problem, row: { sample, observation }, index }: RolloutItem): string {
  const id = problem?.id ?? observation?.id;
  if (id === undefined) return `#${index + 1}`;
  return problem !== null && sample !== null ? `${oneLine(id, 40)}/${sample}` : oneLine(id, 48);
}

/** The reward's total, or one of its parts; a part may have any name. */
export function rewardPart({ row: { reward } }: RolloutItem, part: string): number | null {
  if (reward === null) return null;
  if (part === 'total') return reward.total;
  return own(reward.parts, part) ?? null;
}

/** Most parts that are shown. */
const MOST_PARTS = 12;

export function partNames(items: readonly RolloutItem[]): readonly string[] {
  const names = new Set<string>();
  for (const { row } of items) for (const name in row.reward?.parts ?? {}) names.add(name);
  return [...names].sort().slice(0, MOST_PARTS);
}

export function isMasked({ row, word }: RolloutItem): boolean {
  return row.reward?.masked ?? (word === 'infra' || word === 'truncated');
}
