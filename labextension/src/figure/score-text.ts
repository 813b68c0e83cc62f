/** Scores for people: never without the interval and what was counted. */

import type { ScoreData } from '../../../kernel/spec/mime.ts';

export function percent(share: number | null): string {
  return share === null ? '–' : `${Number((100 * share).toFixed(1))} %`;
}

/** `62.5 % [51, 72]`. */
export function scoreText({ accuracy, low, high }: Pick<ScoreData, 'accuracy' | 'low' | 'high'>): string {
  return `${percent(accuracy)} [${[low, high].map((share) => Math.round(100 * share)).join(', ')}]`;
}
