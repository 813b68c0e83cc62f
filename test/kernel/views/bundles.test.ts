import { describe, expect, test } from 'vitest';
import type { HistogramData, RolloutsData, RunData, TransferData } from '../../../kernel/spec/mime.ts';
import { histogramData, rewardSample } from '../../../kernel/views/data/histogram-data.ts';
import { observationData, UNKNOWN_CONTEXT } from '../../../kernel/views/data/observation-data.ts';
import { fromObservation, fromRollout, MAX_ROWS, rolloutsData } from '../../../kernel/views/data/rollouts-data.ts';
import { type RunHistory, runHistory, seeStep } from '../../../kernel/views/data/run-data.ts';
import { judgedSample, judgingData } from '../../../kernel/views/data/transfer-data.ts';
import { DONE, progressOf } from '../../../kernel/views/data/values.ts';
import { observationView } from '../../../kernel/views/observation-view.ts';
import { rewardsView } from '../../../kernel/views/rewards-view.ts';
import { rolloutsView } from '../../../kernel/views/rollouts-view.ts';
import { runView } from '../../../kernel/views/run-view.ts';
import { solversView } from '../../../kernel/views/solvers-view.ts';
import { transferView } from '../../../kernel/views/transfer-view.ts';
import { observe } from '../../../src/reward/lint-observation.ts';
import type { Observation, Rollout } from '../../../src/types.ts';
import { expectSound, HOSTILE, hostileObservation, makeRollout, makeRollouts } from './fakes.ts';

const ABOUT = {
  ...{ run: 'a', folder: 'runs/a', solvers: ['highs'], stored: 0, stepProgress: null, writing: null },
  progress: progressOf('done', 2, 2),
} satisfies Omit<RunData, keyof RunHistory>;

const hostile: Rollout = makeRollout(0, 1, {
  problem: { id: HOSTILE, text: HOSTILE, answer: 100, source: HOSTILE },
  completion: { text: HOSTILE, tokenIds: [1], logProbs: [0], truncated: false },
  observation: hostileObservation(),
  verdict: 'missing-api',
  reward: {
    parts: Object.fromEntries([
      [HOSTILE, 1],
      ['__proto__', 2],
      ['bad', Number.NaN],
    ]),
    total: 1,
    masked: false,
  },
});

function rewardsOf(rollouts: readonly Rollout[]): HistogramData {
  return histogramData('evom', [{ step: null, samples: rollouts.map(rewardSample) }]);
}

function runOf(...steps: readonly (readonly Rollout[])[]): RunData {
  const seen = steps.map((rollouts, index) =>
    seeStep({ index, rollouts, statistics: { loss: 0.5, entropy: Number.NaN } }),
  );
  return { ...ABOUT, ...runHistory(seen, 'evom') };
}

/** An observation that keeps its model. */
function kept(text: string, nonzeros: number): Observation {
  const { observation } = makeRollout(0, 0);
  const values = [{ name: text, value: 2.5 }];
  const model = { format: 'lp', text, length: 9999, sense: 'maximize', solution: { values, nonzeros } } as const;
  return { ...observation, certificate: { ...observation.certificate!, model } };
}

describe('every bundle is JSON with fallbacks, also of hostile texts', () => {
  const rollouts = [...makeRollouts(2, 4), hostile];
  const data = rolloutsData(rollouts.map(fromRollout), { progress: DONE, run: HOSTILE });
  const scored: TransferData = {
    ...{ problems: HOSTILE, labelSet: 'abc', progress: DONE, solvers: ['highs'] },
    rows: [
      {
        ...{ policy: HOSTILE, trainedOn: ['highs'] },
        cells: [
          {
            ...judgingData([judgedSample(hostile)], DONE).rows[0]!.cells[0]!,
            scores: runOf(rollouts).steps[0]!.scores,
          },
        ],
      },
    ],
  };
  const missing = {
    solver: 'copt',
    installed: false,
    version: null,
    licence: 'open',
    limits: {},
    apis: [],
    startMs: null,
  } as const;
  test.each([
    [
      'an observation',
      () => observationView(observationData(hostile.observation, { ...UNKNOWN_CONTEXT, ...hostile, program: HOSTILE })),
    ],
    ['an observation with its model', () => observationView(observationData(kept(HOSTILE, 99), UNKNOWN_CONTEXT))],
    ['an observation alone', () => observationView(observationData(observe({}), UNKNOWN_CONTEXT))],
    ['rollouts', () => rolloutsView(data)],
    [
      'rollouts under way',
      () => rolloutsView({ ...data, progress: { ...progressOf('running', 3, 8), secondsLeft: 3 } }),
    ],
    ['observations', () => rolloutsView(rolloutsData([fromObservation(hostile.observation)], { progress: DONE }))],
    ['no rollouts', () => rolloutsView(rolloutsData([], { progress: progressOf('stopped', 0, 0) }))],
    ['rewards', () => rewardsView(rewardsOf(rollouts), data, 'Accuracy')],
    ['a run', () => runView(runOf(rollouts, rollouts))],
    [
      'a run without a step',
      () => runView({ ...runOf(), progress: { ...progressOf('failed', 0, 2), error: HOSTILE } }),
    ],
    ['a run under way', () => runView({ ...runOf(rollouts), progress: progressOf('running', 1, 2), writing: HOSTILE })],
    ['an evaluation', () => transferView(scored)],
    ['an evaluation under way', () => transferView(judgingData([judgedSample(hostile)], progressOf('running', 1, 4)))],
    ['solvers', () => solversView([{ ...missing, reason: HOSTILE }], DONE)],
  ])('%s', (_, view) => {
    expectSound(view());
  });
});

