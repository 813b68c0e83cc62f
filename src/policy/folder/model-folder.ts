/**
 * A Hugging Face model folder: config.json, generation_config.json, model.safetensors or its shards, and the tokenizer's
 * files. What is written here is loaded by transformers, TRL and vLLM, and what they write is read here.
 */

import { existsSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parametersOf, type TransformerConfig } from '../../graph/transformer/parameters.ts';
import { endIdsOf } from './end-ids.ts';
import { type JsonObject, readJson, readJsonIfThere } from './json-file.ts';
import { readModelConfig, type SpecialIds, writeModelConfig } from './model-config.ts';
import { publishFolder, recoverFolder } from './publish-folder.ts';
import type { FloatFormat } from './safetensors.ts';
import { readWeights, writeWeights } from './weights.ts';

/** Files that go along when a model is saved: all that is not computed from the weights and their shape. */
const COMPANIONS = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'merges.txt',
  'tokenizer.model',
  'chat_template.jinja',
  'README.md',
  'LICENSE',
] as const;

/** torch's names of the formats. */
const DTYPES = { F32: 'float32', BF16: 'bfloat16', F16: 'float16' } as const;

/** What a folder says of its model, without its weights. */
export interface ModelDescription {
  readonly config: TransformerConfig;
  readonly ids: SpecialIds;
}

/** A model in memory. */
export interface Model extends ModelDescription {
  /** float32, in the order of `parametersOf(config)`. Must not change while it is written. */
  readonly weights: Float32Array;
  /** The folder that its tokenizer's files, README.md and LICENSE are copied from; null for none. */
  readonly companions: string | null;
}

export interface WriteModelOptions {
  /** Default: float32, from which training goes on exactly. */
  readonly format?: FloatFormat;
  /** Default: 5 GB, the hub's habit. */
  readonly maxShardBytes?: number;
  /** Replaces a model folder of that name; default false. */
  readonly isReplaced?: boolean;
}

/** Reads config.json and generation_config.json. Rejects with `policy/…`, naming the file and the field. */
export async function readModelDescription(folder: string): Promise<ModelDescription> {
  await recoverFolder(folder);
  const json = await readJson(join(folder, 'config.json'));
  const generation = (await readJsonIfThere(join(folder, 'generation_config.json'))) ?? {};
  return {
    config: readModelConfig(json),
    ids: {
      bosId: idOf(json['bos_token_id'] ?? generation['bos_token_id']),
      eosIds: endIdsOf(json, generation),
      padId: idOf(json['pad_token_id'] ?? generation['pad_token_id']),
    },
  };
}

/**
 * Reads a whole model; `target` (default: a new vector) takes the weights, float32 [sum of parameter sizes]. Rejects
 * with `policy/no-file`, `bad-json`, `bad-config`, `unsupported-model`, `bad-safetensors` or `wrong-tensors`.
 */
export async function readModel(folder: string, target?: Float32Array): Promise<Model> {
  const description = await readModelDescription(folder);
  const weights = await readWeights(folder, parametersOf(description.config), target);
  return { ...description, weights, companions: folder };
}

/** Writes a folder whole or not at all. Rejects with `store/folder-exists` where it must not be replaced. */
export async function writeModel(folder: string, model: Model, options: WriteModelOptions = {}): Promise<void> {
  const { isReplaced = false } = options;
  await publishFolder(folder, { isReplaced, marker: 'config.json' }, (temporary) =>
    fillModelFolder(temporary, model, options),
  );
}

/** Writes a model's files into a folder that is there, which the caller publishes. */
export async function fillModelFolder(
  folder: string,
  { config, ids, weights, companions }: Model,
  { format = 'F32', maxShardBytes = 5e9 }: WriteModelOptions,
): Promise<void> {
  const generation = companions === null ? null : await readJsonIfThere(join(companions, 'generation_config.json'));
  await writeJson(join(folder, 'config.json'), writeModelConfig(config, ids, DTYPES[format]));
  await writeJson(join(folder, 'generation_config.json'), {
    ...generation,
    bos_token_id: ids.bosId,
    eos_token_id: ids.eosIds.length === 1 ? ids.eosIds[0] : ids.eosIds,
    pad_token_id: ids.padId,
  });
  for (const name of companions === null ? [] : COMPANIONS) {
    const source = join(companions!, name);
    if (existsSync(source)) await copyFile(source, join(folder, name));
  }
  await writeWeights(folder, parametersOf(config), weights, { format, maxShardBytes });
}

async function writeJson(path: string, content: JsonObject): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
}

function idOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}
