import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_UPDATE } from '../../src/config.ts';
import { createScriptedPolicy, openScriptedPolicy } from '../../src/policy/scripted.ts';
import { generateProblems } from '../../src/problems/synthetic/generate.ts';
import { writeProgram } from '../../src/problems/synthetic/program.ts';
import { readCompletion } from '../../src/reward/format.ts';
import { type Completion, type Policy, type Prompt, SOLVER_NAMES, type TrainingGroup } from '../../src/types.ts';
import { testTrainablePolicy } from './policy-conformance.ts';

const problems = generateProblems({ seed: 5, count: 6, split: 'train', difficulty: 1 });
const prompts = problems.map((problem): Prompt => ({ problem, solver: 'highs' }));

testTrainablePolicy('createScriptedPolicy', {
  create: async () => createScriptedPolicy(),
  open: (folder) => openScriptedPolicy(folder),
  prompts,
  maxTokens: 400,
  stop: '</think>',
  learningRate: 1e-4,
});

async function write(policy: Policy, samples: number, some = prompts, temperature = 1): Promise<Completion[]> {
  const written: Completion[] = [];
  for await (const { completion } of policy.generate(some, { samples, maxTokens: 400, temperature })) {
    written.push(completion);
  }
  return written;
}

const isRight = ({ text }: Completion, { problem, solver }: Prompt): boolean =>
  readCompletion(text).program === writeProgram(problems.find(({ id }) => id === problem.id)!.model, solver).trim();

describe('the scripted policy', () => {
  it('is right as often as its skill says', async () => {
    for (const skill of [0.2, 0.7]) {
      const written = await write(createScriptedPolicy({ skill }), 400, prompts.slice(0, 1));
      const share = written.filter((completion) => isRight(completion, prompts[0]!)).length / written.length;
      expect(Math.abs(share - skill)).toBeLessThan(0.07);
    }
  });

  it.each(SOLVER_NAMES)(
    'writes the reference program for %s where it is right, greedy from a skill of one half on',
    async (solver) => {
      const some = prompts.map(({ problem }) => ({ problem, solver }));
      const right = await write(createScriptedPolicy({ skill: 0.5 }), 1, some, 0);
      expect(right.every((completion, index) => isRight(completion, some[index]!))).toBe(true);
      expect(right.every(({ text }) => readCompletion(text).formatted)).toBe(true);
      const wrong = await write(createScriptedPolicy({ skill: 0.49 }), 1, some, 0);
      expect(wrong.some((completion, index) => isRight(completion, some[index]!))).toBe(false);
    },
  );

  it('draws for each solver by itself', async () => {
    const moves = async (solver: Prompt['solver']): Promise<boolean[]> => {
      const some = prompts.map(({ problem }): Prompt => ({ problem, solver }));
      const policy = createScriptedPolicy({ skill: 0.5 });
      const written: boolean[] = [];
      for await (const { promptIndex, completion } of policy.generate(some, { samples: 8, maxTokens: 400 })) {
        written.push(isRight(completion, some[promptIndex]!));
      }
      return written;
    };
    expect(await moves('highs')).not.toEqual(await moves('scip'));
  });

  it("log-probabilities sum to that of the move and of the mistake's kind", async () => {
    const written = await write(createScriptedPolicy({ skill: 0.3 }), 400, prompts.slice(0, 1));
    const kinds = Map.groupBy(written, ({ text }) => readCompletion(text).program ?? 'none');
    for (const [, group] of kinds) {
      const likelihoods = new Set(
        group.map(({ logProbs }) => Math.exp(logProbs.reduce((sum, value) => sum + value, 0)).toFixed(12)),
      );
      expect(likelihoods.size).toBe(1);
      expect(Math.abs(group.length / written.length - Number([...likelihoods][0]))).toBeLessThan(0.07);
    }
    expect(kinds.size).toBe(5);
  });

  it('knows a problem by its text alone, as a store gives it back', async () => {
    const bare = prompts.map(({ problem: { id, text, answer, source }, solver }) => ({
      problem: { id, text, answer, source },
      solver,
    }));
    expect(await write(createScriptedPolicy(), 2, bare)).toEqual(await write(createScriptedPolicy(), 2));
  });

  it('writes a mistake with log-probability 0 where it knows no program, and learns nothing from it', async () => {
    const unknown: Prompt = { problem: { id: 'x', text: 'How much?', answer: 3, source: 'none' }, solver: 'highs' };
    const policy = createScriptedPolicy({ skill: 0.9 });
    const written = await write(policy, 4, [unknown]);
    expect(written.flatMap(({ logProbs }) => logProbs).every((value) => value === 0)).toBe(true);
    const group = { prompt: unknown, samples: written.map((completion) => ({ completion, advantage: 1 })) };
    await policy.update([group], DEFAULT_UPDATE);
    expect(policy.skillOf('highs')).toBeCloseTo(0.9, 12);
  });

  it('takes programs that are given', async () => {
    const policy = createScriptedPolicy({ skill: 0.999, programOf: ({ solver }) => `print("${solver}")` });
    const [completion] = await write(policy, 1, prompts.slice(0, 1), 0);
    expect(readCompletion(completion!.text)).toMatchObject({ program: 'print("highs")', formatted: true });
  });

  it.each([0, 1, -1, Number.NaN])('refuses the skill %d', (skill) => {
    expect(() => createScriptedPolicy({ skill })).toThrow(expect.objectContaining({ code: 'bad-skill' }));
  });

  it('says which folder it cannot open', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'evom-scripted-'));
    await expect(openScriptedPolicy(folder)).rejects.toMatchObject({ code: 'unreadable-policy' });
    rmSync(folder, { recursive: true });
  });
});

