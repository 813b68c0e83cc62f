import { describe, expect, it } from 'vitest';
import { describeShare, describeStep, pooledAccuracy, renderSteps } from '../../src/commands/train-progress.ts';
import { teach } from '../../src/loop/groups.ts';
import { stepStatistics } from '../../src/loop/statistics.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { Rollout, SolverName, Step } from '../../src/types.ts';
import { OBJECTIVES } from '../../src/update/objective.ts';

/** A step whose groups have the hits given, of four; `masked` rollouts besides. */
function makeStep(
  index: number,
  hits: readonly number[],
  masked = 0,
  solvers: readonly SolverName[] = ['highs'],
): Step {
  const groups = hits.map((count, group) =>
    Array.from({ length: 4 + (group === 0 ? masked : 0) }, (_, sample): Rollout => {
      const isMasked = sample >= 4;
      const isHit = sample < count;
      const solver = solvers[group % solvers.length]!;
      return {
        problem: { id: `p${group}`, text: '', answer: 1, source: '' },
        completion: { text: '', tokenIds: [1], logProbs: [0], truncated: false },
        observation: isHit
          ? honest(optimal(1), { solver })
          : observe({ solver, outcome: isMasked ? 'infra' : 'no-solve' }),
        verdict: isMasked ? 'infra' : isHit ? 'correct' : 'no-solve',
        reward: { parts: {}, total: isHit ? 1 : 0, masked: isMasked },
        advantage: null,
      };
    }),
  );
  const lesson = teach(groups, OBJECTIVES.grpo);
  const seconds = { generateSeconds: 1, verifySeconds: 0.5, updateSeconds: 0.25 };
  return { index, rollouts: groups.flat(), statistics: { ...stepStatistics(lesson), loss: 0.125, ...seconds } };
}

describe('describeStep', () => {
  it('says accuracy with its interval over problems, reward, loss, what was masked, and the time', () => {
    expect(describeStep(makeStep(3, [4, 0, 2, 2], 1))).toBe(
      'accuracy 50.0 % [15.0, 85.0], reward 0.500, loss 0.125, 1 masked, 1.8 s',
    );
  });

  it('says where there was nothing to learn from, and what validation gave', () => {
    const step = makeStep(0, [4]);
    const { loss: _, ...statistics } = step.statistics;
    expect(describeStep({ ...step, statistics: { ...statistics, validationAccuracy: 0.4 } })).toMatch(
      /nothing to learn from, validation 40\.0 %/,
    );
  });
});

describe('describeShare', () => {
  it('is none where nothing was judged', () => {
    expect(describeShare(Number.NaN, 0)).toBe('none');
  });
});

describe('renderSteps', () => {
  it('has a line for each of a few steps', () => {
    const lines = renderSteps([makeStep(0, [2, 2]), makeStep(1, [4, 2], 3)]).split('\n');
    expect(lines[0]).toMatch(/^steps +accuracy +95 % interval +reward +format +loss +masked +tokens +seconds$/);
    expect(lines[1]).toMatch(/^ +0 +50\.0 .* 0\.500 .* 0\.125 +0 /);
    expect(lines[2]).toMatch(/^ +1 +75\.0 .* 0\.750 .* 3 /);
  });

  it('pools neighbours where there are many, and counts every problem', () => {
    const steps = Array.from({ length: 30 }, (_, index) => makeStep(index, [index % 5, 2]));
    const lines = renderSteps(steps).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[1]).toMatch(/^0–2 /);
    expect(lines[10]).toMatch(/^27–29 /);
    expect(pooledAccuracy(steps)).toEqual({ accuracy: 0.5, problems: 60 });
  });

  it('shows each solver of a joint run', () => {
    const lines = renderSteps([makeStep(0, [4, 0], 0, ['gurobi', 'ortools'])]).split('\n');
    expect(lines[0]).toMatch(/gurobi +ortools/);
    expect(lines[1]).toMatch(/100\.0 +0\.0/);
  });
});
