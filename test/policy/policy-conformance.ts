import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_UPDATE } from '../../src/config.ts';
import type {
  Completion,
  GenerateOptions,
  ObjectiveName,
  Policy,
  Prompt,
  TrainablePolicy,
  TrainingGroup,
} from '../../src/types.ts';

export interface PolicyFixture<Kind extends Policy = Policy> {
  /** Gives a new policy, always the same one. */
  readonly create: () => Promise<Kind>;
  /** Three or more different prompts. */
  readonly prompts: readonly Prompt[];
  /** Tokens within which completions end by themselves, at least 12. */
  readonly maxTokens: number;
  /** A text that occurs in greedy completions, not at their start. */
  readonly stop: string;
  /** How far log-probabilities may differ between batches. Default 0. */
  readonly tolerance?: number;
  /** False where the seed is not the policy's to keep, such as behind an endpoint. Default true. */
  readonly isSeeded?: boolean;
}

export interface TrainableFixture extends PolicyFixture<TrainablePolicy> {
  /** Opens what `save` wrote. */
  readonly open: (folder: string) => Promise<TrainablePolicy>;
  /** A learning rate at which one update is felt. */
  readonly learningRate: number;
}

/** What every policy promises. */
export function testPolicy(name: string, fixture: PolicyFixture): void {
  const { prompts, maxTokens, stop, tolerance = 0, isSeeded = true } = fixture;
  const opened: Policy[] = [];
  const create = async (): Promise<Policy> => {
    const policy = await fixture.create();
    opened.push(policy);
    return policy;
  };
  afterAll(async () => {
    for (const policy of opened) await policy.close();
  });
  const generate = async (options: GenerateOptions = {}, some = prompts): Promise<Completion[][]> =>
    collect(await create(), some, { maxTokens, ...options });

  describe(`${name} is a policy`, () => {
    it('writes as many completions for each prompt as it is asked for, each once', async () => {
      const seen: string[] = [];
      for await (const { promptIndex, sampleIndex } of (await create()).generate(prompts, { samples: 3, maxTokens })) {
        seen.push(`${promptIndex}/${sampleIndex}`);
      }
      const wanted = prompts.flatMap((_, prompt) => [0, 1, 2].map((sample) => `${prompt}/${sample}`));
      expect(seen.toSorted()).toEqual(wanted.toSorted());
    });

    it('writes nothing for no prompts', async () => {
      expect(await generate({ samples: 2 }, [])).toEqual([]);
    });

    it('gives each token a log-probability of at most 0', async () => {
      for (const { tokenIds, logProbs } of (await generate({ samples: 2 })).flat()) {
        expect(tokenIds.length).toBeGreaterThan(0);
        expect(logProbs).toHaveLength(tokenIds.length);
        expect(tokenIds.every((id) => Number.isInteger(id) && id >= 0)).toBe(true);
        expect(logProbs.every((value) => value <= 0 && Number.isFinite(value))).toBe(true);
      }
    });

    it('says that a completion was truncated where it reached the limit, and only there', async () => {
      for (const { truncated, tokenIds } of (await generate()).flat()) {
        expect(truncated).toBe(false);
        expect(tokenIds.length).toBeLessThanOrEqual(maxTokens);
      }
      for (const { truncated, tokenIds } of (await generate({ maxTokens: 5 })).flat()) {
        expect(truncated).toBe(true);
        expect(tokenIds).toHaveLength(5);
      }
    });

    it('writes the beginning of the same text under a shorter limit', async () => {
      const whole = (await generate({ temperature: 0 })).flat();
      for (const [index, { text }] of (await generate({ temperature: 0, maxTokens: 8 })).flat().entries()) {
        expect(text.length).toBeGreaterThan(0);
        expect(whole[index]!.text.startsWith(text)).toBe(true);
      }
    });

    it('repeats itself where it is greedy, whatever the seed', async () => {
      const [first, second] = [
        await generate({ temperature: 0, seed: 1 }),
        await generate({ temperature: 0, seed: 2, step: 5 }),
      ];
      expect(texts(second)).toEqual(texts(first));
      const samples = await generate({ temperature: 0, samples: 3 });
      for (const group of samples) expect(new Set(group.map(({ text }) => text)).size).toBe(1);
    });

    it('ends before a stop text', async () => {
      const whole = (await generate({ temperature: 0 })).flat();
      for (const [index, { text, truncated }] of (await generate({ temperature: 0, stop: [stop] })).flat().entries()) {
        expect(whole[index]!.text.indexOf(stop)).toBeGreaterThan(0);
        expect(text).toBe(whole[index]!.text.slice(0, whole[index]!.text.indexOf(stop)));
        expect(truncated).toBe(false);
      }
    });

    it('tells its text as it comes, all of it', async () => {
      const told = prompts.map(() => ['', '']);
      const onText = (text: string, prompt: number, sample: number): void => {
        told[prompt]![sample] += text;
      };
      expect(texts(await generate({ samples: 2, onText }))).toEqual(told);
    });

    it('rejects with the reason of a signal that has fired, or that fires on the way', async () => {
      const reason = new Error('enough');
      const policy = await create();
      const all = async (signal: AbortSignal, controller?: AbortController): Promise<void> => {
        for await (const _ of policy.generate(prompts, { samples: 4, maxTokens, signal })) controller?.abort(reason);
      };
      await expect(all(AbortSignal.abort(reason))).rejects.toBe(reason);
      const controller = new AbortController();
      await expect(all(controller.signal, controller)).rejects.toBe(reason);
      expect(await collect(policy, prompts.slice(0, 1), { maxTokens })).toHaveLength(1);
    });

    it('goes on after a reader that left', async () => {
      const policy = await create();
      for await (const _ of policy.generate(prompts, { samples: 4, maxTokens })) break;
      const greedy = { temperature: 0, maxTokens };
      expect(texts(await collect(policy, prompts, greedy))).toEqual(texts(await generate(greedy)));
    });
  });

  describe.runIf(isSeeded)(`${name} keeps its seed`, () => {
    it('the same seed gives the same completions, another seed or step others', async () => {
      const [first, again] = [await generate({ samples: 4, seed: 7 }), await generate({ samples: 4, seed: 7 })];
      expect(again).toEqual(first);
      expect(texts(await generate({ samples: 4, seed: 8 }))).not.toEqual(texts(first));
      expect(texts(await generate({ samples: 4, seed: 7, step: 1 }))).not.toEqual(texts(first));
    });

    it('a completion does not depend on what else is in the batch', async () => {
      const together = await generate({ samples: 4, seed: 7 });
      const reversed = (await generate({ samples: 2, seed: 7 }, prompts.toReversed())).toReversed();
      for (const [index, prompt] of prompts.entries()) {
        const [alone] = await generate({ samples: 4, seed: 7 }, [prompt]);
        expectClose(alone!, together[index]!, tolerance);
        expectClose(reversed[index]!, together[index]!.slice(0, 2), tolerance);
      }
    });
  });
}

