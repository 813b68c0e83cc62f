import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { numberOption } from '../number-options.ts';
import { writeCard } from '../pretrain/card.ts';
import { type PretrainStep, pretrain, shortened, stepsOf } from '../pretrain/pretrain.ts';
import { findRecipe, type Recipe } from '../pretrain/recipe.ts';
import { writeStartFolder } from '../pretrain/start-folder.ts';
import { EXIT_CODES } from './exit-code.ts';
import { wholeNumber } from './options.ts';
import { listenForStop } from './stop.ts';

interface PretrainFlags {
  readonly recipe: string;
  readonly out: string;
  readonly seed?: number;
  readonly steps?: number;
}

/** A checkpoint is kept beside the folder every so many steps, until the folder is done. */
const CHECKPOINT_STEPS = 100;
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
  const checkpoint = checkpointFolder(flags.out, { recipe, seed, steps });
  using stop = listenForStop();
  const { size } = await writeStartFolder(recipe, flags.out);
  const { OnnxPolicy } = await import('../policy/onnx.ts');
  const policy = existsSync(checkpoint)
    ? await OnnxPolicy.open(checkpoint)
    : await OnnxPolicy.create(flags.out, { seed });
  const { steps: taken } = policy;
  console.log(
    `${recipe.name}: ${size} tokens, ${steps} steps, seed ${seed}${taken > 0 ? `, from step ${taken} on` : ''}`,
  );
  const losses = new LossMeans();
  try {
    const started = performance.now();
    for await (const step of pretrain(policy, recipe, { seed, steps, taken, signal: stop.signal })) {
      losses.add(step);
      const isReported = (step.index + 1) % REPORT_STEPS === 0 || step.index === step.steps - 1;
      if (isReported) console.log(renderStep(step, losses, (performance.now() - started) / (step.index + 1 - taken)));
      if ((step.index + 1) % CHECKPOINT_STEPS === 0) await policy.save(checkpoint);
    }
    if (stop.signal.aborted) {
      await policy.save(checkpoint);
      process.exitCode = stop.isReaderGone ? 0 : EXIT_CODES.interrupted;
      console.log(`Stopped at step ${policy.steps}; the same command goes on from there.`);
      return;
    }
    await policy.export(flags.out, 'BF16');
  } finally {
    await policy.close();
  }
  const weights = await readFile(join(flags.out, 'model.safetensors'));
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const command = `evom pretrain --recipe ${recipe.name} --seed ${seed} --steps ${steps}`;
  await writeFile(
    join(flags.out, 'README.md'),
    writeCard({
      recipe: { ...recipe, stages: shortened(recipe.stages, steps) },
      seed,
      stages: losses.stages(recipe),
      sha256,
      command,
    }),
  );
  await rm(checkpoint, { recursive: true, force: true });
  console.log(`${flags.out}: model.safetensors ${sha256}`);
}

/** Beside the folder; another run, or a recipe that has changed, has another one. */
function checkpointFolder(out: string, run: { recipe: Recipe; seed: number; steps: number }): string {
  const name = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 8);
  return join(dirname(out), `.${basename(out)}.${name}`);
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

  /** Null where a stage was learnt before this command began. */
  stages({ stages }: Recipe): readonly { readonly name: string; readonly loss: number | null }[] {
    return stages.map(({ name }) => ({ name, loss: this.#losses.has(name) ? this.of(name) : null }));
  }
}

function renderStep(step: PretrainStep, losses: LossMeans, stepMs: number): string {
  const done = step.index + 1;
  const minutesLeft = (stepMs * (step.steps - done)) / 60_000;
  return [
    `${step.stage} ${done}/${step.steps}`,
    `loss ${losses.of(step.stage).toFixed(4)}`,
    `learning rate ${step.learningRate.toExponential(1)}`,
    `${Math.ceil(minutesLeft)} min left`,
  ].join(' · ');
}
