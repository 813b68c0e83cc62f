/** The folder that pretraining starts from: everything of a model but its weights. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeModelConfig } from '../policy/folder/model-config.ts';
import type { Recipe } from './recipe.ts';
import { type TokenizerFiles, trainTokenizer } from './tokenizer.ts';

/** {@link END_TOKEN} is the first token. */
const IDS = { bosId: null, eosIds: [0], padId: 0 } as const;

/** Writes config.json, generation_config.json, tokenizer.json and tokenizer_config.json; the folder may exist. */
export async function writeStartFolder(recipe: Recipe, folder: string): Promise<TokenizerFiles> {
  const files = trainTokenizer(recipe);
  const config = { ...recipe.architecture, vocabularySize: files.size };
  const contents: Readonly<Record<string, unknown>> = {
    'config.json': writeModelConfig(config, IDS, 'float32'),
    'generation_config.json': { eos_token_id: 0, pad_token_id: 0, do_sample: true, temperature: 1 },
    'tokenizer.json': files.tokenizer,
    'tokenizer_config.json': files.settings,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 1)}\n`);
  }
  return files;
}
