import { cpSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parametersOf } from '../../../src/graph/transformer/parameters.ts';
import { readModelConfig } from '../../../src/policy/folder/model-config.ts';
import { readModel, readModelDescription, writeModel } from '../../../src/policy/folder/model-folder.ts';
import { SafetensorsFile, writeSafetensors } from '../../../src/policy/folder/safetensors.ts';
import { digestsOf, expectedOf, FOLDERS, type FolderName, fixtureFolder, SHAPE } from './fixture.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evom-model-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const configJson = (name: FolderName): Record<string, unknown> =>
  JSON.parse(readFileSync(join(fixtureFolder(name), 'config.json'), 'utf8')) as Record<string, unknown>;

describe.each(FOLDERS)('a folder that transformers wrote, %s', (name) => {
  it('loads to the exact values', async () => {
    const { config, weights } = await readModel(fixtureFolder(name));
    expect(digestsOf(parametersOf(config), weights)).toEqual(expectedOf.folders[name]);
  });

  it.each([
    ['one float32 file', 'F32', 5e9, 1],
    ['float32 shards', 'F32', 6000, 2],
  ] as const)('written by us as %s comes back the same', async (_, format, maxShardBytes, leastFiles) => {
    const model = await readModel(fixtureFolder(name));
    const folder = join(root, `${name}-${leastFiles}`);
    await writeModel(folder, model, { format, maxShardBytes });
    const files = (await readdir(folder)).filter((file) => file.endsWith('.safetensors'));
    expect(files.length).toBeGreaterThanOrEqual(leastFiles);
    const again = await readModel(folder);
    expect(again).toEqual({ ...model, companions: folder });
  });
});

it('config.json is read: tied or not, RoPE, biases and ends', async () => {
  const read = (name: FolderName): ReturnType<typeof readModelDescription> => readModelDescription(fixtureFolder(name));
  expect(await read('smollm')).toEqual({
    config: { ...SHAPE, ropeTheta: 1e5, ropeScaling: null, normEpsilon: 1e-6, isHeadTied: true, hasQkvBias: false },
    ids: { bosId: 1, eosIds: [2], padId: 0 },
  });
  const ropeScaling = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalMaxPositions: 64 };
  expect(await read('llama3')).toEqual({
    config: { ...SHAPE, ropeTheta: 5e5, ropeScaling, normEpsilon: 1e-5, isHeadTied: false, hasQkvBias: false },
    ids: { bosId: 1, eosIds: [2, 5], padId: 0 },
  });
  expect(await read('qwen')).toEqual({
    config: { ...SHAPE, ropeTheta: 1e6, ropeScaling: null, normEpsilon: 1e-6, isHeadTied: true, hasQkvBias: true },
    ids: { bosId: 1, eosIds: [2], padId: 0 },
  });
});

it('the field names of transformers 4 are read too, and its defaults hold', () => {
  const { rope_parameters: rope, num_key_value_heads: _, head_dim: __, ...old } = configJson('llama3');
  const { rope_theta, ...rope_scaling } = rope as Record<string, unknown>;
  const config = readModelConfig({ ...old, rope_theta, rope_scaling });
  expect(config).toEqual({ ...readModelConfig(configJson('llama3')), keyValueHeads: 4 });
});

it.each([
  ['model_type', { model_type: 'mistral', architectures: ['MistralForCausalLM'] }, 'mistral'],
  ['architectures', { architectures: ['LlamaForSequenceClassification'] }, 'LlamaForSequenceClassification'],
  ['attention_bias', { attention_bias: true }, 'true'],
  ['hidden_act', { hidden_act: 'gelu' }, 'gelu'],
  ['use_sliding_window', { use_sliding_window: true }, 'true'],
  ['layer_types', { layer_types: ['full_attention', 'sliding_attention'] }, 'sliding_attention'],
  ['rope_scaling.rope_type', { rope_parameters: { rope_type: 'yarn', rope_theta: 1e4 } }, 'yarn'],
  ['quantization_config', { quantization_config: { bits: 4 } }, 'bits'],
  ['hidden_size', { hidden_size: '16' }, '16'],
  ['head_dim', { head_dim: 3 }, '3'],
  ['num_key_value_heads', { num_key_value_heads: 3 }, '3'],
  ['rms_norm_eps', { rms_norm_eps: -1 }, '-1'],
  ['vocab_size', { vocab_size: undefined }, 'null'],
])('a config.json whose %s would compute something else is refused by that name', (field, change, got) => {
  expect(() => readModelConfig({ ...configJson('llama3'), ...change })).toThrow(
    expect.objectContaining({
      code: expect.stringMatching(/^(unsupported-model|bad-config)$/) as string,
      message: expect.stringMatching(new RegExp(`config\\.json ${field}.*${got}`)) as string,
    }) as Error,
  );
});

