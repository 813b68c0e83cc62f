import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openBench, roll, SET } from './open-bench.ts';

describe('generate, verify, reward', () => {
  it('keep the order of the completions, and tell progress one by one', async () => {
    const bench = await openBench({ delay: (id) => sleep(id.endsWith('/0') ? 20 : 0) });
    const told: number[] = [];
    const completions = await bench.generate({ samples: 3, limit: 4, onProgress: ({ done }) => told.push(done) });
    expect(told).toEqual(completions.map((_, index) => index + 1));
    const seen: string[] = [];
    const observations = await bench.verify({ onProgress: ({ item, total }) => seen.push(`${item.id} of ${total}`) });
    const ids = completions.map(({ problem, sample }) => `${problem.id}/${sample}`);
    expect(observations.map(({ id }) => id)).toEqual(ids);
    expect(seen).not.toEqual(ids.map((id) => `${id} of 12`));
    expect(seen.toSorted()).toEqual(ids.map((id) => `${id} of 12`).toSorted());
    const { rollouts, mean, score, lint, name } = await bench.reward();
    expect(rollouts.map(({ observation }) => observation)).toEqual(observations);
    expect(rollouts.map(({ completion }) => completion.text)).toEqual(completions.map(({ text }) => text));
    expect(mean).toBeCloseTo(rollouts.reduce((sum, { reward }) => sum + reward.total, 0) / 12, 12);
    expect(score).toMatchObject({ n: 12, rule: 'evom', epsilon: 0.05 });
    expect([lint, name]).toEqual([null, 'evom']);
  });

  it('give the same numbers again, others under another seed, and more samples add to the same ones', async () => {
    const [one, other] = [await openBench(), await openBench()];
    expect(await roll(one)).toEqual(await roll(other));
    const eight = await one.generate({ samples: 8 });
    const four = await other.generate({ samples: 4 });
    expect(eight.filter(({ sample }) => sample < 4)).toEqual(four);
    expect(await other.generate({ samples: 4, seed: 1 })).not.toEqual(four);
  });

  it('a text without an answer is verified and not rewarded; with one it is', async () => {
    const bench = await openBench();
    const { text, answer } = SET.problems[0]!;
    const [completion] = await bench.generate({ text, samples: 2 });
    expect(completion!.problem).toMatchObject({ text, answer: null, source: 'text' });
    expect(await bench.verify()).toHaveLength(2);
    await expect(bench.reward()).rejects.toMatchObject({ boundary: 'problem', code: 'no-answer' });
    const known = await bench.generate({ text, answer, samples: 2 });
    expect(known.map(({ text }) => text)).toEqual([completion!.text, expect.any(String)]);
    await bench.verify();
    expect((await bench.reward()).rollouts.map(({ problem }) => problem.answer)).toEqual([answer, answer]);
    await expect(bench.generate({ text: ' ' })).rejects.toMatchObject({ code: 'empty-text' });
  });

  it('a program alone is observed and leaves the last completions as they are', async () => {
    const bench = await openBench();
    const { rollouts } = await roll(bench, { limit: 2 });
    expect(await bench.verify({ program: 'print(1)', solver: 'scip' })).toMatchObject([
      { id: 'program', solver: 'scip', outcome: 'no-solve' },
    ]);
    expect((await bench.reward()).rollouts).toEqual(rollouts);
    await expect(bench.verify({ solver: 'scip' })).rejects.toMatchObject({ code: 'other-solver' });
  });

  it('new completions make old observations and rewards unknown', async () => {
    const bench = await openBench();
    await roll(bench);
    await bench.generate({ limit: 1 });
    await expect(bench.reward()).rejects.toMatchObject({ code: 'no-observations' });
    await expect(bench.update()).rejects.toMatchObject({ code: 'no-rewards' });
  });

  it('an interruption rejects with its reason and keeps what was there', async () => {
    const controller = new AbortController();
    const reason = new Error('stop here');
    const bench = await openBench({ delay: async (id) => (id.endsWith('/3') ? controller.abort(reason) : undefined) });
    const completions = await bench.generate({ samples: 4, limit: 2 });
    await expect(bench.verify({ signal: controller.signal })).rejects.toBe(reason);
    await expect(bench.generate({ signal: controller.signal })).rejects.toBe(reason);
    await expect(bench.reward()).rejects.toMatchObject({ code: 'no-observations' });
    expect((await bench.verify()).map(({ id }) => id)).toEqual(
      completions.map(({ problem, sample }) => `${problem.id}/${sample}`),
    );
  });
});

describe('a reward of one’s own', () => {
  const forgeable = ({ observation }: { observation: { stdout: string } }) => ({
    parts: {},
    total: observation.stdout.includes('best solution') ? 1 : 0,
    masked: false,
  });

  it('is linted at once, decides the totals, and leaves the verdicts to the rule', async () => {
    const bench = await openBench();
    const plain = await roll(bench);
    const { name, lint, rollouts } = await bench.reward({ function: forgeable });
    expect(name).toBe('forgeable');
    expect(lint!.some(({ ok, documented }) => !ok && documented === null)).toBe(true);
    expect(rollouts.map(({ verdict }) => verdict)).toEqual(plain.rollouts.map(({ verdict }) => verdict));
    expect(rollouts.map(({ reward }) => reward.total)).toEqual(
      rollouts.map(({ observation }) => Number(observation.stdout.includes('best solution'))),
    );
    expect((await bench.reward({ name: 'forgeable' })).rollouts).toEqual(rollouts);
  });

  it('that throws, or gives no reward, is named with the completion; an unknown one with those there are', async () => {
    const bench = await openBench();
    await roll(bench, { limit: 1 });
    const broken = () => {
      throw new Error('oh');
    };
    await expect(bench.reward({ function: broken })).rejects.toThrow(/reward broken of .*\/0.*oh/);
    const empty = { name: 'empty', function: (() => ({ total: Number.NaN })) as never };
    await expect(bench.reward(empty)).rejects.toMatchObject({ code: 'bad-reward' });
    await expect(bench.reward({ name: 'other' })).rejects.toThrow(/There are: broken, empty/);
  });
});
