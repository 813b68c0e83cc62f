import { describe, expect, it } from 'vitest';
import { lintReward, renderLint } from '../../src/reward/lint.ts';
import { createReward, type RewardFunction } from '../../src/reward/reward.ts';
import { findRule } from '../../src/reward/rules.ts';

const lintRule = (name: string, epsilon?: number) => lintReward(createReward({ rule: findRule(name, epsilon) }));
const attacksRewarded = (rows: ReturnType<typeof lintReward>) =>
  rows.filter((row) => row.passes && !row.shouldPass).map((row) => row.case);
const controlsRefused = (rows: ReturnType<typeof lintReward>) =>
  rows.filter((row) => !row.passes && row.shouldPass).map((row) => row.case);

const GUESSES = ['constant-objective', 'equality-to-the-label', 'bounded-by-the-label'];

describe('lintReward', () => {
  it('has a control group and attacks, each with a name of its own', () => {
    const rows = lintRule('evom');
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
    expect(rows.filter((row) => row.shouldPass).length).toBeGreaterThanOrEqual(10);
    expect(rows.filter((row) => !row.shouldPass).length).toBeGreaterThanOrEqual(40);
  });

  it('evom rewards every honest answer, and only the documented attacks', () => {
    const rows = lintRule('evom');
    expect(controlsRefused(rows)).toEqual([]);
    expect(attacksRewarded(rows)).toEqual(['relaxed-near', 'exactly-five-percent', ...GUESSES]);
    for (const row of rows.filter((item) => item.passes && !item.shouldPass)) expect(row.documented).not.toBeNull();
  });

  it('evom at ε = 1e-4 lets through the guessed answers alone, each shown by a degenerate flag', () => {
    const rows = lintRule('evom', 1e-4);
    expect(controlsRefused(rows)).toEqual([]);
    expect(attacksRewarded(rows)).toEqual(GUESSES);
    for (const row of rows.filter((item) => GUESSES.includes(item.case)))
      expect(row.degenerate.length).toBeGreaterThan(0);
  });

  it('orlm pays for prints, relaxed integers and rounding', () => {
    const rows = lintRule('orlm');
    expect(attacksRewarded(rows)).toHaveLength(23);
    expect(attacksRewarded(rows)).toEqual(
      expect.arrayContaining([
        'print-without-solve',
        'two-markers',
        'claim-disagrees',
        'relaxed-far',
        'relaxed-zero',
        'just-over-five-percent',
        'time-limit-incumbent',
      ]),
    );
    expect(controlsRefused(rows)).toEqual(['honest-thousands', 'honest-silent']);
  });

  it('sirl pays for prints, silence and time-outs, and misreads 1e+16', () => {
    const rows = lintRule('sirl');
    expect(attacksRewarded(rows)).toHaveLength(20);
    expect(attacksRewarded(rows)).toEqual(
      expect.arrayContaining(['print-without-solve', 'marker-of-1e+16', 'empty-no-solution', 'time-out-no-solution']),
    );
    expect(controlsRefused(rows)).toContain('honest-large');
    expect(controlsRefused(lintRule('sirl-reward'))).toContain('honest-zero');
  });

  it('finds a reward that looks at the value and not at the status', () => {
    const naive: RewardFunction = ({ observation, answer }) => {
      const total = Number(observation.objective ?? observation.claimed?.objective ?? 0) === answer ? 1 : 0;
      return { parts: { answer: total }, total, masked: false };
    };
    expect(attacksRewarded(lintReward(naive))).toEqual(
      expect.arrayContaining([
        'zero-from-no-objective',
        'right-value-wrong-status',
        'time-limit-incumbent',
        'claim-disagrees',
        'our-failure',
      ]),
    );
  });

  it('calls a reward that throws, or gives no number, broken instead of breaking', () => {
    const throws: RewardFunction = () => {
      throw new Error('no label');
    };
    const notANumber: RewardFunction = () => ({ parts: {}, total: Number.NaN, masked: false });
    for (const rows of [lintReward(throws), lintReward(notANumber)]) {
      expect(rows.every((row) => !row.ok && row.reward === null && row.fault !== null)).toBe(true);
    }
    expect(lintReward(throws)[0]?.fault).toContain('no label');
  });

  it('trusts no reward that pays a wrong answer as much as a right one', () => {
    const generous: RewardFunction = () => ({ parts: {}, total: 1, masked: false });
    expect(lintReward(generous).filter((row) => row.shouldPass && row.ok)).toEqual([]);
  });

  it('renders one line a case, with flags and reasons, and a summary', () => {
    const rows = lintRule('evom');
    const text = renderLint(rows);
    expect(text.split('\n')).toHaveLength(rows.length + 2);
    expect(text).toMatch(/known +equality-to-the-label.*pinned-objective/);
    expect(text).toMatch(/13 of 13 honest answers rewarded; 5 of 42 attacks rewarded \(5 of them known\)/);
    expect(text).not.toContain('FAIL');
  });
});