describe('observation', () => {
  test('compares what was certified with the label, and marks the line that failed', () => {
    const { problem, observation } = makeRollout(0, 1);
    const error = { type: 'AttributeError', message: 'no foo', line: 2 };
    const data = observationData({ ...observation, error }, { ...UNKNOWN_CONTEXT, problem, program: 'a\nb\nc' });
    expect(data).toMatchObject({ objective: 250, expected: 100, relativeError: 1.5, claimed: { objective: 250 } });
    expect(observationView(data)['text/plain']).toContain('▶2 │ b');
  });

  test('has the model that was kept and the values of its solution, and says where they were cut', () => {
    const data = observationData(kept('x_1', 99), UNKNOWN_CONTEXT);
    expect(data.model).toMatchObject({ sense: 'maximize', solution: { nonzeros: 99 } });
    const { 'text/plain': plain, 'text/html': html } = observationView(data);
    for (const text of [plain, html]) {
      expect(text).toContain('2.5');
      expect(text).toContain('… 98 more that are not zero');
      expect(text).toContain('… 9996 more characters');
    }
    expect(plain).toContain('Model, maximize, LP format:');
  });

  test('is cut at its limit, and says how long it was', () => {
    const data = observationData(observe({ stdout: 'x'.repeat(5_000_000) }), UNKNOWN_CONTEXT);
    expect(data.stdout.length).toBe(5_000_000);
    expect(data.stdout.text.length).toBe(65_536);
    expect((observationView(data)['text/html'] as string).length).toBeLessThan(100_000);
  });
});

describe('rollouts', () => {
  test('10 000 with long texts stay under 12 MB, and more are counted', () => {
    const text = 'x'.repeat(5000);
    const long = (index: number): Rollout => {
      const rollout = makeRollout(Math.floor(index / 8), index % 8);
      return {
        ...rollout,
        completion: { ...rollout.completion, text },
        observation: { ...rollout.observation, stdout: text },
      };
    };
    const many = Array.from({ length: MAX_ROWS + 5 }, (_, index) => fromRollout(long(index)));
    const data = rolloutsData(many, { progress: DONE });
    expect(data.rows).toHaveLength(10_000);
    expect(data.total).toBe(10_005);
    expect(data.counts.highs).toEqual({ correct: 5003, 'wrong-objective': 5002 });
    expect(data.rows[0]?.completion?.text.length).toBe(5000);
    expect(data.rows[0]?.completion?.text.text.length).toBe(data.textLimit);
    expect(JSON.stringify(rolloutsView(data)).length).toBeLessThan(12_000_000);
  });

  test('few keep their whole texts, and a problem is stored once', () => {
    const data = rolloutsData(makeRollouts(2, 4).map(fromRollout), { progress: DONE });
    expect(data.problems.map(({ id }) => id)).toEqual(['p0', 'p1']);
    expect(data.rows.map(({ problem, sample }) => [problem, sample])).toEqual(
      [0, 1].flatMap((p) => [0, 1, 2, 3].map((s) => [p, s])),
    );
    for (const { completion } of data.rows) expect(completion?.text.text).toHaveLength(completion?.text.length ?? -1);
  });

  test.each([
    ['generated', { reward: null, observation: null, verdict: null }],
    ['verified', { reward: null, verdict: null }],
    ['rewarded', {}],
  ] as const)('%s: the stage is that of the furthest', (stage, less) => {
    const data: RolloutsData = rolloutsData([{ ...fromRollout(makeRollout(0, 0)), ...less }], { progress: DONE });
    expect(data.stage).toBe(stage);
    expect(Object.keys(data.counts.highs ?? {})).toEqual([
      { generated: 'written', verified: 'solved', rewarded: 'correct' }[stage],
    ]);
  });
});

