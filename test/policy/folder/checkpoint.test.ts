import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../../src/policy/folder/checkpoint.ts';
import { readModel } from '../../../src/policy/folder/model-folder.ts';
import { fixtureFolder } from './fixture.ts';

let root = '';
let checkpoint: Checkpoint;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-checkpoint-'));
  const model = await readModel(fixtureFolder('llama3'));
  const { length } = model.weights;
  checkpoint = {
    model: { ...model, companions: null },
    firstMoment: Float32Array.from({ length }, (_, i) => Math.sin(i) * 1e-20),
    secondMoment: Float32Array.from({ length }, (_, i) => i * 1e-42),
    reference: Float32Array.from({ length }, (_, i) => Math.cos(i)),
    step: 12,
    state: { random: ['18446744073709551615', 3], learningRate: 0.1 + 0.2 },
  };
  checkpoint.firstMoment.set([-0, 1e-45, Infinity]);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const bits = (vector: Float32Array): Uint32Array => new Uint32Array(vector.buffer, vector.byteOffset, vector.length);

it('comes back bit for bit, twice under one name', async () => {
  const folder = join(root, 'step');
  await writeCheckpoint(folder, { ...checkpoint, step: 11 });
  await writeCheckpoint(folder, checkpoint);
  const read = await readCheckpoint(folder);
  expect(bits(read.model.weights)).toEqual(bits(checkpoint.model.weights));
  expect(bits(read.firstMoment)).toEqual(bits(checkpoint.firstMoment));
  expect(bits(read.secondMoment)).toEqual(bits(checkpoint.secondMoment));
  expect(bits(read.reference!)).toEqual(bits(checkpoint.reference!));
  expect({ ...read, model: null }).toEqual({ ...checkpoint, model: null });
  expect(await readdir(root)).toEqual(['step']);
});

it('has no reference where none was kept', async () => {
  const folder = join(root, 'plain');
  await writeCheckpoint(folder, { ...checkpoint, reference: null });
  expect((await readCheckpoint(folder)).reference).toBeNull();
  expect(await readdir(folder)).not.toContain('reference.safetensors');
});

it('a folder that is no whole checkpoint says what to do', async () => {
  await expect(readCheckpoint(fixtureFolder('smollm'))).rejects.toMatchObject({ code: 'no-checkpoint' });
  const folder = join(root, 'broken');
  await writeCheckpoint(folder, checkpoint);
  const trainer = join(folder, 'trainer.json');
  const content = JSON.parse(readFileSync(trainer, 'utf8')) as object;
  await writeFile(trainer, JSON.stringify({ ...content, schema: 2 }));
  await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'newer-schema' });
  await writeFile(trainer, JSON.stringify({ ...content, step: 1.5 }));
  await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'bad-json' });
  await writeFile(trainer, JSON.stringify(content));
  await writeFile(join(folder, 'optimizer.safetensors'), readFileSync(join(folder, 'model.safetensors')));
  await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'wrong-tensors' });
  await rm(join(folder, 'optimizer.safetensors'));
  await expect(readCheckpoint(folder)).rejects.toMatchObject({ code: 'no-file' });
});

it('state that JSON would change is refused before anything is written', async () => {
  for (const state of [{ x: NaN }, [-0], { x: 1 / 0 }]) {
    await expect(writeCheckpoint(join(root, 'state'), { ...checkpoint, state })).rejects.toMatchObject({
      code: 'bad-state',
    });
  }
  expect(await readdir(root)).not.toContain('state');
});