/** What a trainable policy promises besides. */
export function testTrainablePolicy(name: string, fixture: TrainableFixture): void {
  testPolicy(name, fixture);
  const { prompts, maxTokens, tolerance = 0 } = fixture;
  const folders: string[] = [];
  const policies: TrainablePolicy[] = [];
  const kept = (policy: TrainablePolicy): TrainablePolicy => {
    policies.push(policy);
    return policy;
  };
  const create = async (): Promise<TrainablePolicy> => kept(await fixture.create());
  const newFolder = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'evom-policy-'));
    folders.push(folder);
    return join(folder, 'saved');
  };
  afterAll(async () => {
    for (const policy of policies) await policy.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  const update = (policy: TrainablePolicy, groups: readonly TrainingGroup[], objective: ObjectiveName = 'grpo') =>
    policy.update(groups, { ...DEFAULT_UPDATE, objective, learningRate: fixture.learningRate, maxTokens });
  /** Groups of what the policy writes, with advantages of both signs. */
  const lesson = async (policy: Policy): Promise<TrainingGroup[]> => {
    const groups = await collect(policy, prompts, { samples: 4, maxTokens, seed: 3 });
    return groups.map((completions, index) => ({
      prompt: prompts[index]!,
      samples: completions.map((completion, sample) => ({ completion, advantage: [1, -1, 0.5, -0.5][sample]! })),
    }));
  };
  const write = (policy: Policy): Promise<Completion[][]> =>
    collect(policy, prompts, { samples: 2, maxTokens, seed: 11 });

  describe(`${name} is trainable`, () => {
    it('reads a text as a completion that is this text and ends', async () => {
      const policy = await create();
      const [[written]] = (await collect(policy, prompts, { maxTokens, temperature: 0 })) as [[Completion]];
      const completion = policy.completionOf(written.text);
      expect(completion.text).toBe(written.text);
      expect(completion.tokenIds).toEqual(written.tokenIds);
      expect(completion.logProbs).toHaveLength(completion.tokenIds.length);
      expect(completion.truncated).toBe(false);
    });

    it.each(['grpo', 'dapo', 'dr-grpo'] as const)(
      'has ratio 1 and finite statistics in its first %s update',
      async (objective) => {
        const policy = await create();
        const statistics = await update(policy, await lesson(policy), objective);
        expect(statistics).toMatchObject({ loss: expect.any(Number), gradientNorm: expect.any(Number) });
        expect(Object.values(statistics).every(Number.isFinite)).toBe(true);
        expect(statistics['clipFraction']).toBe(0);
      },
    );

    it('does not change by an update whose advantages are all 0', async () => {
      const policy = await create();
      const before = await write(policy);
      const groups = await lesson(policy);
      const still = groups.map(({ prompt, samples }) => ({
        prompt,
        samples: samples.map(({ completion }) => ({ completion, advantage: 0 })),
      }));
      const { gradientNorm } = await update(policy, still);
      expect(gradientNorm).toBe(0);
      expect(await write(policy)).toEqual(before);
    });

    it('learns a text by SFT: its loss falls', async () => {
      const policy = await create();
      const greedy = await collect(policy, prompts, { maxTokens, seed: 5 });
      const groups = greedy.map(([completion], index) => ({
        prompt: prompts[index]!,
        samples: [{ completion: policy.completionOf(completion!.text), advantage: 1 }],
      }));
      const losses: number[] = [];
      for (let turn = 0; turn < 4; turn++) losses.push((await update(policy, groups, 'sft'))['loss']!);
      expect(losses[3]).toBeLessThan(losses[0]!);
    });

    it('the same updates give the same policy', async () => {
      const [one, other] = [await create(), await create()];
      for (const policy of [one, other]) await update(policy, await lesson(policy));
      expect(await write(one)).toEqual(await write(other));
      expect(await update(one, await lesson(one))).toEqual(await update(other, await lesson(other)));
    });

    it('is the same after it was saved and opened, and learns on as if it had not been', async () => {
      const policy = await create();
      await update(policy, await lesson(policy));
      const folder = await newFolder();
      await policy.save(folder);
      const reopened = kept(await fixture.open(folder));
      const [before, after] = [(await write(policy)).flat(), (await write(reopened)).flat()];
      expectClose(after, before, tolerance);
      for (let turn = 0; turn < 2; turn++) {
        const groups = await lesson(policy);
        expect(await update(reopened, groups)).toEqual(await update(policy, groups));
      }
    });
  });
}

/** Completions by prompt and sample, [B][G]. */
async function collect(policy: Policy, prompts: readonly Prompt[], options: GenerateOptions): Promise<Completion[][]> {
  const groups: Completion[][] = prompts.map(() => []);
  for await (const { promptIndex, sampleIndex, completion } of policy.generate(prompts, options)) {
    groups[promptIndex]![sampleIndex] = completion;
  }
  return groups;
}

function texts(groups: readonly (readonly Completion[])[]): string[][] {
  return groups.map((group) => group.map(({ text }) => text));
}

function expectClose(left: readonly Completion[], right: readonly Completion[], tolerance: number): void {
  expect(left.map(({ text, tokenIds }) => ({ text, tokenIds }))).toEqual(
    right.map(({ text, tokenIds }) => ({ text, tokenIds })),
  );
  for (const [index, { logProbs }] of left.entries()) {
    for (const [token, value] of logProbs.entries()) {
      expect(Math.abs(value - right[index]!.logProbs[token]!)).toBeLessThanOrEqual(tolerance);
    }
  }
}
