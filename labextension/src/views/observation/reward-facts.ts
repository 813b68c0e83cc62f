import type { RewardData } from '../../../../kernel/spec/mime.ts';
import { entriesOf } from '../../own.ts';
import type { Fact } from '../../parts/facts.ts';
import { rounded } from '../../text/numbers.ts';
import { oneLine } from '../../text/visible-text.ts';

/** The reward, its parts and the advantage. */
export function rewardFacts(reward: RewardData | null, advantage: number | null): readonly Fact[] {
  if (reward === null) return [];
  const parts = entriesOf(reward.parts).slice(0, 12);
  return [
    ['reward', `${rounded(reward.total, 3)}${reward.masked ? ' (masked)' : ''}`],
    ...parts.map(([name, value]): Fact => [oneLine(name, 24), rounded(value, 3)]),
    ['advantage', advantage === null ? null : rounded(advantage, 3)],
  ];
}