describe('an update of the scripted policy', () => {
  const lesson = async (policy: Policy, sign: 1 | -1, some = prompts): Promise<TrainingGroup[]> => {
    const samples: TrainingGroup['samples'][number][][] = some.map(() => []);
    for await (const { promptIndex, completion } of policy.generate(some, { samples: 8, maxTokens: 400 })) {
      const advantage = isRight(completion, some[promptIndex]!) ? sign : -sign;
      samples[promptIndex]!.push({ completion, advantage });
    }
    return some.map((prompt, index) => ({ prompt, samples: samples[index]! }));
  };

  it.each(['grpo', 'dapo', 'dr-grpo'] as const)(
    'raises its skill where being right is rewarded, by %s',
    async (objective) => {
      const policy = createScriptedPolicy({ skill: 0.4 });
      await policy.update(await lesson(policy, 1), { ...DEFAULT_UPDATE, objective });
      expect(policy.skillOf('highs')).toBeGreaterThan(0.4);
    },
  );

  it('lowers it where being wrong is, and leaves the other solvers as they are', async () => {
    const policy = createScriptedPolicy({ skill: 0.4 });
    await policy.update(await lesson(policy, -1), DEFAULT_UPDATE);
    expect(policy.skillOf('highs')).toBeLessThan(0.4);
    expect(policy.skillOf('gurobi')).toBeCloseTo(0.4, 12);
  });

  it('reports the entropy, and a KL that is 0 before the first update and positive after it', async () => {
    const policy = createScriptedPolicy({ skill: 0.4 });
    const options = { ...DEFAULT_UPDATE, klWeight: 0.1, learningRate: 1e-3 };
    const first = await policy.update(await lesson(policy, 1), options);
    expect(first['kl']).toBe(0);
    expect(first['entropy']).toBeCloseTo(-(0.4 * Math.log(0.4) + 0.6 * Math.log(0.6)), 12);
    const second = await policy.update(await lesson(policy, 1), options);
    expect(second['kl']).toBeGreaterThan(0);
  });

  it('clips completions that an older policy wrote', async () => {
    const policy = createScriptedPolicy({ skill: 0.4 });
    const old = await lesson(policy, 1);
    const { clipFraction: none } = await policy.update(old, { ...DEFAULT_UPDATE, learningRate: 1e-3 });
    const { clipFraction: some } = await policy.update(old, { ...DEFAULT_UPDATE, learningRate: 1e-3 });
    expect(none).toBe(0);
    expect(some).toBeGreaterThan(0);
  });
});
