import { describe, expect, it } from 'vitest';
import type { Reward, Verdict } from '../../src/types.ts';
import { isMixed, lackingGroups, MAX_DRAWS } from '../../src/update/resample.ts';

const rollout = (verdict: Verdict, total: number, masked = false): { verdict: Verdict; reward: Reward } => ({
  verdict,
  reward: { parts: {}, total, masked },
});
const RIGHT = rollout('correct', 1.2);
const WRONG = rollout('wrong-objective', 0.2);

describe('isMixed', () => {
  it('asks for a right and a wrong completion', () => {
    expect(isMixed([RIGHT, WRONG])).toBe(true);
    expect(isMixed([RIGHT, RIGHT])).toBe(false);
    expect(isMixed([WRONG, WRONG])).toBe(false);
    expect(isMixed([])).toBe(false);
  });

  it('looks at raw accuracy, never at the shaped reward', () => {
    expect(isMixed([rollout('wrong-objective', 0.2), rollout('no-program', 0)])).toBe(false);
    expect(isMixed([rollout('correct', 1.2), rollout('correct', 1)])).toBe(false);
    expect(isMixed([rollout('correct', 1), rollout('exception', 1)])).toBe(true);
  });

  it('takes masked completions as neither right nor wrong', () => {
    expect(isMixed([RIGHT, rollout('infra', 0, true)])).toBe(false);
    expect(isMixed([WRONG, rollout('correct', 0, true)])).toBe(false);
  });
});

describe('lackingGroups', () => {
  it('is what the mixed groups fall short of, and 0 once there are enough', () => {
    expect(lackingGroups([[RIGHT, WRONG], [RIGHT], [WRONG]], 3, 1)).toBe(2);
    expect(lackingGroups([[RIGHT, WRONG]], 1, 1)).toBe(0);
  });

  it('is 0 after the last draw, however few there are', () => {
    expect(lackingGroups([], 4, MAX_DRAWS - 1)).toBe(4);
    expect(lackingGroups([], 4, MAX_DRAWS)).toBe(0);
  });
});
