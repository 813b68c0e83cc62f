import { describe, expect, test } from 'vitest';
import type { TrainingRecord } from '../../src/experiments/arms/training-record.ts';
import { type Claim, type Evidence, judgeClaim, matchesClaim, transferClaims } from '../../src/experiments/claims.ts';
import type { ScoreRow } from '../../src/experiments/judging/score-row.ts';
import { RowIndex } from '../../src/experiments/judging/scores.ts';
import { makeHits, makeRows } from './fakes.ts';

const T1 = matchesClaim('gurobi');
const [T2A, T2B] = transferClaims('gurobi', 'ortools') as [Claim, Claim];
const T3: Claim = { kind: 'steps', name: 'T3', text: '', left: 'adapt-base', right: 'adapt-rl', share: 0.5 };

function evidence(rows: readonly ScoreRow[], trainings: readonly TrainingRecord[] = []): Evidence {
  return { rows: new RowIndex(rows), trainings, arms: [...new Set(rows.map(({ arm }) => arm))] };
}

function sourceRows(sft: number, rl: number, problems = 400): readonly ScoreRow[] {
  return [...makeRows({ arm: 'sft' }, makeHits(sft, problems)), ...makeRows({ arm: 'rl' }, makeHits(rl, problems))];
}

describe('T1: at most 3 points below', () => {
  test.each([
    [0.7, 0.75, 'confirmed'],
    [0.7, 0.7, 'confirmed'],
    [0.7, 0.67, 'undecided'],
    [0.7, 0.6, 'refuted'],
  ])('SFT %f, RL %f: %s', (sft, rl, finding) => {
    const judgement = judgeClaim(T1, evidence(sourceRows(sft, rl)));
    expect(judgement.finding).toBe(finding);
    expect(judgement.estimate).toBeCloseTo(rl - sft, 9);
    expect(judgement.bySeed).toHaveLength(3);
  });

  test('few problems leave open what many settle', () => {
    expect(judgeClaim(T1, evidence(sourceRows(0.7, 0.6, 20))).finding).toBe('undecided');
  });

  test('an arm that was not judged leaves it undecided', () => {
    const judgement = judgeClaim(T1, evidence(makeRows({ arm: 'rl' }, makeHits(0.9))));
    expect(judgement).toMatchObject({ finding: 'undecided', estimate: null });
  });

  test('sampled completions are asked for by name, and do not count otherwise', () => {
    const rows = [
      ...sourceRows(0.7, 0.7),
      ...sourceRows(0.9, 0.1).map((row) => ({ ...row, mode: 'sampled' as const })),
    ];
    expect(judgeClaim(T1, evidence(rows)).finding).toBe('confirmed');
    expect(judgeClaim(T1, evidence(rows), 'sampled').finding).toBe('refuted');
  });

  test('other sets than the held-out one settle nothing', () => {
    const rows = sourceRows(0.9, 0.1).map((row) => ({ ...row, split: 'unseen-families' }));
    expect(judgeClaim(T1, evidence(rows)).finding).toBe('undecided');
  });
});

describe('T2: transfer', () => {
  const target = { solver: 'ortools' } as const;

  test('a base with one seed stands beside each seed of RL', () => {
    const rows = [
      ...makeRows({ ...target, arm: 'base' }, makeHits(0.5, 200, 1)),
      ...makeRows({ ...target, arm: 'rl' }, makeHits(0.7)),
    ];
    const judgement = judgeClaim(T2A, evidence(rows));
    expect(judgement).toMatchObject({ finding: 'confirmed', seeds: 3, n: 200 });
    expect(judgement.bySeed).toEqual([0.2, 0.2, 0.2].map((value) => expect.closeTo(value, 9)));
  });

  test('no gain at all is not a gain', () => {
    const rows = [
      ...makeRows({ ...target, arm: 'base' }, makeHits(0.5, 200, 1)),
      ...makeRows({ ...target, arm: 'rl' }, makeHits(0.5)),
    ];
    expect(judgeClaim(T2A, evidence(rows)).finding).toBe('refuted');
  });

  const setting = (arm: string, source: number, kept: number): readonly ScoreRow[] => [
    ...makeRows({ arm }, makeHits(source)),
    ...makeRows({ ...target, arm }, makeHits(kept)),
  ];

  test('RL is held against the SFT setting that kept most, of those that learnt as much', () => {
    const rows = [
      ...setting('rl', 0.7, 0.6),
      ...setting('sft', 0.75, 0.1),
      ...setting('sft-1e-4-x1', 0.69, 0.5),
      ...setting('sft-gentle', 0.5, 0.9), // learnt too little to be compared
    ];
    const judgement = judgeClaim(T2B, evidence(rows));
    expect(judgement).toMatchObject({ finding: 'confirmed', compared: 'rl − sft-1e-4-x1 on ortools, greedy' });
    expect(judgement.estimate).toBeCloseTo(0.1, 9);
  });

  test('without an SFT setting that learnt as much it is undecided', () => {
    const rows = [...setting('rl', 0.7, 0.6), ...setting('sft', 0.5, 0.1)];
    expect(judgeClaim(T2B, evidence(rows))).toMatchObject({ finding: 'undecided', estimate: null });
  });
});

describe('T3: at most half the steps', () => {
  const curve = (arm: string, seed: number, accuracies: readonly number[]): TrainingRecord => ({
    ...{ arm, seed, keptStep: 0, steps: 10, seconds: 1 },
    points: accuracies.map((accuracy, index) => ({ step: 5 * index, accuracy, n: 96 })),
  });
  const base = [0.4, 0.5, 0.6, 0.7, 0.8]; // its best after 20 steps

  test.each([
    [
      [
        [0.7, 0.8],
        [0.6, 0.7, 0.8],
      ],
      'confirmed',
      [0.25, 0.5],
    ],
    [[[0.8], [0.6, 0.7, 0.8]], 'confirmed', [0, 0.5]],
    [
      [
        [0.7, 0.8],
        [0.6, 0.7, 0.7, 0.8],
      ],
      'undecided',
      [0.25, 0.75],
    ],
    [
      [
        [0.7, 0.7],
        [0.6, 0.7, 0.7, 0.8],
      ],
      'refuted',
      [Number.POSITIVE_INFINITY, 0.75],
    ],
  ])('curves %o: %s', (curves, finding, ratios) => {
    const trainings = curves.flatMap((accuracies, seed) => [
      curve('adapt-base', seed, base),
      curve('adapt-rl', seed, accuracies),
    ]);
    const judgement = judgeClaim(T3, evidence([], trainings));
    expect(judgement).toMatchObject({ finding, bySeed: ratios });
  });

  test('a base that nothing was learnt from leaves it undecided', () => {
    const trainings = [curve('adapt-base', 0, [0.5, 0.4]), curve('adapt-rl', 0, [0.5, 0.9])];
    expect(judgeClaim(T3, evidence([], trainings)).finding).toBe('undecided');
  });
});
