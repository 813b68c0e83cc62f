/** Two rollouts marked, and how the second one's program differs from the first's. */

import { lastProgram } from '../../code/completion-sections.ts';
import { diffBlock } from '../../code/diff-block.ts';
import { nameOf, type RolloutItem } from './items.ts';
import type { PanelContent } from './opened-panel.ts';
import { rolloutHeadline } from './rollout-detail.ts';

/** The last two that were marked; marking one again takes the mark away. */
export function withMark(marked: readonly string[], key: string): readonly string[] {
  return marked.includes(key) ? marked.filter((other) => other !== key) : [...marked, key].slice(-2);
}

export function diffContent(before: RolloutItem, after: RolloutItem): Omit<PanelContent, 'buttons'> {
  const [left, right] = [before, after].map(comparedText) as [string, string];
  const label = `Difference of ${nameOf(before)} and ${nameOf(after)}`;
  return {
    signature: JSON.stringify(['diff', before.key, after.key, left, right]),
    label,
    headline: [...rolloutHeadline(before), ' → ', ...rolloutHeadline(after)],
    draw: () => [diffBlock(left, right, label)],
  };
}

/** The program; the whole completion where there is none. */
function comparedText({ row: { completion } }: RolloutItem): string {
  const text = completion?.text.text ?? '';
  return lastProgram(text) ?? text;
}
