import { expect, test } from 'vitest';
import { renderEvaluation, type SampledRollout } from '../../src/commands/evaluation-report.ts';
import { createEvomRule } from '../../src/reward/evom.ts';
import { honest, observe, optimal, type Told } from '../../src/reward/lint-observation.ts';
import type { SolverName } from '../../src/types.ts';

const rules = [createEvomRule(), createEvomRule({ epsilon: 1e-4 })];

function rollout(mode: SampledRollout['mode'], solver: SolverName, id: string, told: Told | number): SampledRollout {
  const observation = typeof told === 'number' ? honest(optimal(told), { solver }) : observe({ solver, ...told });
  const masked = observation.outcome === 'infra';
  return {
    mode,
    rollout: {
      problem: { id, text: '', answer: 100, source: '' },
      completion: { text: '', tokenIds: [], logProbs: [], truncated: false },
      observation,
      verdict: rules[0]!.judge(observation, 100),
      reward: { parts: {}, total: 0, masked },
      advantage: null,
    },
  };
}

const ROLLOUTS = [
  rollout('greedy', 'scip', 'a', 100),
  rollout('greedy', 'scip', 'b', { outcome: 'infra' }),
  rollout('greedy', 'gurobi', 'a', 103),
  rollout('greedy', 'gurobi', 'b', 500),
  rollout('sampled', 'gurobi', 'a', 100),
  rollout('sampled', 'gurobi', 'a', { outcome: 'missing-api', detail: 'gurobipy.Model.addRow' }),
  rollout('sampled', 'gurobi', 'b', { outcome: 'missing-api', detail: 'gurobipy.Model.addRow' }),
  rollout('sampled', 'gurobi', 'b', { outcome: 'exception', error: { type: 'KeyError', message: 'x', line: 1 } }),
];
const text = renderEvaluation(ROLLOUTS, { labelSet: 'abcdef012345', rules });

test('accuracy stands under both ε, with interval, n and what was masked, a line for each solver and mode', () => {
  expect(text).toMatch(/^gurobi +greedy +2 +2 +0 +50\.0 +9\.5–90\.5 +0\.0 /m);
  expect(text).toMatch(/^gurobi +sampled +2 +4 +0 +25\.0 .* 25\.0 /m);
  expect(text).toMatch(/^scip +greedy +1 +1 +1 +100\.0 /m);
  expect(text.indexOf('gurobi')).toBeLessThan(text.indexOf('scip'));
});

test('the rule, both ε and the version of the labels are said', () => {
  expect(text).toContain('rule evom with ε 0.05, evom with ε 0.0001; labels abcdef012345');
});

test('pass@k is of the sampled completions', () => {
  expect(text).toMatch(/^solver +ε +pass@1 % +pass@2 %$/m);
  expect(text).toMatch(/^gurobi +0\.05 +25\.0 \[.*\] +50\.0 \[.*\]$/m);
  expect(text).not.toMatch(/^scip +0\.05/m);
});

test('verdicts are counted, masked ones too', () => {
  expect(text).toMatch(/^solver +mode +programs +correct +wrong-objective +exception +missing-api +infra$/m);
  expect(text).toMatch(/^scip +greedy +2 +1 +0 +0 +0 +1$/m);
});

test('names that an API lacks and exceptions are told, most frequent first', () => {
  expect(text).toContain('gurobi, sampled, missing-api: gurobipy.Model.addRow (2)');
  expect(text).toContain('gurobi, sampled, exception: KeyError (1)');
});
