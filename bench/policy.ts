/**
 * Training and generation against torch, transformers and TRL, on the same weights in the same run:
 *   training     an optimiser step: our trainer against torch eager, on sequences of equal length and on a ragged batch
 *   generation   our token loop against transformers' `generate` with its cache
 *   step         a whole GRPO step of 16 problems × 8: `train()` with our verifier, against TRL's GRPOTrainer with a
 *                reward that starts a Python for each program, and with our pool as its reward
 * Arms take turns in every round, so that a machine whose speed drifts does not favour one. Quote the ratios, and
 * those of a quiet machine alone: the load is printed, and torch gets as many threads, up to N, as are fastest for it.
 *
 * Needs a Python with torch, transformers and trl, named by EVOM_TORCH; exit code 2 where there is none.
 *
 * Options: --rounds N (5), --only training|generation|step, --policy DIR for the step (policies/tiny), --threads N (2;
 * for the step also the programs that run at the same time).
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchmarkGeneration } from './policy/generation.ts';
import { createModels } from './policy/models.ts';
import { findTorch, Reference, torchMissing } from './policy/reference.ts';
import { benchmarkStep } from './policy/step.ts';
import { benchmarkTraining } from './policy/training.ts';

/** Load above which nothing is judged, whatever the ratios: they are still printed. */
const QUIET_LOAD = 0.7;
const PARTS = ['training', 'generation', 'step'] as const;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    policy: { type: 'string', default: new URL('../policies/tiny', import.meta.url).pathname },
    threads: { type: 'string', default: '2' },
  },
});
const [load = 0] = loadavg();
const settings = { rounds: Number(values.rounds), threads: Number(values.threads), isQuiet: load < QUIET_LOAD };
const isChosen = (part: (typeof PARTS)[number]): boolean => values.only === undefined || values.only === part;
const python = findTorch();

if (values.only !== undefined && !PARTS.some((part) => part === values.only)) {
  console.error(`Expected \`--only\` to be one of ${PARTS.join(', ')}, got \`${values.only}\`.`);
  process.exitCode = 2;
} else if (python === null) {
  console.error(torchMissing());
  process.exitCode = 2;
} else {
  await benchmark(python);
}

async function benchmark(python: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'evom-bench-'));
  try {
    await using reference = await Reference.start(python, settings.threads);
    console.log(
      `${reference.versions}; Node ${process.version}; ${settings.rounds} rounds, ${settings.threads} threads; load ${load.toFixed(2)}`,
    );
    if (isChosen('training') || isChosen('generation')) {
      for (const model of await createModels(folder)) {
        if (isChosen('training')) await benchmarkTraining(model, reference, settings);
        if (isChosen('generation')) await benchmarkGeneration(model, reference, settings);
      }
    }
    if (!isChosen('step')) return;
    if (existsSync(join(values.policy, 'config.json'))) await benchmarkStep(values.policy, reference, settings);
    else console.log(`\nNo GRPO step: there is no policy at ${values.policy}. Name one by --policy.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
