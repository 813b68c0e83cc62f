/**
 * What `--resume` needs, in one folder: a model folder in float32 (so transformers loads a checkpoint too), and beside
 * it `optimizer.safetensors` (AdamW's two moments of every parameter, float32, by torch's names `exp_avg.…` and
 * `exp_avg_sq.…`), `reference.safetensors` where there is a π_ref, and `trainer.json`. Vectors come back bit for bit. The folder is there whole or not at all.
 */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EvomError, expected } from '../../errors.ts';
import { parameterCount, parametersOf } from '../../graph/transformer/parameters.ts';
import type { Json } from '../../store/store.ts';
import { readJson, readJsonIfThere } from './json-file.ts';
import { fillModelFolder, type Model, readModel } from './model-folder.ts';
import { publishFolder } from './publish-folder.ts';
import { SafetensorsFile, writeSafetensors } from './safetensors.ts';
import { viewsOf } from './weights.ts';

/** Version of trainer.json's shape. A reader refuses a newer one. */
const CHECKPOINT_SCHEMA = 1;

const OPTIMIZER = 'optimizer.safetensors';
/** Its presence tells a checkpoint from a model folder. */
export const TRAINER = 'trainer.json';
const REFERENCE = 'reference.safetensors';
const FIRST = 'exp_avg.';
const SECOND = 'exp_avg_sq.';

/** A training's state between two steps. */
export interface Checkpoint {
  readonly model: Model;
  /** AdamW's m and v, float32, in the order of the weights. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** π_ref's weights, in the same order; null where there is none. */
  readonly reference: Float32Array | null;
  /** Optimiser steps taken: AdamW's t. */
  readonly step: number;
  /** Whatever else the trainer needs, such as the state of random numbers. Numbers in it are finite. */
  readonly state: Json;
}

/** Writes a checkpoint; one of that name is replaced. No vector may change until it resolves. */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { model, firstMoment, secondMoment, reference, step, state } = checkpoint;
  const parameters = parametersOf(model.config);
  const moments = [...viewsOf(parameters, firstMoment, FIRST), ...viewsOf(parameters, secondMoment, SECOND)];
  const trainer = JSON.stringify({ schema: CHECKPOINT_SCHEMA, step, state }, refuseInexact, 2);
  await publishFolder(folder, { isReplaced: true, marker: TRAINER }, async (temporary) => {
    await fillModelFolder(temporary, model, { format: 'F32' });
    await writeSafetensors(join(temporary, OPTIMIZER), moments, 'F32');
    if (reference) await writeSafetensors(join(temporary, REFERENCE), viewsOf(parameters, reference), 'F32');
    await writeFile(join(temporary, TRAINER), `${trainer}\n`);
  });
}

/** Reads a checkpoint. Rejects as `readModel` does, and with `policy/no-checkpoint` or `policy/newer-schema`. */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const model = await readModel(folder);
  const { step, state } = await readTrainer(folder);
  const parameters = parametersOf(model.config);
  const [firstMoment, secondMoment] = [
    new Float32Array(parameterCount(parameters)),
    new Float32Array(parameterCount(parameters)),
  ];
  await readVectors(join(folder, OPTIMIZER), [
    ...viewsOf(parameters, firstMoment, FIRST),
    ...viewsOf(parameters, secondMoment, SECOND),
  ]);
  const reference = existsSync(join(folder, REFERENCE)) ? new Float32Array(parameterCount(parameters)) : null;
  if (reference) await readVectors(join(folder, REFERENCE), viewsOf(parameters, reference));
  return { model, firstMoment, secondMoment, reference, step, state };
}

/** Fills the tensors from a file of ours. */
async function readVectors(path: string, tensors: ReturnType<typeof viewsOf>): Promise<void> {
  const file = await SafetensorsFile.open(path);
  try {
    for (const { name, shape, values } of tensors) {
      const entry = file.entries.get(name);
      if (entry?.format !== 'F32' || String(entry.shape) !== String(shape)) {
        const what = `a file with ${name}, float32 [${shape.join(', ')}]`;
        const got = entry ? `${entry.format} [${entry.shape.join(', ')}]` : 'no such tensor';
        throw new EvomError('policy', 'wrong-tensors', expected(path, what, got, 'Resume from another checkpoint.'));
      }
      await file.read(entry, values);
    }
  } finally {
    await file.close();
  }
}

async function readTrainer(folder: string): Promise<{ readonly step: number; readonly state: Json }> {
  const path = join(folder, TRAINER);
  if (!(await readJsonIfThere(path))) {
    const next = 'Name a folder that training wrote, or start training from this model instead of resuming.';
    throw new EvomError('policy', 'no-checkpoint', expected('folder', `a checkpoint with ${TRAINER}`, folder, next));
  }
  const { schema, step, state } = await readJson(path);
  if (typeof schema === 'number' && schema > CHECKPOINT_SCHEMA) {
    const what = `a checkpoint of schema ${CHECKPOINT_SCHEMA} or older`;
    throw new EvomError('policy', 'newer-schema', expected(path, what, schema, 'Update evom to resume from it.'));
  }
  if (schema !== CHECKPOINT_SCHEMA || !Number.isSafeInteger(step) || state === undefined) {
    const next = 'Resume from another checkpoint.';
    throw new EvomError('policy', 'bad-json', expected(path, 'a trainer state with step and state', schema, next));
  }
  return { step: step as number, state: state as Json };
}

/** JSON would turn these into something else without a word. */
function refuseInexact(key: string, value: unknown): unknown {
  const isExact = typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0));
  if (isExact && value !== undefined) return value;
  const what = 'a value that JSON keeps exactly';
  throw new EvomError('policy', 'bad-state', expected(key, what, String(value), 'Store such a value as text.'));
}