describe('histogram', () => {
  const masked = { reward: { parts: {}, total: 0, masked: true } };

  test('every reward that is not masked is in one bin, which holds its lower edge', () => {
    const rollouts = [...makeRollouts(3, 4), makeRollout(3, 0, masked)];
    const { parts, steps } = rewardsOf(rollouts);
    const [own] = steps[0]!.solvers;
    expect(parts.map(({ name }) => name)).toEqual(['total', 'format', 'answer']);
    for (const [index, { name, edges }] of parts.entries()) {
      const counts = own!.counts[index]!;
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
      expect(counts).toHaveLength(edges.length - 1);
      const values = rollouts
        .filter(({ reward }) => !reward.masked)
        .map(({ reward }) => (name === 'total' ? reward.total : reward.parts[name]!));
      for (const [bin, count] of counts.entries()) {
        const [low, high] = [edges[bin]! - 1e-9, edges[bin + 1]! - 1e-9];
        expect(values.filter((value) => value >= low && value < high)).toHaveLength(count);
      }
    }
    expect(own).toMatchObject({ rollouts: 13, masked: 1 });
  });

  test('steps share their edges, whatever each has seen', () => {
    const samples = makeRollouts(1, 2).map(rewardSample);
    const far = samples.map((sample) => ({ ...sample, total: -7.3 }));
    const { parts, steps } = histogramData(null, [
      { step: 0, samples },
      { step: 1, samples: far },
    ]);
    expect(parts[0]!.edges[0]).toBeLessThanOrEqual(-7.3);
    expect(parts[0]!.edges.at(-1)).toBeGreaterThan(1.2);
    expect(steps.map(({ solvers }) => solvers[0]!.counts[0]!.length)).toEqual([
      parts[0]!.edges.length - 1,
      parts[0]!.edges.length - 1,
    ]);
  });

  test('groups are counted by what they teach', () => {
    const right = (group: number): Rollout[] => [makeRollout(group, 0), makeRollout(group, 2)];
    const wrong = [makeRollout(1, 1), makeRollout(1, 3)];
    const mixed = [makeRollout(2, 0), makeRollout(2, 1)];
    const lost = [makeRollout(3, 0, masked)];
    const { groups } = rewardsOf([...right(0), ...wrong, ...mixed, ...lost]).steps[0]!.solvers[0]!;
    expect(groups).toEqual({ total: 4, zeroVariance: 2, allPass: 1, allFail: 1, allMasked: 1 });
  });
});

describe('why nothing is learnt', () => {
  const group = (verdict: Rollout['verdict'], told: Partial<Rollout> = {}): readonly Rollout[] =>
    [0, 1, 2].map((sample) =>
      makeRollout(0, sample, { verdict, reward: { parts: {}, total: 0, masked: false }, ...told }),
    );
  const lost = { reward: { parts: {}, total: 0, masked: true } };

  test.each([
    ['nothing is wrong where a group teaches', null, makeRollouts(1, 4)],
    ['no program', 'format', group('no-program')],
    ['a licence', 'licence', group('licence')],
    ['our fault', 'infra', group('infra', lost)],
    ['cut completions', 'truncated', group('truncated', lost)],
    ['all wrong alike', 'zero-variance', group('wrong-objective')],
    ['all right', 'zero-variance', group('correct')],
  ] as const)('%s', (_, kind, rollouts) => {
    const { cause } = runOf(rollouts, rollouts);
    expect(cause?.kind ?? null).toBe(kind);
    if (cause !== null) expect(runView(runOf(rollouts))['text/plain']).toContain(cause.sentence);
  });

  test('one step that taught something within the last five is enough', () => {
    const mute = group('no-program');
    expect(runOf(makeRollouts(1, 4), mute, mute, mute, mute).cause).toBeNull();
    expect(runOf(makeRollouts(1, 4), mute, mute, mute, mute, mute).cause?.kind).toBe('format');
  });
});
