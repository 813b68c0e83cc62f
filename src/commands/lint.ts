import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { EvomError, expected } from '../errors.ts';
import { lintReward, renderLint } from '../reward/lint.ts';
import { createReward, type RewardFunction } from '../reward/reward.ts';
import { EXIT_CODES } from './exit-code.ts';

export function lintCommand(): Command {
  const reward = new Command('reward')
    .description('Run adversarial answers against a reward function and print which pass.')
    .argument('[file]', 'a module whose default export is a RewardFunction; without it, the default reward')
    .action(async (file?: string) => {
      const rows = lintReward(file === undefined ? createReward() : await loadReward(file));
      console.log(renderLint(rows));
      if (rows.some((row) => !row.ok && row.documented === null)) process.exitCode = EXIT_CODES.failure;
    });
  return new Command('lint').description('Check what decides about learning.').addCommand(reward);
}

async function loadReward(file: string): Promise<RewardFunction> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href);
    if (typeof module.default === 'function') return module.default as RewardFunction;
  } catch (cause) {
    throw new EvomError(
      'config',
      'unreadable-reward',
      `Expected \`${file}\` to be a module: ${cause}. Check the path.`,
      { cause },
    );
  }
  throw new EvomError(
    'config',
    'no-reward',
    expected(file, 'a module whose default export is a function', 'none', 'Export one.'),
  );
}
