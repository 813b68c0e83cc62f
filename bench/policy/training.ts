/**
 * An optimiser step on the same groups from the same weights: loss, gradients, clipping, AdamW. Our clock holds packing
 * and statistics; torch's begins with its tensors padded, and takes the threads and the micro-batch that are fastest for it.
 */

import { DEFAULT_UPDATE } from '../../src/config.ts';
import { Runtime } from '../../src/graph/runtime/runtime.ts';
import type { PackedGroup } from '../../src/graph/transformer/pack.ts';
import { PARAMETERS, Trainer } from '../../src/policy/train/trainer.ts';
import type { Batch, BenchmarkModel } from './models.ts';
import type { Reference } from './reference.ts';
import { compare, type Settings, threadChoices, timed } from './rounds.ts';

/** onnxruntime's arena grows in the first steps. */
const WARM_UP = 3;
const UPDATE = { ...DEFAULT_UPDATE, weightDecay: 0.01 } as const;

interface TorchStep {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly loss: number;
  readonly gradientNorm: number;
}

interface TorchReady {
  /** From the weights as they were given. */
  readonly first: TorchStep;
  /** Milliseconds of a step by threads and rows of a micro-batch, and the fastest of them. */
  readonly tried: Readonly<Record<string, number>>;
  readonly best: string;
}

export async function benchmarkTraining(
  model: BenchmarkModel,
  reference: Reference,
  settings: Settings,
): Promise<void> {
  for (const batch of model.batches) await benchmarkBatch(model, batch, reference, settings);
}

async function benchmarkBatch(
  { title, folder, config, weights }: BenchmarkModel,
  batch: Batch,
  reference: Reference,
  settings: Settings,
): Promise<void> {
  await using runtime = await Runtime.start({ threads: settings.threads, device: 'cpu' });
  await runtime.allocate(PARAMETERS, 'float32', weights.length);
  await runtime.write(PARAMETERS, weights);
  const trainer = new Trainer(runtime, config, null);
  const step = async () => trainer.update(batch.groups, UPDATE);
  const first = await step();
  for (let index = 1; index < WARM_UP; index++) await step();
  const { learningRate, weightDecay, clipLow, clipHigh, maxGradientNorm } = UPDATE;
  const update = { learningRate, weightDecay, clipLow, clipHigh, maxGradientNorm };
  const ready = await reference.ask<TorchReady>({
    do: 'prepare_training',
    folder,
    groups: batch.groups.map(plain),
    update,
    threads: threadChoices(settings),
  });
  const evom = async () => {
    const { wallMs, cpuMs } = await timed(step);
    return { wallMs, columns: { 'CPU ms': cpuMs } };
  };
  const torch = async () => {
    const { wallMs, cpuMs } = await reference.ask<TorchStep>({ do: 'train' });
    return { wallMs, columns: { 'CPU ms': cpuMs } };
  };
  const arms = [
    { name: 'evom', measure: evom },
    { name: 'torch', measure: torch },
  ];
  const criteria = [{ against: 'torch', as: 'time', bound: batch.bound }] as const;
  await compare(`Training step: ${title}\n${batch.title}`, arms, criteria, settings);
  const difference = (name: 'loss' | 'gradientNorm'): string =>
    `${name} ${first[name]?.toPrecision(7)} and ${ready.first[name].toPrecision(7)}`;
  const tried = Object.entries(ready.tried).map(([rows, wallMs]) => `${rows}: ${wallMs.toFixed(0)} ms`);
  console.log(`first step, evom and torch: ${difference('loss')}, ${difference('gradientNorm')}`);
  console.log(`torch takes ${ready.best} (${tried.join('; ')})`);
}

function plain({ promptTokenIds, completions }: PackedGroup): unknown {
  return {
    prompt: Array.from(promptTokenIds),
    completions: completions.map(({ tokenIds, oldLogProbs, advantages, weights }) => ({
      tokens: Array.from(tokenIds),
      oldLogProbs: Array.from(oldLogProbs ?? []),
      advantages: Array.from(advantages ?? []),
      weights: Array.from(weights ?? []),
    })),
  };
}
