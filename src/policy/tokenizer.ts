/**
 * A folder's tokenizer: `tokenizer.json` and `tokenizer_config.json`, read by @huggingface/tokenizers and held equal to
 * the reference (Python's `tokenizers`) by a fixture of 1000 strings. Text is never tidied after decoding: what
 * `clean_up_tokenization_spaces` does would change programs.
 *
 * Not covered: regular expressions that the library cannot translate (its README lists them); the Unicode versions of
 * Node and of the reference may differ in the newest characters; a text that quotes a special token's text has that
 * token.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endIdsOf } from './folder/end-ids.ts';
import { isObject, type JsonObject, readJson, readJsonIfThere } from './folder/json-file.ts';
import { createReferenceTokenizer } from './reference-tokenizer.ts';
import { createByteText, createOtherText, type TextStream } from './token-text.ts';

/** Text to tokens and back. */
export interface PolicyTokenizer {
  /** The largest token id + 1. A model's vocabulary may be padded beyond it. */
  readonly size: number;
  /** Texts of the tokens that tokenizer_config.json names. */
  readonly bosToken: string | null;
  readonly eosToken: string | null;
  /** Fills rows of a batch; where the folder names none, the first end token. */
  readonly padId: number | null;
  /** Ids that end a completion: those of generation_config.json, config.json and tokenizer_config.json together. */
  readonly eosIds: readonly number[];
  /** Ids that decoding leaves out. */
  readonly specialIds: ReadonlySet<number>;
  /** Jinja source; null where the folder has none. */
  readonly chatTemplate: string | null;
  /**
   * Token ids of a text. `addSpecialTokens` (default true, as in the reference) applies the tokenizer's own template;
   * turn it off for text that a chat template wrote, which holds its beginning token already.
   */
  encode(text: string, options?: { readonly addSpecialTokens?: boolean }): number[];
  /** The text of the tokens, special ones left out; bytes that are no UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string;
  /** Decodes token by token: the pieces joined are what `decode` gives. */
  stream(): TextStream;
  /** Id of a token by its exact text (as in the vocabulary); null where there is none. */
  idOf(token: string): number | null;
}

/** What a tokenizer is made of. */
export interface TokenizerParts {
  /** tokenizer.json. */
  readonly tokenizer: JsonObject;
  /** tokenizer_config.json. */
  readonly settings: JsonObject;
  readonly chatTemplate?: string | null;
  readonly endIds?: readonly number[];
}

/** Reads a model folder's tokenizer. Rejects with `policy/no-file`, `policy/bad-json` or `policy/bad-tokenizer`. */
export async function readTokenizer(folder: string): Promise<PolicyTokenizer> {
  const [tokenizer, settings, config, generation] = await Promise.all([
    readJson(join(folder, 'tokenizer.json')),
    readJsonIfThere(join(folder, 'tokenizer_config.json')),
    readJsonIfThere(join(folder, 'config.json')),
    readJsonIfThere(join(folder, 'generation_config.json')),
  ]);
  const chatTemplate = await readFile(join(folder, 'chat_template.jinja'), 'utf8').catch(() => null);
  return createTokenizer({
    tokenizer,
    settings: settings ?? {},
    chatTemplate: chatTemplate ?? templateOf(settings?.['chat_template']),
    endIds: endIdsOf(config ?? {}, generation ?? {}),
  });
}

/** A tokenizer from its parts. Throws `policy/bad-tokenizer`. */
export function createTokenizer({ tokenizer, settings, chatTemplate, endIds = [] }: TokenizerParts): PolicyTokenizer {
  const reference = createReferenceTokenizer(tokenizer, settings);
  const idOf = (token: string): number | null => reference.token_to_id(token) ?? null;
  const namedId = (name: string): number | null => {
    const token = tokenOf(settings[name]);
    return token === null ? null : idOf(token);
  };
  const specialIds = specialIdsOf(tokenizer['added_tokens']);
  const eosIds = [...new Set([...endIds, namedId('eos_token')])].filter((id) => id !== null);
  const isByteLevel = isObject(tokenizer['decoder']) && tokenizer['decoder']['type'] === 'ByteLevel';
  const { decode, stream } = isByteLevel ? createByteText(reference, specialIds) : createOtherText(reference);
  return {
    size:
      reference
        .get_vocab()
        .values()
        .reduce((largest, id) => Math.max(largest, id), -1) + 1,
    bosToken: tokenOf(settings['bos_token']),
    eosToken: tokenOf(settings['eos_token']),
    padId: namedId('pad_token') ?? eosIds[0] ?? null,
    eosIds,
    specialIds,
    chatTemplate: chatTemplate ?? null,
    encode: (text, options) => reference.encode(text, { add_special_tokens: options?.addSpecialTokens ?? true }).ids,
    decode,
    stream,
    idOf,
  };
}

/** tokenizer_config.json gives a token as its text or as `{ content }`. */
function tokenOf(value: unknown): string | null {
  const text = isObject(value) ? value['content'] : value;
  return typeof text === 'string' ? text : null;
}

/** One template, or several by name, of which `default` is meant. */
function templateOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  const named = value.filter(isObject).find(({ name }) => name === 'default')?.['template'];
  return typeof named === 'string' ? named : null;
}

function specialIdsOf(added: unknown): ReadonlySet<number> {
  const tokens = Array.isArray(added) ? added.filter(isObject) : [];
  return new Set(tokens.filter(({ special }) => special === true).map(({ id }) => Number(id)));
}
