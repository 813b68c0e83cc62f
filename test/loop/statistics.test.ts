import { describe, expect, it } from 'vitest';
import { regroup, teach } from '../../src/loop/groups.ts';
import { stepStatistics } from '../../src/loop/statistics.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { Rollout, SolverName, Verdict } from '../../src/types.ts';
import { OBJECTIVES } from '../../src/update/objective.ts';

interface Told {
  readonly id?: string;
  readonly verdict?: Verdict;
  readonly total?: number;
  readonly masked?: boolean;
  readonly solver?: SolverName;
  readonly text?: string;
}

function rollout({ id = 'a', verdict = 'correct', total = 1, masked = false, solver = 'highs', text }: Told): Rollout {
  const observation =
    verdict === 'correct'
      ? honest(optimal(1), { solver })
      : observe({ solver, outcome: masked ? 'infra' : 'no-solve' });
  return {
    problem: { id, text: '', answer: 1, source: '' },
    completion: {
      text: text ?? '<think>two</think><code>abc</code>',
      tokenIds: [1, 2, 3],
      logProbs: [0, 0, 0],
      truncated: false,
    },
    observation,
    verdict,
    reward: { parts: {}, total, masked },
    advantage: null,
  };
}

const GROUPS = [
  [rollout({ total: 1.25 }), rollout({ verdict: 'no-solve', total: 0.25 })],
  [
    rollout({ id: 'b', solver: 'scip' }),
    rollout({ id: 'b', solver: 'scip', verdict: 'infra', masked: true, total: 0 }),
  ],
  [
    rollout({ id: 'c', verdict: 'no-solve', total: 0, text: 'no tags' }),
    rollout({ id: 'c', verdict: 'no-solve', total: 0 }),
  ],
];

describe('stepStatistics', () => {
  it('counts rollouts, verdicts, lengths and groups', () => {
    expect(stepStatistics(teach(GROUPS, OBJECTIVES.grpo))).toEqual({
      rewardMean: (1.25 + 0.25 + 1 + 0 + 0) / 5,
      accuracy: 2 / 5,
      'accuracy/highs': 1 / 4,
      'accuracy/scip': 1,
      formatRate: 5 / 6,
      'verdict/correct': 2 / 6,
      'verdict/infra': 1 / 6,
      'verdict/no-solve': 3 / 6,
      rollouts: 6,
      groups: 3,
      masked: 1,
      truncated: 0,
      infra: 1,
      trainedGroups: 3,
      zeroVarianceGroups: 2,
      tokens: 18,
      completionTokens: 3,
      thinkingLength: 15 / 6,
      codeLength: 15 / 6,
      cached: 0,
    });
  });

  it('does not count a truth of its own: reward and accuracy may differ', () => {
    const shaped = [[rollout({ total: 0 }), rollout({ verdict: 'no-solve', total: 1 })]];
    expect(stepStatistics(teach(shaped, OBJECTIVES.grpo))).toMatchObject({ rewardMean: 0.5, accuracy: 0.5 });
  });
});

describe('teach', () => {
  it('gives the update every kept rollout with its advantage, and no other', () => {
    const { groups, training } = teach(GROUPS, OBJECTIVES['dr-grpo']);
    expect(groups.map((group) => group.map(({ advantage }) => advantage))).toEqual([
      [0.5, -0.5],
      [0, null],
      [0, 0],
    ]);
    expect(training.map(({ samples }) => samples.length)).toEqual([2, 1, 2]);
    expect(training[1]!.prompt).toMatchObject({ problem: { id: 'b' }, solver: 'scip' });
  });

  it('leaves groups out that are all right or all wrong, where the objective replaces them', () => {
    const { groups, training } = teach(GROUPS, OBJECTIVES.dapo);
    expect(training).toHaveLength(1);
    expect(groups.flat().filter(({ advantage }) => advantage !== null)).toHaveLength(2);
  });
});

describe('regroup', () => {
  it('finds the groups of a stored step again', () => {
    expect(regroup(GROUPS.flat())).toEqual(GROUPS);
  });
});
