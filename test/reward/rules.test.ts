import { describe, expect, it } from 'vitest';
import { certify, honest, marker, observe, optimal } from '../../src/reward/lint-observation.ts';
import { readPythonFloat, roundHalfToEven } from '../../src/reward/orlm.ts';
import { findRule, RULES } from '../../src/reward/rules.ts';
import { type Answer, OUTCOMES } from '../../src/types.ts';

const judge = (rule: string, stdout: string, answer: Answer) =>
  findRule(rule).judge(honest(optimal(12345), { stdout }), answer);

describe('every rule', () => {
  it.each(RULES.map((rule) => [rule.name, rule] as const))('%s never throws and calls no outcome solved', (_, rule) => {
    for (const outcome of OUTCOMES) {
      for (const exitCode of [0, 1, null]) {
        for (const answer of [0, 100, Number.NaN, 'infeasible', 'no-solution'] as const) {
          const verdict = rule.judge(observe({ outcome, exitCode, stdout: marker('nan') }), answer);
          expect(verdict).not.toBe('solved');
        }
      }
    }
  });

  it('says whether it can be forged: evom alone cannot', () => {
    expect(RULES.filter((rule) => !rule.forgeable).map((rule) => rule.name)).toEqual(['evom']);
    for (const rule of RULES.filter((item) => item.forgeable)) expect(rule.describe).toContain('forgeable');
  });
});

describe('findRule', () => {
  it('gives evom any ε, and the others only their own', () => {
    expect(findRule('evom').epsilon).toBe(0.05);
    expect(findRule('evom', 1e-4).epsilon).toBe(1e-4);
    expect(findRule('orlm', 0.05).epsilon).toBe(0.05);
    expect(() => findRule('orlm', 1e-4)).toThrow(/fixed|Leave it out/);
    expect(() => findRule('evom', Number.NaN)).toThrow(/Expected `epsilon`/);
  });

  it('names the rules there are where there is none of that name', () => {
    expect(() => findRule('sirll')).toThrow(/evom, orlm, sirl, sirl-reward/);
  });
});

describe('evom', () => {
  const { judge: evom } = findRule('evom');

  it('judges nothing but what was certified: the outcome is the verdict where nothing was solved', () => {
    for (const outcome of OUTCOMES) {
      if (outcome === 'solved') continue;
      expect(evom(observe({ outcome, claimed: optimal(100), stdout: marker('100') }), 100)).toBe(outcome);
    }
  });

  it('asks for a claim, a certificate, and that they agree', () => {
    expect(evom(honest(optimal(100)), 100)).toBe('correct');
    expect(evom(honest(optimal(100), { claimed: null }), 100)).toBe('uncertified');
    expect(evom(honest(optimal(100), { certificate: null }), 100)).toBe('uncertified');
    expect(evom(honest(optimal(100), { certified: null }), 100)).toBe('uncertified');
    expect(evom(honest(optimal(100), { claimed: optimal(101) }), 100)).toBe('uncertified');
    for (const kind of ['disagrees', 'open', 'unexportable'] as const) {
      expect(evom(honest(optimal(100), { certificate: certify(kind, null) }), 100)).toBe('uncertified');
    }
  });

  it('gives an incumbent at a limit the wrong status, whatever its value', () => {
    const observation = honest(
      { status: 'feasible', objective: 100 },
      { certificate: certify('incumbent', null), certified: null },
    );
    expect(evom(observation, 100)).toBe('wrong-status');
  });

  it('matches a claim of infeasible-or-unbounded by what its certificate settled', () => {
    const claimed = { status: 'infeasible-or-unbounded', objective: null } as const;
    const observation = honest({ status: 'infeasible', objective: null }, { claimed });
    expect(evom(observation, 'infeasible')).toBe('correct');
    expect(evom(observation, 'unbounded')).toBe('wrong-status');
  });
});

describe("orlm: ORLM's eval/execute.py, from what the program printed", () => {
  it.each<[string, Answer, string]>([
    [marker('1160.0'), 1160, 'correct'],
    [marker('1050'), 1000, 'correct'],
    [marker('1051'), 1000, 'wrong-objective'],
    [marker('1.6'), 2.5, 'correct'],
    [marker('0.4'), 0, 'correct'],
    [marker('0.6'), 0, 'wrong-objective'],
    [marker('1e+16'), 1e16, 'correct'],
    [marker('nan'), 100, 'wrong-objective'],
    [marker('inf'), 100, 'wrong-objective'],
    [marker('1,000'), 1000, 'wrong-objective'],
    [marker('100') + marker('250'), 100, 'correct'],
    [`Just print the best solution:\n100\n`, 100, 'correct'],
    [`${marker('100')}No Best Solution`, 'no-solution', 'wrong-status'],
    ['so: No Best Solution\n', 'no-solution', 'correct'],
    ['No Best Solution\n', 100, 'wrong-status'],
    ['infeasible\n', 'no-solution', 'no-solve'],
    ['', 100, 'no-solve'],
  ])('%j against %s is %s', (stdout, answer, verdict) => {
    expect(judge('orlm', stdout, answer)).toBe(verdict);
  });

  it('reads nothing from a program that did not exit with 0', () => {
    const { judge: orlm } = findRule('orlm');
    expect(orlm(honest(optimal(100), { exitCode: 1 }), 100)).toBe('exception');
    expect(orlm(observe({ outcome: 'time', exitCode: null, stdout: marker('100') }), 100)).toBe('time');
  });

  it('rounds and reads numbers as Python does', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 105.4, 2.6].map(roundHalfToEven)).toEqual([0, 2, 2, 0, -2, -2, 105, 3]);
    expect([' 7 ', '1_000', '1E3', '.5', '5.', '+5'].map(readPythonFloat)).toEqual([7, 1000, 1000, 0.5, 5, 5]);
    for (const text of ['', '-', '1,000', '0x10', '1__0', '_1', 'abc', '12 $', '1e']) {
      expect(readPythonFloat(text), text).toBeNaN();
    }
  });
});

describe("sirl: SIRL's check_result without its retry", () => {
  it.each<[string, Answer, string]>([
    [marker('1160.0'), 1160, 'correct'],
    [marker('1160.001'), 1160, 'correct'],
    [marker('1160.002'), 1160, 'wrong-objective'],
    [marker('0.0'), 0, 'correct'],
    [marker('1e+16'), 1, 'correct'],
    [marker('1e+16'), 1e16, 'wrong-objective'],
    [marker('1,000'), 1, 'correct'],
    ['', 'no-solution', 'correct'],
    ['', -99999, 'correct'],
    [`Infeasible\n${marker('5')}`, 'no-solution', 'correct'],
    [marker('5'), 'no-solution', 'wrong-status'],
    ['Infeasible\n', 100, 'wrong-status'],
    ['', 100, 'no-solve'],
  ])('%j against %s is %s', (stdout, answer, verdict) => {
    expect(judge('sirl', stdout, answer)).toBe(verdict);
  });

  it('takes a time-out for "no solution"', () => {
    const timedOut = observe({ outcome: 'time', exitCode: null, signal: 9 });
    expect(findRule('sirl').judge(timedOut, 'no-solution')).toBe('correct');
    expect(findRule('sirl').judge(timedOut, 100)).toBe('time');
    expect(findRule('sirl-reward').judge(timedOut, 'no-solution')).toBe('time');
  });

  it('sirl-reward can never meet a label of 0', () => {
    expect(judge('sirl-reward', marker('0.0'), 0)).toBe('wrong-objective');
    expect(judge('sirl-reward', marker('100'), 100)).toBe('correct');
  });
});
