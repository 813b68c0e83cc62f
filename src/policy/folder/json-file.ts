/** JSON files of a model folder. */

import { readFile } from 'node:fs/promises';
import { EvomError, expected } from '../../errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a file that must hold a JSON object. Rejects with `policy/no-file` or `policy/bad-json`. */
export async function readJson(path: string): Promise<JsonObject> {
  const found = await readJsonIfThere(path);
  if (found) return found;
  const next = 'Name a folder that holds a whole model: config.json, model.safetensors and tokenizer.json.';
  throw new EvomError('policy', 'no-file', expected(path, 'a file', 'no such file', next));
}

/** The same; null where there is no such file. */
export async function readJsonIfThere(path: string): Promise<JsonObject | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new EvomError('policy', 'unreadable-file', `Could not read \`${path}\`: ${String(error)}.`, { cause: error });
  }
  return parseJson(path, text);
}

/** Parses the text of `path`. Throws `policy/bad-json`. */
export function parseJson(path: string, text: string): JsonObject {
  let value: unknown;
  let cause: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    cause = error;
  }
  if (isObject(value)) return value;
  const next = 'The file is cut short or damaged: restore it from where it came.';
  throw new EvomError('policy', 'bad-json', expected(path, 'a JSON object', text, next), { cause });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
