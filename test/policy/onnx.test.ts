import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_UPDATE } from '../../src/config.ts';
import { OnnxPolicy } from '../../src/policy/onnx.ts';
import type { TrainingGroup } from '../../src/types.ts';
import { PROMPTS, writeMemorisingPolicy } from './memorising-policy.ts';
import { testTrainablePolicy } from './policy-conformance.ts';

let root = '';
let folder = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-onnx-'));
  folder = await writeMemorisingPolicy(root);
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const open = (path: string): Promise<OnnxPolicy> => OnnxPolicy.open(path, { device: 'cpu', threads: 1 });

testTrainablePolicy('OnnxPolicy', {
  create: () => open(folder),
  open,
  prompts: PROMPTS,
  maxTokens: 24,
  stop: ' x',
  learningRate: 1e-3,
  tolerance: 1e-4,
});

/** What the policy would learn from: two samples a prompt, one liked more than the other is not: equal ones do not cancel. */
async function lesson(policy: OnnxPolicy): Promise<TrainingGroup[]> {
  const groups = PROMPTS.map((prompt) => ({ prompt, samples: [] as { completion: never; advantage: number }[] }));
  for await (const { promptIndex, sampleIndex, completion } of policy.generate(PROMPTS, {
    samples: 2,
    maxTokens: 24,
  })) {
    groups[promptIndex]!.samples.push({ completion: completion as never, advantage: sampleIndex === 0 ? 1 : -0.5 });
  }
  return groups;
}

describe('OnnxPolicy', () => {
  it('writes what it has learnt by heart', async () => {
    await using policy = disposable(await open(folder));
    const texts: string[] = [];
    for await (const { promptIndex, completion } of policy.generate(PROMPTS, { temperature: 0, maxTokens: 24 })) {
      texts[promptIndex] = completion.text;
      expect(completion.truncated).toBe(false);
    }
    expect(texts).toEqual(['maximise 3 x + 2 y ;', 'minimise 5 x ;', 'maximise x + 4 y + z ;']);
  });

  it('keeps its reference: KL is 0 at first, grows, and is the same after a checkpoint', async () => {
    await using policy = disposable(await open(folder));
    const options = { ...DEFAULT_UPDATE, learningRate: 1e-3, klWeight: 0.1 };
    const groups = await lesson(policy);
    const first = await policy.update(groups, options);
    expect(first['kl']).toBeLessThan(1e-9);
    await policy.save(join(root, 'kept'));
    await using resumed = disposable(await open(join(root, 'kept')));
    const second = await policy.update(groups, options);
    expect(second['kl']).toBeGreaterThan(1e-8); // ten times what rounding may leave
    expect(await resumed.update(groups, options)).toEqual(second);
  });

  it('gives the same step in whatever order its samples come', async () => {
    await using policy = disposable(await open(folder));
    const groups = await lesson(policy);
    const together = await policy.update(groups, DEFAULT_UPDATE);
    await using other = disposable(await open(folder));
    const apart = await other.update(
      groups.map((group) => ({ ...group, samples: group.samples.toReversed() })),
      DEFAULT_UPDATE,
    );
    expect(apart['gradientNorm']).toBeCloseTo(together['gradientNorm']!, 5);
  });

  it('leaves the event loop alone while it writes and learns', async () => {
    await using policy = disposable(await open(folder));
    const groups = await lesson(policy);
    await policy.update(groups, DEFAULT_UPDATE);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    for (let turn = 0; turn < 5; turn++) await policy.update(groups, DEFAULT_UPDATE);
    delay.disable();
    expect(delay.percentile(99) / 1e6).toBeLessThan(50);
  });

  it('names a device that it does not know', async () => {
    await expect(OnnxPolicy.open(folder, { device: 'tpu' })).rejects.toMatchObject({ code: 'unknown-device' });
  });
});

function disposable(policy: OnnxPolicy): OnnxPolicy & AsyncDisposable {
  return Object.assign(policy, { [Symbol.asyncDispose]: () => policy.close() });
}
