/** A policy's folder without its optimiser: the next training on it begins with moments and a π_ref of its own. */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TRAINER } from '../../policy/folder/checkpoint.ts';

/** What a checkpoint has besides the model. */
const TRAINING_FILES: ReadonlySet<string> = new Set([TRAINER, 'optimizer.safetensors', 'reference.safetensors']);

/** Copies the model alone; the new folder is there whole or not at all. */
export async function copyModel(from: string, to: string): Promise<void> {
  const unfinished = `${to}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  for (const name of await modelFiles(from)) await cp(join(from, name), join(unfinished, name));
  await mkdir(dirname(to), { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(unfinished, to);
}

/** SHA-256 over the model's files, the first 12 hexadecimal digits: the same weights and tokenizer, the same hash. */
export async function modelHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await modelFiles(folder)) {
    if (name === 'README.md') continue;
    hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function modelFiles(folder: string): Promise<readonly string[]> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isFile() && !TRAINING_FILES.has(entry.name))
    .map(({ name }) => name)
    .toSorted();
}
