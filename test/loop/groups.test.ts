import { describe, expect, it } from 'vitest';
import type { TrainingGroup } from '../../src/types.ts';
import { MAX_DRAWS } from '../../src/update/resample.ts';
import { makePolicy, makeProblems, makeRunner } from './fakes.ts';
import { collect, watched } from './small-run.ts';

describe('what is masked', () => {
  const isMasked = (id: string): boolean => id.endsWith('/1') || id.startsWith('p3/');

  it('never reaches the update, has no advantage, and counts in no mean', async () => {
    const given: TrainingGroup[] = [];
    const runner = makeRunner({ outcomeOf: (id) => (isMasked(id) ? 'infra' : null) });
    const options = { verifier: runner, steps: 1, problemsPerStep: 12 };
    const policy = watched(makePolicy(0.6), (groups) => given.push(...groups));
    const [step] = await collect(policy, options);
    const { rollouts, statistics } = step!;
    for (const { observation, reward, advantage } of rollouts) {
      // A completion that holds no program never reaches the runner.
      const masked = isMasked(observation.id) && observation.outcome !== 'no-program';
      expect(reward.masked).toBe(masked);
      expect(advantage === null).toBe(masked);
    }
    const kept = rollouts.filter(({ reward }) => !reward.masked);
    expect(given.flatMap(({ samples }) => samples)).toHaveLength(kept.length);
    expect(statistics['masked']).toBe(rollouts.length - kept.length);
    expect(statistics['rewardMean']).toBeCloseTo(
      kept.reduce((sum, { reward }) => sum + reward.total, 0) / kept.length,
      12,
    );
    expect(statistics['accuracy']).toBe(kept.filter(({ verdict }) => verdict === 'correct').length / kept.length);
  });

  it('is a completion that hit the length limit, too', async () => {
    const [step] = await collect(makePolicy(), { steps: 1, sampling: { maxTokens: 5 } });
    expect(step!.statistics).toMatchObject({ truncated: 16, masked: 16, trainedGroups: 0 });
    expect(step!.statistics).not.toHaveProperty('loss');
  });
});

describe('dapo', () => {
  it('replaces groups that are all right or all wrong by raw accuracy, and learns from mixed ones alone', async () => {
    const lessons: (readonly TrainingGroup[])[] = [];
    const problems = makeProblems(60);
    const steps = await collect(
      watched(makePolicy(0.7), (groups) => lessons.push(groups)),
      { objective: 'dapo', problems },
    );
    for (const [index, { rollouts, statistics }] of steps.entries()) {
      const groups = [...Map.groupBy(rollouts, ({ problem }) => problem.id).values()];
      const mixed = groups.filter((group) => new Set(group.map(({ verdict }) => verdict === 'correct')).size === 2);
      expect(mixed).toHaveLength(4);
      expect(lessons[index]!.map(({ prompt }) => prompt.problem.id)).toEqual(mixed.map(([first]) => first!.problem.id));
      for (const group of groups) {
        expect(group.every(({ advantage }) => (advantage === null) === !mixed.includes(group))).toBe(true);
      }
      expect(statistics['groups']).toBe(groups.length);
      expect(statistics['draws']! > 1).toBe(groups.length > 4);
    }
    expect(steps.some(({ statistics }) => statistics['draws']! > 1)).toBe(true);
  });

  it('ends its step where the policy knows everything, after a bounded number of draws', async () => {
    const [step] = await collect(makePolicy(0.99999), { objective: 'dapo', steps: 1, problems: makeProblems(60) });
    expect(step!.statistics).toMatchObject({ draws: MAX_DRAWS, groups: 4 * MAX_DRAWS, trainedGroups: 0 });
  });

  it('takes something off for long completions, and leaves accuracy as it is', async () => {
    const sampling = { maxTokens: 22 };
    const [step] = await collect(makePolicy(0.6), { objective: 'dapo', steps: 1, sampling });
    const kept = step!.rollouts.filter(({ reward }) => !reward.masked);
    const long = kept.filter(({ completion }) => completion.tokenIds.length > 0.8 * 22);
    expect(long.length).toBeGreaterThan(0);
    for (const { reward, completion } of kept) {
      expect(reward.parts['overlong']! < 0).toBe(completion.tokenIds.length > 0.8 * 22);
    }
    expect(step!.statistics['accuracy']).toBe(kept.filter(({ verdict }) => verdict === 'correct').length / kept.length);
  });
});
