import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeCard } from '../pretrain/card.ts';
import { type PretrainStep, pretrain, stepsOf } from '../pretrain/pretrain.ts';
import { findRecipe } from '../pretrain/recipe.ts';
import { writeStartFolder } from '../pretrain/start-folder.ts';
import { EXIT_CODES } from './exit-code.ts';
import { numberOption } from './number-options.ts';
import { wholeNumber } from './options.ts';
import { listenForStop } from './stop.ts';

interface PretrainFlags {
  readonly recipe: string;
  readonly out: string;
  readonly seed?: number;
  readonly steps?: number;
}

/** A line is printed every so many steps; the loss is a mean over so many, of one stage. */
const REPORT_STEPS = 100;

export function pretrainCommand(): Command {
  return new Command('pretrain')
    .description('Make a base policy from synthetic problems: a folder that transformers reads.')
    .requiredOption('--out <folder>', 'where the policy goes')
    .option('--recipe <name>', 'what to make', 'tiny')
    .option(
      '--seed <n>',
      "of the data and the first weights (default: the recipe's)",
      numberOption('seed', { low: Number.MIN_SAFE_INTEGER, isWhole: true }),
    )
    .option('--steps <n>', "of all stages together (default: the recipe's)", wholeNumber('steps'))
    .action(run);
}

async function run(flags: PretrainFlags): Promise<void> {
  const recipe = findRecipe(flags.recipe);
  const { seed = recipe.seed, steps = stepsOf(recipe.stages) } = flags;
  using stop = listenForStop();
  const { size } = await writeStartFolder(recipe, flags.out);
  console.log(`${recipe.name}: ${size} tokens, ${steps} steps, seed ${seed}`);
  const { OnnxPolicy } = await import('../policy/onnx.ts');
  const policy = await OnnxPolicy.create(flags.out, { seed });
  const losses = new LossMeans();
  try {
    const started = performance.now();
    for await (const step of pretrain(policy, recipe, { seed, steps, signal: stop.signal })) {
      losses.add(step);
      const isReported = (step.index + 1) % REPORT_STEPS === 0 || step.index === step.steps - 1;
      if (isReported) console.log(renderStep(step, losses, performance.now() - started));
    }
    await policy.export(flags.out, 'BF16');
  } finally {
    await policy.close();
  }
  const weights = await readFile(join(flags.out, 'model.safetensors'));
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const command = `evom pretrain --recipe ${recipe.name} --seed ${seed} --steps ${steps}`;
  await writeFile(join(flags.out, 'README.md'), writeCard({ recipe, seed, stages: losses.stages(), sha256, command }));
  console.log(`${flags.out}: model.safetensors ${sha256}`);
  if (stop.signal.aborted) process.exitCode = stop.isReaderGone ? 0 : EXIT_CODES.interrupted;
}

/** Means of the last losses, stage by stage. */
class LossMeans {
  readonly #losses = new Map<string, number[]>();

  add({ stage, statistics }: PretrainStep): void {
    const losses = this.#losses.get(stage) ?? [];
    this.#losses.set(stage, losses);
    losses.push(statistics['loss'] ?? Number.NaN);
  }

  of(stage: string): number {
    const last = this.#losses.get(stage)?.slice(-REPORT_STEPS) ?? [];
    return last.reduce((sum, loss) => sum + loss, 0) / last.length;
  }

  /** In the order of the first step. */
  stages(): readonly { readonly name: string; readonly steps: number; readonly loss: number }[] {
    return [...this.#losses].map(([name, losses]) => ({ name, steps: losses.length, loss: this.of(name) }));
  }
}

function renderStep(step: PretrainStep, losses: LossMeans, spentMs: number): string {
  const done = step.index + 1;
  const minutesLeft = ((spentMs / done) * (step.steps - done)) / 60_000;
  return [
    `${step.stage} ${done}/${step.steps}`,
    `loss ${losses.of(step.stage).toFixed(4)}`,
    `learning rate ${step.learningRate.toExponential(1)}`,
    `${Math.ceil(minutesLeft)} min left`,
  ].join(' · ');
}
