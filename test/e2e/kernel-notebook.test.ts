/** A notebook of magics alone, run by Jupyter's own client: the same numbers twice, and by its exported script. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installKernel } from '../../kernel/install.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { evom, shell, testFolder } from './cli.ts';

const SMALL = '--n 4 --max-tokens 160';
const MAGICS = [
  '%problems tiny:1:16',
  '%policy tiny',
  `%generate --solver highs --limit 4 ${SMALL}`,
  '%verify',
  '%reward',
  '%update --algo grpo',
  `%train --solver highs --steps 3 --run notebook --problems-per-step 4 ${SMALL}`,
  '%evaluate --solver highs,ortools --max-tokens 160',
];
/** Every number that the cells made, without what a clock or the execution cache decides. */
const NUMBERS = `
const timeless = (told: Readonly<Record<string, number>>) =>
  Object.entries(told).filter(([name]) => !name.endsWith('Seconds') && name !== 'cached');
console.log(JSON.stringify({
  completions: completions.map(({ text, tokenIds, logProbs }) => [text, tokenIds, logProbs]),
  observations: observations.map(({ outcome, status, objective }) => ({ outcome, status, objective })),
  rewards: [rewards.mean, rewards.score],
  step: timeless(step.statistics),
  training: training.steps.map(({ index, statistics }) => [index, timeless(statistics)]),
  evaluation: evaluation.scores,
}));
`.trim();

const root = testFolder();

function folderFor(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
}

/** Runs the notebook in that folder, in a kernel of its own. Its path, and its numbers. */
async function runNotebook(folder: string): Promise<{ readonly path: string; readonly numbers: unknown }> {
  const path = join(folder, 'loop.ipynb');
  const script = join(PACKAGE_ROOT, 'test/kernel/conformance/run_notebook.py');
  const ran = await shell(`'${findPython()}' '${script}' evom '${path}'`, {
    cwd: folder,
    input: JSON.stringify([...MAGICS, NUMBERS]),
    environment: { JUPYTER_PATH: join(root, 'share', 'jupyter') },
  });
  expect(ran.stderr).not.toContain('Error');
  expect(ran.code).toBe(0);
  return { path, numbers: JSON.parse(ran.stdout) };
}

/** Runs the notebook's script in a folder of its own, with this clone as the package. Its numbers. */
async function runScript(notebook: string, folder: string): Promise<unknown> {
  const file = join(folder, 'loop.ts');
  expect((await evom(['export-script', notebook, '--out', file])).code).toBe(0);
  const library = JSON.stringify(join(PACKAGE_ROOT, 'src/index.ts'));
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll("from 'evom'", `from ${library}`));
  const ran = await shell(`'${process.execPath}' --no-warnings '${file}'`, { cwd: folder });
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout.trim().split('\n').at(-1) as string);
}

test('problems, generate, verify, reward, update, train, evaluate: the same numbers in two kernels and as a script', async () => {
  installKernel({ name: 'evom', place: { kind: 'prefix', folder: root } });
  const folder = folderFor('notebook');
  const { path, numbers } = await runNotebook(folder);
  expect(numbers).toMatchObject({
    completions: { length: 16 },
    observations: { length: 16 },
    training: [
      [0, expect.anything()],
      [1, expect.anything()],
      [2, expect.anything()],
    ],
    evaluation: { length: 2 },
  });
  // In the same folder, as anybody does it: the run is there already, and is gone on with.
  expect((await runNotebook(folder)).numbers).toEqual(numbers);
  expect(await runScript(path, folderFor('script'))).toEqual(numbers);
}, 240_000);