describe('a damaged folder', () => {
  const copy = (name: FolderName, to: string): string => {
    const folder = join(root, to);
    cpSync(fixtureFolder(name), folder, { recursive: true });
    return folder;
  };

  it('with a cut shard, a missing shard or no weights is refused by that file', async () => {
    const folder = copy('llama3', 'cut');
    const shard = 'model-00002-of-00003.safetensors';
    await truncate(join(folder, shard), (await stat(join(folder, shard))).size - 2);
    await expect(readModel(folder)).rejects.toMatchObject({
      code: 'bad-safetensors',
      message: expect.stringContaining(shard) as string,
    });
    await rm(join(folder, shard));
    await expect(readModel(folder)).rejects.toMatchObject({
      code: 'no-file',
      message: expect.stringContaining(shard) as string,
    });
    await rm(join(folder, 'model.safetensors.index.json'));
    await expect(readModel(folder)).rejects.toMatchObject({ code: 'no-file' });
    await rm(join(folder, 'config.json'));
    await expect(readModel(folder)).rejects.toThrow(/config\.json/);
  });

  it('whose index leads out of the folder is refused', async () => {
    const folder = copy('llama3', 'index');
    const map = { weight_map: { 'lm_head.weight': '../smollm/model.safetensors' } };
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify(map));
    await expect(readModel(folder)).rejects.toMatchObject({ code: 'bad-safetensors' });
  });

  it('names the tensors that are missing, left over and misshapen', async () => {
    const folder = copy('smollm', 'tensors');
    const values = new Float32Array(15);
    await rm(join(folder, 'model.safetensors'));
    const tensors = ['model.norm.weight', 'model.surplus', 'model.layers.0.self_attn.rotary_emb.inv_freq'];
    await writeSafetensors(
      join(folder, 'model.safetensors'),
      tensors.map((name) => ({ name, shape: [15], values })),
      'F32',
    );
    const failure = (await readModel(folder).catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ code: 'wrong-tensors' });
    expect(failure.message).toMatch(
      /missing 19: .*model\.embed_tokens\.weight.*left over 1: model\.surplus; misshapen 1: model\.norm\.weight \[15\] \(not \[16\]\)/,
    );
  });

  it('whose tied head is another tensor is refused, and one that is the embeddings is not', async () => {
    const folder = copy('smollm', 'tied');
    const { config, weights } = await readModel(folder);
    const tensors = parametersOf(config).map(({ name, shape, offset, size }) => ({
      name,
      shape,
      values: weights.subarray(offset, offset + size),
    }));
    const embeddings = tensors.find(({ name }) => name === 'model.embed_tokens.weight')!;
    const path = join(folder, 'model.safetensors');
    const write = async (values: Float32Array): Promise<void> => {
      await rm(path);
      await writeSafetensors(path, [...tensors, { ...embeddings, name: 'lm_head.weight', values }], 'F32');
    };
    await write(embeddings.values);
    expect((await readModel(folder)).weights).toEqual(weights);
    await write(embeddings.values.map((value) => value + 1));
    await expect(readModel(folder)).rejects.toThrow(/tie_word_embeddings/);
  });
});

it('a model is written beside its tokenizer and replaces only a model folder', async () => {
  const model = await readModel(fixtureFolder('qwen'));
  const companions = join(import.meta.dirname, '..', 'fixtures', 'digits');
  const folder = join(root, 'replaced');
  await writeModel(folder, { ...model, companions }, { format: 'BF16' });
  expect((await readdir(folder)).sort()).toEqual([
    'config.json',
    'generation_config.json',
    'model.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
  ]);
  const file = await SafetensorsFile.open(join(folder, 'model.safetensors'));
  expect(new Set([...file.entries.values()].map(({ format }) => format))).toEqual(new Set(['BF16']));
  await file.close();
  await expect(writeModel(folder, model)).rejects.toMatchObject({ code: 'folder-exists' });
  // Saved over itself: the tokenizer stays.
  await writeModel(folder, { ...model, companions: folder }, { isReplaced: true });
  expect((await readModel(folder)).weights).toEqual(model.weights);
  expect(await readdir(folder)).toContain('tokenizer.json');
  await expect(writeModel(root, model, { isReplaced: true })).rejects.toMatchObject({ code: 'folder-exists' });
  await expect(writeModel(join(folder, 'config.json', 'x'), model)).rejects.toMatchObject({ boundary: 'store' });
});

it('weights of another length are refused', async () => {
  const model = await readModel(fixtureFolder('qwen'));
  const weights = model.weights.slice(1);
  await expect(writeModel(join(root, 'short'), { ...model, weights })).rejects.toMatchObject({ code: 'wrong-length' });
  expect(await readdir(root)).not.toContain('short');
});
