/** Folders written here, as transformers loads them. Runs where EVOM_TEST_TORCH names a Python that has transformers. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCheckpoint } from '../../../src/policy/folder/checkpoint.ts';
import { readModel, writeModel } from '../../../src/policy/folder/model-folder.ts';
import type { FloatFormat } from '../../../src/policy/folder/safetensors.ts';
import { expectedOf, type FolderName, fixtureFolder } from './fixture.ts';

const PYTHON = process.env['EVOM_TEST_TORCH'];

/** One line of `fixtures/load.py`. */
interface Loaded {
  readonly dtype: string;
  readonly weights: Readonly<Record<string, string>>;
  readonly ends: number | readonly number[];
  readonly logits: string;
  readonly problems: Readonly<Record<string, readonly string[]>>;
}

/** A model, how it is written, and what transformers must say of the folder. The fixtures' own formats lose nothing. */
const CASES: readonly (readonly [FolderName, FloatFormat, number, string])[] = [
  ['smollm', 'F32', 5e9, 'float32'],
  ['smollm', 'F32', 6000, 'float32'],
  ['llama3', 'F32', 5e9, 'float32'],
  ['llama3', 'BF16', 3000, 'bfloat16'],
  ['qwen', 'F16', 5e9, 'float16'],
  ['qwen', 'F32', 5e9, 'float32'],
];

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-transformers-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function load(folders: readonly string[]): Promise<readonly Loaded[]> {
  const script = join(import.meta.dirname, 'fixtures', 'load.py');
  const environment = { ...process.env, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error' };
  const { stdout } = await promisify(execFile)(PYTHON!, [script, ...folders], { env: environment });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Loaded);
}

describe('transformers', () => {
  it('loads folders written here: equal values, equal logits, nothing missing', {
    timeout: 180_000,
  }, async (context) => {
    if (!PYTHON) return context.skip('EVOM_TEST_TORCH names no Python with transformers');
    const folders: string[] = [];
    for (const [i, [name, format, maxShardBytes]] of CASES.entries()) {
      const folder = join(root, `${name}-${i}`);
      await writeModel(folder, await readModel(fixtureFolder(name)), { format, maxShardBytes });
      folders.push(folder);
    }
    const originals = [...new Set(CASES.map(([name]) => name))];
    const loaded = await load([...folders, ...originals.map(fixtureFolder)]);
    for (const [i, [name, , , dtype]] of CASES.entries()) {
      const original = loaded[folders.length + originals.indexOf(name)]!;
      const { logits, ends } = original;
      expect(loaded[i]).toEqual({ dtype, weights: expectedOf.folders[name], ends, logits, problems: {} });
    }
  });

  it('loads a checkpoint as a model', { timeout: 180_000 }, async (context) => {
    if (!PYTHON) return context.skip('EVOM_TEST_TORCH names no Python with transformers');
    const model = await readModel(fixtureFolder('llama3'));
    const moment = new Float32Array(model.weights.length);
    const folder = join(root, 'checkpoint');
    await writeCheckpoint(folder, {
      ...{ model, firstMoment: moment, secondMoment: moment, reference: null },
      ...{ step: 1, state: null },
    });
    const [loaded] = await load([folder]);
    expect(loaded).toMatchObject({ weights: expectedOf.folders.llama3, ends: [2, 5], problems: {} });
  });
});
