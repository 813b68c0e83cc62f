/** Whoever follows a call, on a workbench that runs nothing. */

import { describe, expect, test } from 'vitest';
import type { RolloutsData, RunData, TransferData } from '../../../kernel/spec/mime.ts';
import type { Bundle } from '../../../kernel/views/bundle.ts';
import { progressOf } from '../../../kernel/views/data/values.ts';
import type { CallName, Follower, OptionsOf, ResultOf } from '../../../kernel/views/live/follower.ts';
import { createFollowers, type Followers } from '../../../kernel/views/live/followers.ts';
import type { Workbench } from '../../../src/workbench/workbench.ts';
import { openBench } from '../../workbench/open-bench.ts';
import { expectSound } from './fakes.ts';

const rolloutsIn = (bundle: Bundle) => bundle['application/vnd.evom.rollouts.v1+json'] as unknown as RolloutsData;
const runIn = (bundle: Bundle) => bundle['application/vnd.evom.run.v1+json'] as unknown as RunData;
const transferIn = (bundle: Bundle) => bundle['application/vnd.evom.transfer.v1+json'] as unknown as TransferData;

interface Followed<Name extends CallName> {
  readonly result: ResultOf<Name>;
  readonly view: Bundle;
  readonly follower: Follower<Name>;
}

/** The call with the hooks of its follower, as the kernel makes it. */
async function follow<Name extends Exclude<CallName, 'problems' | 'policy' | 'sql'>>(
  bench: Workbench,
  followers: Followers,
  name: Name,
  options: OptionsOf<Name>,
): Promise<Followed<Name>> {
  const follower = (followers[name] as unknown as (options: OptionsOf<Name>) => Follower<Name>)(options);
  const call = bench[name] as unknown as (options: object) => Promise<ResultOf<Name>>;
  const result = await call({ ...options, ...follower.hooks });
  const view = follower.view(result);
  expectSound(view);
  if (follower.live) {
    for (const state of ['running', 'stopped', 'failed'] as const) {
      const { done, total } = follower.live.reach();
      expectSound(follower.live.draw({ ...progressOf(state, done, total), error: state === 'failed' ? 'why' : null }));
    }
  }
  return { result, view, follower };
}

