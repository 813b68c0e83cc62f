/**
 * A model folder's weights, `model.safetensors` or its shards, to and from one flat float32 vector in the order of
 * `parametersOf(config)`.
 */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EvomError, expected } from '../../errors.ts';
import { EMBEDDING, HEAD, type Parameter, parameterCount } from '../../graph/transformer/parameters.ts';
import { isObject, readJson } from './json-file.ts';
import {
  FLOAT_BYTES,
  type FloatFormat,
  SafetensorsFile,
  type Tensor,
  type TensorEntry,
  writeSafetensors,
} from './safetensors.ts';

const SINGLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';

/** RoPE's tables, which old checkpoints hold though config.json says them. */
const LEFT_OUT = /\.rotary_emb\.inv_freq$/;

/**
 * Reads all parameters into `target` (default: a new vector), float32 [sum of sizes]. Every parameter must be there in
 * its shape, and nothing else: rejects with `policy/wrong-tensors` naming those missing, left over and misshapen.
 */
export async function readWeights(
  folder: string,
  parameters: readonly Parameter[],
  target: Float32Array = new Float32Array(parameterCount(parameters)),
): Promise<Float32Array> {
  const views = viewsOf(parameters, target);
  const files = await openAll(folder);
  try {
    const places = new Map(files.flatMap((file) => [...file.entries].map(([name, entry]) => [name, { file, entry }])));
    checkTensors(folder, views, places);
    for (const { name, values } of views) {
      const { file, entry } = places.get(name)!;
      await file.read(entry, values);
    }
    const head = places.get(HEAD);
    const embedding = views.find(({ name }) => name === EMBEDDING);
    if (head && embedding && !views.some(({ name }) => name === HEAD)) await checkTied(head, embedding);
    return target;
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

/** How weights are stored. */
export interface WeightsFormat {
  readonly format: FloatFormat;
  /** A file grows no larger than this, unless one tensor is; more than one file has an index. */
  readonly maxShardBytes: number;
}

/** Writes the parameters into `folder`. `weights` must not change until it resolves. */
export async function writeWeights(
  folder: string,
  parameters: readonly Parameter[],
  weights: Float32Array,
  { format, maxShardBytes }: WeightsFormat,
): Promise<void> {
  const tensors = viewsOf(parameters, weights);
  const bytes = FLOAT_BYTES[format];
  const shards = shardsOf(tensors, Math.floor(maxShardBytes / bytes));
  const count = String(shards.length).padStart(5, '0');
  const names = shards.map((_, i) => `model-${String(i + 1).padStart(5, '0')}-of-${count}.safetensors`);
  if (shards.length === 1) names[0] = SINGLE;
  for (const [i, shard] of shards.entries()) await writeSafetensors(join(folder, names[i]!), shard, format);
  if (shards.length === 1) return;
  const index = {
    metadata: { total_parameters: weights.length, total_size: weights.length * bytes },
    weight_map: Object.fromEntries(shards.flatMap((shard, i) => shard.map(({ name }) => [name, names[i]!]))),
  };
  await writeFile(join(folder, INDEX), `${JSON.stringify(index, null, 2)}\n`);
}

/** A vector's parameters by name; `prefix` tells several vectors in one file apart. */
export function viewsOf(parameters: readonly Parameter[], vector: Float32Array, prefix = ''): readonly Tensor[] {
  if (vector.length !== parameterCount(parameters)) {
    const next = 'Pass the vector that belongs to this configuration.';
    const what = `${parameterCount(parameters)} values long`;
    throw new EvomError('policy', 'wrong-length', expected('weights', what, vector.length, next));
  }
  return parameters.map(({ name, shape, offset, size }) => ({
    name: prefix + name,
    shape,
    values: vector.subarray(offset, offset + size),
  }));
}

/** The tensors in order, cut before the one that would make a file too large. */
function shardsOf(tensors: readonly Tensor[], maxValues: number): readonly (readonly Tensor[])[] {
  const shards: Tensor[][] = [];
  let values = Infinity;
  for (const tensor of tensors) {
    if (values + tensor.values.length > maxValues) {
      shards.push([]);
      values = 0;
    }
    shards.at(-1)!.push(tensor);
    values += tensor.values.length;
  }
  return shards;
}

/** Opens the single file, or every shard that the index names. */
async function openAll(folder: string): Promise<readonly SafetensorsFile[]> {
  const names =
    existsSync(join(folder, SINGLE)) || !existsSync(join(folder, INDEX)) ? [SINGLE] : await shardNames(folder);
  const opened = await Promise.allSettled(names.map((name) => SafetensorsFile.open(join(folder, name))));
  const files = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = opened.find((result) => result.status === 'rejected');
  if (!failure) return files;
  await Promise.all(files.map((file) => file.close()));
  throw failure.reason;
}

async function shardNames(folder: string): Promise<readonly string[]> {
  const path = join(folder, INDEX);
  const map = (await readJson(path))['weight_map'];
  const names = isObject(map) ? [...new Set(Object.values(map))] : [];
  // A name is a file of this folder: an index must not lead elsewhere.
  const isName = (name: unknown): name is string => typeof name === 'string' && /^[^/\\]+\.safetensors$/.test(name);
  if (names.length > 0 && names.every(isName)) return names;
  const next = 'Restore the index from where the model came.';
  throw new EvomError('policy', 'bad-safetensors', expected(path, 'a weight_map to files of the folder', map, next));
}

/** Where a tensor lies. */
interface Place {
  readonly file: SafetensorsFile;
  readonly entry: TensorEntry;
}

function checkTensors(folder: string, wanted: readonly Tensor[], found: ReadonlyMap<string, Place>): void {
  const names = new Set(wanted.map(({ name }) => name));
  const missing = [...names].filter((name) => !found.has(name));
  const extra = [...found.keys()].filter((name) => !names.has(name) && name !== HEAD && !LEFT_OUT.test(name));
  const misshapen = wanted.flatMap(({ name, shape }) => {
    const got = found.get(name)?.entry.shape;
    return !got || String(got) === String(shape) ? [] : [`${name} [${got.join(', ')}] (not [${shape.join(', ')}])`];
  });
  const faults = [...list('missing', missing), ...list('left over', extra), ...list('misshapen', misshapen)].join('; ');
  if (faults === '') return;
  const message = `Expected \`${folder}\` to hold the tensors of its config.json, got ${faults}.`;
  const next = 'Check that config.json and the weights are of the same model.';
  throw new EvomError('policy', 'wrong-tensors', `${message} ${next}`);
}

/** The first names of a kind of fault, and how many there are. */
function list(title: string, names: readonly string[]): readonly string[] {
  const shown = names.length > 5 ? [...names.slice(0, 5), '…'] : names;
  return names.length === 0 ? [] : [`${title} ${names.length}: ${shown.join(', ')}`];
}

/** Where config.json ties the head, a head in the file must be the embedding: else the two say different models. */
async function checkTied({ file, entry }: Place, { shape, values }: Tensor): Promise<void> {
  const isAlike = String(entry.shape) === String(shape);
  const head = new Float32Array(isAlike ? values.length : 0);
  if (isAlike) await file.read(entry, head);
  if (isAlike && head.every((value, i) => Object.is(value, values[i]))) return;
  const next = 'Set `tie_word_embeddings` to false in config.json, or remove the head from the file.';
  const what = `equal to ${EMBEDDING}, because config.json ties them`;
  throw new EvomError('policy', 'wrong-tensors', expected(HEAD, what, 'another tensor', next));
}
