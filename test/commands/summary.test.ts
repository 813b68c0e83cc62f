import { expect, test } from 'vitest';
import { rulesOf } from '../../src/commands/options.ts';
import { type JudgedRow, judgeRow } from '../../src/commands/rows/judged-row.ts';
import { renderVerdicts, summarise } from '../../src/commands/summary.ts';
import { honest, observe, optimal, type Told } from '../../src/reward/lint-observation.ts';
import { createReward } from '../../src/reward/reward.ts';
import type { Answer } from '../../src/types.ts';

const [rule] = rulesOf({ rule: 'evom' });

function row(id: string, answer: Answer | null, problem: string | null, told: Told | number): JudgedRow {
  const observation = typeof told === 'number' ? honest(optimal(told), { id }) : observe({ id, ...told });
  const program = { id, solver: 'highs', program: '', noProgram: null, completion: null, truncated: false } as const;
  return judgeRow({ ...program, answer, problem, digest: '' }, observation, { rule, reward: createReward({ rule }) });
}

test('verdicts are counted by solver, in a fixed order, outcomes where there is no answer', () => {
  const rows = [row('a', 5, null, 5), row('b', 5, null, 9), row('c', null, null, 9), row('d', 5, null, {})];
  expect(renderVerdicts(rows)).toBe(
    'solver  programs  solved  correct  wrong-objective  no-solve\nhighs          4       1        1                1         1',
  );
});

test('the score line carries rule, ε, label set, n, interval and what was masked', () => {
  const rows = [row('a', 100, null, 101), row('b', 100, null, 100), row('c', 100, null, { outcome: 'infra' })];
  const text = summarise(rows, rulesOf({ rule: 'evom' }));
  expect(text).toMatch(/100\.0 % \(2\/2; 95 % interval .*; rule evom, ε 0\.05, labels [0-9a-f]{12}; 1 masked\)/);
  expect(text).toMatch(/50\.0 % \(1\/2; .*ε 0\.0001/);
});

test('pass@k takes rows of one problem text as samples of it, and nothing where every problem has one', () => {
  const rules = rulesOf({ rule: 'evom', epsilon: 0.05 });
  const samples = [5, 9, 9, 9].map((value, index) => row(`r${index}`, 5, 'one text', value));
  const text = summarise(samples, rules);
  expect(text).toContain('pass@1    25.0 % (1 problems');
  expect(text).toContain('pass@2    50.0 %');
  expect(text).toContain('pass@4    100.0 %');
  const apart = samples.map((sample) => ({ ...sample, problem: sample.id }));
  expect(summarise(apart, rules)).not.toContain('pass@');
});

test('rows without an answer get no score', () => {
  expect(summarise([row('a', null, null, 5)], rulesOf({ rule: 'evom' }))).not.toContain('accuracy');
});

test('rule evom scores at both ε unless one is named, the others at their own', () => {
  expect(rulesOf({ rule: 'evom' }).map(({ epsilon }) => epsilon)).toEqual([0.05, 1e-4]);
  expect(rulesOf({ rule: 'evom', epsilon: 0.01 }).map(({ epsilon }) => epsilon)).toEqual([0.01]);
  expect(rulesOf({ rule: 'sirl' }).map(({ epsilon }) => epsilon)).toEqual([1e-6]);
  expect(() => rulesOf({ rule: 'orlm', epsilon: 0.01 })).toThrow(/orlm/);
});