describe('a session', () => {
  test('shows what each call gave, and how far it came', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    const generated = await follow(bench, followers, 'generate', { solver: 'highs', samples: 4, limit: 4 });
    expect(rolloutsIn(generated.view)).toMatchObject({
      stage: 'generated',
      total: 16,
      counts: { highs: { written: 16 } },
    });
    expect(generated.follower.live?.reach()).toEqual({ done: 16, total: 16 });

    const verified = await follow(bench, followers, 'verify', {});
    const { rows, problems } = rolloutsIn(verified.view);
    expect(
      rows.map(({ problem, sample, observation }) => `${problems[problem!]!.id}/${sample} ${observation!.outcome}`),
    ).toEqual(verified.result.map(({ id, outcome }) => `${id} ${outcome}`));
    expect(rows.map(({ completion }) => completion!.text.text)).toEqual(generated.result.map(({ text }) => text));

    const rewarded = await follow(bench, followers, 'reward', {});
    expect(Object.keys(rewarded.view).toSorted()).toEqual([
      'application/vnd.evom.histogram.v1+json',
      'application/vnd.evom.rollouts.v1+json',
      'image/png',
      'text/plain',
    ]);
    expect(rolloutsIn(rewarded.view)).toMatchObject({ stage: 'rewarded', rule: { name: 'evom', epsilon: 0.05 } });

    const updated = await follow(bench, followers, 'update', {});
    expect(runIn(updated.view)).toMatchObject({
      run: null,
      steps: [{ index: 0, rollouts: 16 }],
      progress: { state: 'done' },
    });
  });

  test('one completion, and one program, are shown as an observation with what was run', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    await follow(bench, followers, 'generate', { samples: 1, limit: 1, temperature: 0 });
    const { view } = await follow(bench, followers, 'verify', {});
    expect(view['application/vnd.evom.observation.v1+json']).toMatchObject({
      problem: { source: expect.stringContaining('synthetic/') },
      program: { text: expect.stringContaining('import') },
      limits: { cpuMs: 10_000 },
    });
    const alone = await follow(bench, followers, 'verify', { program: 'print(1)', solver: 'scip' });
    expect(alone.view['application/vnd.evom.observation.v1+json']).toMatchObject({
      ...{ problem: null, completion: null, program: { text: 'print(1)' }, solver: 'scip', outcome: 'no-solve' },
    });
  });

  test('a reward function of one’s own comes with what the lint says', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    await follow(bench, followers, 'generate', { samples: 2, limit: 2 });
    await follow(bench, followers, 'verify', {});
    const always = () => ({ parts: {}, total: 1, masked: false });
    const { view } = await follow(bench, followers, 'reward', { function: always });
    expect(view['application/vnd.evom.histogram.v1+json']).toMatchObject({
      reward: 'always',
      lint: { cases: expect.any(Number) },
    });
    expect(view['text/plain']).toMatch(/The reward lint: \d+ of \d+ cases fail/);
  });

  test('a run has every step, those of its folder too, and no pace from them', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    const call = { solver: 'highs', steps: 2, samples: 4, problemsPerStep: 4, run: 'a' } as const;
    const first = await follow(bench, followers, 'train', call);
    const data = runIn(first.view);
    expect(data.steps.map(({ index }) => index)).toEqual([0, 1]);
    expect(data).toMatchObject({ run: 'a', stored: 0, progress: { done: 2, total: 2, state: 'done' } });
    expect(data.histogram.steps.map(({ step }) => step)).toEqual([0, 1]);
    const [score] = data.steps[0]!.scores;
    expect(score).toMatchObject({ epsilon: 0.05, n: 16, problems: 4 });
    expect(score!.accuracy).toBeCloseTo(first.result.steps[0]!.statistics['accuracy']!, 12);
    const longer = await follow(bench, followers, 'train', { ...call, steps: 3 });
    expect(runIn(longer.view)).toMatchObject({ stored: 2, progress: { done: 3, total: 3 } });
    expect(longer.follower.live?.reach()).toEqual({ done: 3, total: 3, before: 2 });
    const { step } = rolloutsIn((await follow(bench, followers, 'rollouts', { step: 1 })).view).rows[0]!;
    expect(step).toBe(1);
  });

  test('accuracies come with intervals and with what went wrong, for each policy and solver', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    const solvers = ['highs', 'scip'] as const;
    const evaluated = await follow(bench, followers, 'evaluate', { solvers, samples: 2 });
    const [row] = transferIn(evaluated.view).rows;
    for (const { solver, scores, verdicts, passAtK } of row!.cells) {
      expect(scores.map(({ epsilon }) => epsilon)).toEqual([0.05, 1e-4]);
      expect(passAtK.map(({ k }) => k)).toEqual([1, 2, 1, 2]);
      expect(verdicts).toEqual(evaluated.result.solvers[solver]!.verdicts[solver]);
    }
    await bench.train({ solver: 'highs', steps: 1, samples: 4, problemsPerStep: 4, run: 'a' });
    const { view, result } = await follow(bench, followers, 'transfer', { solvers });
    const { rows } = transferIn(view);
    expect(rows.map(({ policy, trainedOn }) => [policy, trainedOn])).toEqual([
      ['base', []],
      ['a', ['highs']],
    ]);
    for (const [index, { cells }] of rows.entries()) {
      for (const { solver, scores, verdicts } of cells) {
        expect(verdicts!['correct'] ?? 0).toBe(result.rows[index]!.scores[solver]![0]!.hits);
        expect(scores[0]!.hits).toBe(verdicts!['correct'] ?? 0);
      }
    }
  });

  test('what was chosen is said in words', async () => {
    const [bench, followers] = [await openBench(), createFollowers()];
    const chosen = followers.problems({}).view(await bench.problems('synthetic:3:12')) as Bundle;
    expectSound(chosen);
    expect(chosen['text/plain']).toMatch(/^12 problems of synthetic:3:12, labels [0-9a-f]{12}/);
    const policy = followers.policy({}).view(await bench.policy('scripted')) as Bundle;
    expectSound(policy);
    expect(policy['text/plain']).toBe('Policy scripted: can be trained.');
  });
});

test('text is seen while it is written, and no more once it is whole', async () => {
  const [bench, followers] = [await openBench(), createFollowers()];
  const { hooks, live } = followers.generate({});
  const streaming = (): number =>
    rolloutsIn(live!.draw(progressOf('running', 0, 4))).rows.filter(({ completion }) => completion?.tokens === null)
      .length;
  let most = 0;
  const onText: typeof hooks.onText = (...told) => {
    hooks.onText?.(...told);
    most = Math.max(most, streaming());
  };
  await bench.generate({ samples: 2, limit: 2, ...hooks, onText });
  expect(most).toBeGreaterThan(0);
  expect(streaming()).toBe(0);
});
