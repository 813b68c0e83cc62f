import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { train } from '../../src/loop.ts';
import { openProblems } from '../../src/open-problems.ts';
import { createScriptedPolicy } from '../../src/policy/scripted.ts';
import type { ProblemSet } from '../../src/types.ts';
import { createWorkbench, type Workbench } from '../../src/workbench/workbench.ts';
import { timeless } from '../loop/fakes.ts';
import { makeVerifier } from './fake-verifier.ts';

const root = mkdtempSync(join(tmpdir(), 'evom-workbench-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;
const newFolder = (): string => join(root, String(folders++));

const SET: ProblemSet = await openProblems('synthetic:3:12');
const HELD_OUT: ProblemSet = await openProblems('held-out:3:5');
const ALL: ProblemSet = { ...SET, problems: [...SET.problems, ...HELD_OUT.problems] };

/** A workbench on the scripted policy and 12 problems. */
async function open(options: { runs?: string; delay?: (id: string) => Promise<void> } = {}): Promise<Workbench> {
  const { runs = newFolder(), ...fake } = options;
  const bench = createWorkbench({ runs, verifier: makeVerifier(ALL, fake) });
  await bench.problems('synthetic:3:12');
  await bench.policy('scripted');
  return bench;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** generate → verify → reward */
async function roll(bench: Workbench, call: Parameters<Workbench['generate']>[0] = {}) {
  await bench.generate({ solver: 'highs', samples: 4, ...call });
  await bench.verify();
  return bench.reward();
}

describe('choosing', () => {
  it('a part of a set has a label-set version of its own, and the whole has the set’s', async () => {
    const bench = await open();
    const few = await bench.problems('synthetic:3:12', { limit: 4 });
    expect(few.problems).toEqual(SET.problems.slice(0, 4));
    expect(few.labelSet).not.toBe(SET.labelSet);
    expect((await bench.problems('synthetic:3:12', { limit: 12 })).labelSet).toBe(SET.labelSet);
  });

  it('`where` keeps what holds the text or matches the expression, in text, id or source', async () => {
    const bench = await open();
    const { source, id } = SET.problems[5]!;
    const bySource = SET.problems.filter((problem) => problem.source === source);
    const family = source.split('/')[1]!;
    expect((await bench.problems('synthetic:3:12', { where: new RegExp(`/${family}$`, 'g') })).problems).toEqual(
      bySource,
    );
    expect((await bench.problems('synthetic:3:12', { where: id.toUpperCase() })).problems).toContainEqual(
      SET.problems[5],
    );
    await expect(bench.problems('synthetic:3:12', { where: 'zebra crossing' })).rejects.toMatchObject({
      code: 'no-problems',
    });
  });

  it('says whether a policy can be trained, and refuses an unknown one, keeping the last', async () => {
    const bench = await open();
    expect(await bench.policy('scripted')).toEqual({ source: 'scripted', name: 'scripted', isTrainable: true });
    await expect(bench.policy('nowhere')).rejects.toMatchObject({ code: 'unknown-policy' });
    expect(await bench.generate({ limit: 1 })).toHaveLength(8);
  });
});

describe('what is lacking is said', () => {
  it.each([
    ['generate', 'no-problems-chosen'],
    ['verify', 'no-completions'],
    ['reward', 'no-completions'],
    ['update', 'no-rewards'],
    ['evaluate', 'no-problems-chosen'],
    ['transfer', 'no-problems-chosen'],
    ['rollouts', 'no-rewards'],
  ] as const)('%s: %s', async (method, code) => {
    const bench = createWorkbench({ verifier: makeVerifier(SET) });
    await expect(bench[method]()).rejects.toMatchObject({ boundary: 'config', code });
  });

  it('a solver that is not there is named with its reason before anything runs', async () => {
    const bench = await open();
    await bench.generate({ solver: 'copt', limit: 1 });
    for (const call of [
      () => bench.verify(),
      () => bench.verify({ program: 'x', solver: 'copt' }),
      () => bench.evaluate({ solvers: ['highs', 'copt'] }),
      () => bench.train({ solver: ['highs', 'copt'], steps: 1 }),
    ]) {
      await expect(call()).rejects.toThrow(/`copt`. coptpy is not installed/);
    }
  });

  it('numbers that make no sense are refused', async () => {
    const bench = await open();
    await expect(bench.generate({ samples: 0 })).rejects.toMatchObject({ code: 'bad-samples' });
    await expect(bench.train({ steps: 1.5 })).rejects.toMatchObject({ code: 'bad-steps' });
    await expect(bench.train({ steps: 1, run: '../elsewhere' })).rejects.toMatchObject({ code: 'bad-run' });
    await expect(bench.train({ steps: 1, run: '..' })).rejects.toMatchObject({ code: 'bad-run' });
  });
});

describe('generate, verify, reward', () => {
  it('keep the order of the completions, and tell progress one by one', async () => {
    const bench = await open({ delay: (id) => sleep(id.endsWith('/0') ? 20 : 0) });
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
    const [one, other] = [await open(), await open()];
    expect(await roll(one)).toEqual(await roll(other));
    const eight = await one.generate({ samples: 8 });
    const four = await other.generate({ samples: 4 });
    expect(eight.filter(({ sample }) => sample < 4)).toEqual(four);
    expect(await other.generate({ samples: 4, seed: 1 })).not.toEqual(four);
  });

  it('a text without an answer is verified and not rewarded; with one it is', async () => {
    const bench = await open();
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
    const bench = await open();
    const { rollouts } = await roll(bench, { limit: 2 });
    expect(await bench.verify({ program: 'print(1)', solver: 'scip' })).toMatchObject([
      { id: 'program', solver: 'scip', outcome: 'no-solve' },
    ]);
    expect((await bench.reward()).rollouts).toEqual(rollouts);
    await expect(bench.verify({ solver: 'scip' })).rejects.toMatchObject({ code: 'other-solver' });
  });

  it('new completions make old observations and rewards unknown', async () => {
    const bench = await open();
    await roll(bench);
    await bench.generate({ limit: 1 });
    await expect(bench.reward()).rejects.toMatchObject({ code: 'no-observations' });
    await expect(bench.update()).rejects.toMatchObject({ code: 'no-rewards' });
  });

  it('an interruption rejects with its reason and keeps what was there', async () => {
    const controller = new AbortController();
    const reason = new Error('stop here');
    const bench = await open({ delay: async (id) => (id.endsWith('/3') ? controller.abort(reason) : undefined) });
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
    const bench = await open();
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
    const bench = await open();
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

describe('update', () => {
  it('by hand is a step of the loop: the same rollouts, advantages and statistics', async () => {
    for (const objective of ['grpo', 'dr-grpo'] as const) {
      const bench = await open();
      await roll(bench);
      const byHand = await bench.update({ objective });
      const options = { problems: SET.problems, samples: 4, steps: 1, objective, verifier: makeVerifier(SET) };
      const [step] = await collect(train(createScriptedPolicy(), options));
      const known = (rollouts: typeof byHand.rollouts) =>
        rollouts.map(({ observation, advantage }) => [observation.id, advantage]).toSorted();
      expect(known(byHand.rollouts)).toEqual(known(step!.rollouts));
      const { statistics } = timeless(step!);
      for (const [name, value] of Object.entries(byHand.statistics)) {
        expect(value, name).toBeCloseTo(statistics[name]!, 10);
      }
      expect(byHand.statistics['loss']).toBeTypeOf('number');
    }
  });

  it('changes what is written next, in every optimiser step, and counts on', async () => {
    const bench = await open();
    const before = (await roll(bench)).score.hits;
    expect((await bench.update({ learningRate: 1e-3 })).index).toBe(0);
    expect((await roll(bench)).score.hits).toBeGreaterThan(before);
    const second = await bench.update({ steps: 2 });
    expect(second.index).toBe(1);
    expect(second.updates).toHaveLength(2);
    expect(second.updates[1]).not.toEqual(second.updates[0]);
    expect((await bench.update()).index).toBe(3);
  });

  it('filtered by raw accuracy learns from mixed groups alone, which is DAPO’s default', async () => {
    const bench = await open();
    const { rollouts } = await roll(bench);
    const groups = [...Map.groupBy(rollouts, ({ problem }) => problem.id).values()];
    const mixed = groups.filter((group) => new Set(group.map(({ verdict }) => verdict === 'correct')).size === 2);
    expect(mixed.length).toBeGreaterThan(0);
    expect(mixed.length).toBeLessThan(groups.length);
    const trained = async (call: Parameters<Workbench['update']>[0]) =>
      (await bench.update(call)).statistics['trainedGroups'];
    expect(await trained({ objective: 'dapo' })).toBe(mixed.length);
    expect(await trained({ objective: 'grpo', filterRawAccuracy: true })).toBe(mixed.length);
    expect(await trained({ objective: 'dapo', filterRawAccuracy: false })).toBe(groups.length);
  });

  it('by SFT learns the correct completions and nothing else', async () => {
    const bench = await open();
    const before = await roll(bench);
    const { rollouts } = await bench.update({ objective: 'sft', learningRate: 1e-3 });
    for (const { verdict, advantage } of rollouts) expect(advantage).toBe(verdict === 'correct' ? 1 : null);
    expect((await roll(bench)).score.hits).toBeGreaterThan(before.score.hits);
  });

  it('refuses greedy completions', async () => {
    const bench = await open();
    await roll(bench, { temperature: 0 });
    await expect(bench.update()).rejects.toMatchObject({ code: 'bad-temperature' });
  });
});

describe('train', () => {
  const CALL = { solver: 'highs', steps: 4, samples: 4, problemsPerStep: 4, checkpointEvery: 2 } as const;
  const numbers = ({ steps }: Awaited<ReturnType<Workbench['train']>>) =>
    steps.map(({ index, statistics }) => timeless({ index, statistics, rollouts: [] }));

  it('is the loop, kept in a folder below `runs`; the policy has its weights afterwards', async () => {
    const bench = await open();
    const seen: number[] = [];
    const training = await bench.train({ ...CALL, run: 'a', onStep: ({ index }) => seen.push(index) });
    const options = { ...CALL, problems: SET.problems, solvers: ['highs'], verifier: makeVerifier(SET) } as const;
    const policy = createScriptedPolicy();
    const steps = await collect(train(policy, options));
    expect(numbers(training)).toEqual(steps.map((step) => timeless({ ...step, rollouts: [] })));
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(readdirSync(training.folder)).toContain('checkpoint-000004');
    const prompts = SET.problems.map((problem) => ({ problem, solver: 'highs' as const }));
    const own = await collect(policy.generate(prompts, { samples: 1, seed: 9 }));
    expect((await bench.generate({ samples: 1, seed: 9 })).map(({ text }) => text)).toEqual(
      own.map(({ completion }) => completion.text),
    );
  });

  it('called again in a new session tells the same numbers and verifies nothing again', async () => {
    const runs = newFolder();
    const first = await open({ runs });
    const training = await first.train(CALL);
    const after = await first.generate({ samples: 2 });
    const verifier = makeVerifier(SET);
    const bench = createWorkbench({ runs, verifier });
    await bench.problems('synthetic:3:12');
    await bench.policy('scripted');
    const again = await bench.train(CALL);
    expect(again).toEqual({ ...training, stored: 4 });
    expect(verifier.seen).toEqual([]);
    expect(await bench.generate({ samples: 2 })).toEqual(after);
  });

  it('interrupted at any moment goes on by the same call as if it had not been, also in a new session', async () => {
    const whole = await open();
    const expected = numbers(await whole.train(CALL));
    const written = await whole.generate({ samples: 2 });
    for (const moment of [0, 5, 17, 30, 45, 60]) {
      for (const isNewSession of [false, true]) {
        const runs = newFolder();
        const controller = new AbortController();
        let programs = 0;
        const delay = async (): Promise<void> => {
          if (programs++ === moment * 0.7) controller.abort(new Error('stop here'));
        };
        const first = await open({ runs, delay });
        const told: number[] = [];
        const onProgress = () => {
          if (told.push(1) === moment) controller.abort(new Error('stop here'));
        };
        await first.train({ ...CALL, signal: controller.signal, onProgress }).catch(() => {});
        const bench = isNewSession ? await open({ runs }) : first;
        expect(numbers(await bench.train(CALL))).toEqual(expected);
        expect(readdirSync(runs)).toHaveLength(1);
        expect(await bench.generate({ samples: 2 })).toEqual(written);
      }
    }
  });

  it('begins with the weights that updates by hand gave, and goes on with them in a new session', async () => {
    const byHand = async (runs: string): Promise<Workbench> => {
      const bench = await open({ runs });
      await roll(bench);
      await bench.update({ learningRate: 5e-4 });
      return bench;
    };
    const expected = numbers(await (await byHand(newFolder())).train({ ...CALL, run: 'a' }));
    expect(expected).not.toEqual(numbers(await (await open()).train({ ...CALL, run: 'a' })));
    const runs = newFolder();
    const controller = new AbortController();
    const interrupted = { ...CALL, run: 'a', signal: controller.signal };
    const first = (await byHand(runs)).train({ ...interrupted, onStep: () => controller.abort(new Error('stop')) });
    await expect(first).rejects.toThrow('stop');
    expect(numbers(await (await byHand(runs)).train({ ...CALL, run: 'a' }))).toEqual(expected);
    // The base never was this run's beginning.
    await expect((await open({ runs })).train({ ...CALL, run: 'a' })).rejects.toMatchObject({ code: 'other-weights' });
    expect(numbers(await (await byHand(runs)).train({ ...CALL, run: 'a' }))).toEqual(expected);
  });

  it('may be made longer and told in part, and is chosen by its name', async () => {
    const runs = newFolder();
    const bench = await open({ runs });
    const six = numbers(await (await open()).train({ ...CALL, steps: 6, run: 'a' }));
    expect(numbers(await bench.train({ ...CALL, run: 'a' }))).toEqual(six.slice(0, 4));
    expect(numbers(await bench.train({ ...CALL, steps: 2, run: 'a' }))).toEqual(six.slice(0, 2));
    await bench.policy('a');
    expect(numbers(await bench.train({ ...CALL, steps: 6, run: 'a' }))).toEqual(six);
  });

  it('without a name trains on from the weights it has, in a run of its own', async () => {
    const bench = await open();
    const first = await bench.train(CALL);
    const second = await bench.train(CALL);
    expect(second.run).not.toBe(first.run);
    expect(second.stored).toBe(0);
  });

  it('is refused in a folder of another run, naming what differs', async () => {
    const runs = newFolder();
    await (await open({ runs })).train({ ...CALL, run: 'a' });
    const other = (call: object) => open({ runs }).then((bench) => bench.train({ ...CALL, run: 'a', ...call }));
    await expect(other({ seed: 1 })).rejects.toThrow(/Expected `seed` to be 0, as the run began, got `1`/);
    await expect(other({ solver: 'scip' })).rejects.toMatchObject({ code: 'other-run' });
    const bench = await open({ runs });
    await bench.problems('synthetic:3:12', { limit: 5 });
    await expect(bench.train({ ...CALL, run: 'a' })).rejects.toMatchObject({ code: 'other-problems' });
  });

  it('learns by a reward of one’s own, which is part of what the run is', async () => {
    const bench = await open();
    await roll(bench);
    await bench.reward({ name: 'nothing', function: () => ({ parts: {}, total: 0, masked: false }) });
    const training = await bench.train({ ...CALL, run: 'a', reward: 'nothing' });
    expect(training.steps.map(({ statistics }) => statistics['rewardMean'])).toEqual([0, 0, 0, 0]);
    await bench.policy('scripted');
    await expect(bench.train({ ...CALL, run: 'a' })).rejects.toThrow(/Expected `rewardFunction` to be "nothing \w+"/);
    await expect(bench.train({ ...CALL, reward: 'unknown' })).rejects.toMatchObject({ code: 'unknown-reward' });
  });
});

describe('evaluate and transfer', () => {
  it('judge at both ε with intervals, over all solvers and on each, and leave the last rollouts alone', async () => {
    const bench = await open();
    const { rollouts } = await roll(bench);
    const done: number[] = [];
    const solvers = ['highs', 'scip'] as const;
    const { scores, ...evaluation } = await bench.evaluate({ solvers, onProgress: (told) => done.push(told.done) });
    expect(scores.map(({ epsilon, n, labelSet }) => [epsilon, n, labelSet])).toEqual([
      [0.05, 24, SET.labelSet],
      [1e-4, 24, SET.labelSet],
    ]);
    expect(Object.keys(evaluation.solvers)).toEqual(solvers);
    expect(evaluation.solvers.scip!.scores[0]!.n).toBe(12);
    expect(done.at(-1)).toBe(24);
    const held = await bench.evaluate({ samples: 4, problems: 'held-out:3:5' });
    expect(held).toMatchObject({ problems: 'held-out:3:5', labelSet: HELD_OUT.labelSet });
    expect(held.passAtK.map(({ k }) => k)).toEqual([1, 2, 4, 1, 2, 4]);
    expect((await bench.reward()).rollouts).toEqual(rollouts);
  });

  it('gives the base, every run of the session and what was taught by hand, each on every solver', async () => {
    const bench = await open();
    const call = { steps: 3, samples: 8, problemsPerStep: 8, learningRate: 1e-3 };
    await bench.train({ ...call, solver: 'highs', run: 'highs' });
    await bench.policy('scripted');
    await bench.train({ ...call, solver: ['scip', 'ortools'], run: 'joint' });
    const solvers = ['highs', 'scip', 'ortools'] as const;
    const { rows } = await bench.transfer({ solvers });
    expect(rows.map(({ policy, trainedOn }) => [policy, trainedOn])).toEqual([
      ['base', []],
      ['highs', ['highs']],
      ['joint', ['scip', 'ortools']],
    ]);
    const hits = rows.map(({ scores }) => solvers.map((solver) => scores[solver]![0]!.hits));
    expect(hits[0]!.every((count, index) => count === hits[1]![index] || index === 0)).toBe(true);
    expect(hits[1]![0]).toBeGreaterThan(hits[0]![0]!);
    expect(hits[2]![1]).toBeGreaterThan(hits[0]![1]!);
    const evaluated = await bench.evaluate({ solvers });
    expect(solvers.map((solver) => evaluated.solvers[solver]!.scores[0]!.hits)).toEqual(hits[2]);

    await roll(bench);
    await bench.update({ learningRate: 1e-2 });
    const more = await bench.transfer({ solvers });
    expect(more.rows.slice(0, 3)).toEqual(rows);
    expect(more.rows[3]).toMatchObject({ policy: 'by hand', trainedOn: ['highs'] });
    expect(await bench.generate({ limit: 1 })).toHaveLength(8); // its policy is still open
  });
});

describe('rollouts and sql', () => {
  it('look at the newest of the last rewards and the last run, or at the run that is named', async () => {
    const bench = await open();
    const { rollouts } = await roll(bench, { limit: 2 });
    expect(await bench.rollouts()).toMatchObject(
      rollouts.map(({ observation, reward }, position) => ({ step: 0, position, observation, reward })),
    );
    expect(await bench.sql('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 8 }]);
    await bench.train({ steps: 2, samples: 4, problemsPerStep: 3, run: 'a' });
    expect(await bench.sql('SELECT step, rollouts FROM steps')).toEqual([
      { step: 0, rollouts: 12 },
      { step: 1, rollouts: 12 },
    ]);
    await roll(bench, { limit: 1 });
    expect(await bench.sql('SELECT count(*) AS n FROM rollouts')).toEqual([{ n: 4 }]);
    expect(
      await bench.sql('SELECT count(*) AS n FROM rollouts WHERE step = $s', { run: 'a', parameters: { s: 1 } }),
    ).toEqual([{ n: 12 }]);
    await expect(bench.sql('SELECT 1', { run: 'b' })).rejects.toMatchObject({ code: 'no-run' });
  });

  it('choose by step, verdict and problem, in order, in parts', async () => {
    const bench = await open();
    await bench.train({ steps: 2, samples: 4, problemsPerStep: 3, run: 'a' });
    const all = await bench.rollouts();
    expect(all).toHaveLength(24);
    const correct = await bench.rollouts({ verdict: 'correct', step: 1 });
    expect(correct).toEqual(all.filter(({ step, verdict }) => step === 1 && verdict === 'correct'));
    const { id } = all[5]!.problem;
    expect(await bench.rollouts({ problem: id })).toEqual(all.filter(({ problem }) => problem.id === id));
    expect(await bench.rollouts({ limit: 5, offset: 20 })).toEqual(all.slice(20));
  });

  it('read a run while it is written', async () => {
    const runs = newFolder();
    const [bench, reader] = [await open({ runs }), await open({ runs })];
    const counts: Promise<unknown>[] = [];
    const onStep = () => counts.push(reader.sql('SELECT count(*) AS n FROM steps', { run: 'a' }));
    await bench.train({ steps: 3, samples: 4, problemsPerStep: 3, run: 'a', onStep });
    for (const [index, rows] of (await Promise.all(counts)).entries()) {
      expect((rows as { n: number }[])[0]!.n).toBeGreaterThan(index);
    }
  });
});

describe('close', () => {
  it('leaves a verifier that was given open, and what comes next opens its policy anew', async () => {
    const verifier = makeVerifier(SET);
    const bench = createWorkbench({ verifier });
    await bench.policy('scripted');
    await bench.close();
    await bench.close();
    expect(verifier.isClosed).toBe(false);
  });
});
