import type { JsonObject } from './json-file.ts';

/**
 * The ids that end a completion by a folder's config.json and generation_config.json, each of which names none, one or
 * several. Instruction-tuned models often name the end of a turn in one and the end of a text in the other.
 */
export function endIdsOf(config: JsonObject, generation: JsonObject): readonly number[] {
  const named = [generation['eos_token_id'], config['eos_token_id']].flat();
  return [...new Set(named.filter((id): id is number => Number.isInteger(id)))];
}
