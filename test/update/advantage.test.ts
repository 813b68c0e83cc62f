import { describe, expect, it } from 'vitest';
import { groupAdvantages } from '../../src/update/advantage.ts';
import { readReference } from './reference.ts';

const reference = readReference();
const rewards = reference.rewards.map((group) => group.map((total) => ({ total: total ?? 0, masked: total === null })));

describe('groupAdvantages', () => {
  it.each([
    ['grpo', true, reference.standardised],
    ['dr-grpo', false, reference.plain],
  ] as const)("equals TRL's for %s, unscorable completions left out of mean and std", (_, isStandardised, theirs) => {
    // TRL gives unscorable completions the advantage 0; here they have none.
    const ours = rewards.flatMap((group) => groupAdvantages(group, isStandardised).values);
    expect(ours).toHaveLength(theirs.length);
    for (const [index, value] of ours.entries()) expect(value ?? 0).toBeCloseTo(theirs[index]!, 5);
  });

  it('gives masked rollouts no advantage, and the others the same as without them', () => {
    const group = [1.2, 0.2, 0.2].map((total) => ({ total, masked: false }));
    const alone = groupAdvantages(group, true).values;
    const among = groupAdvantages([{ total: 0, masked: true }, ...group], true).values;
    expect(among).toEqual([null, ...alone]);
  });

  it('is exactly 0 where all rewards are equal, and says so', () => {
    const equal = Array.from({ length: 7 }, () => ({ total: 0.1 + 0.2, masked: false }));
    expect(groupAdvantages(equal, true)).toEqual({ values: equal.map(() => 0), isZeroVariance: true });
    expect(groupAdvantages(rewards[0]!, true).isZeroVariance).toBe(false);
  });

  it('is 0 for a completion that is alone, and nothing where all are masked', () => {
    const masked = { total: 0, masked: true };
    expect(groupAdvantages([{ total: 1, masked: false }, masked], true)).toEqual({
      values: [0, null],
      isZeroVariance: true,
    });
    expect(groupAdvantages([masked, masked], true)).toEqual({ values: [null, null], isZeroVariance: false });
  });
});
