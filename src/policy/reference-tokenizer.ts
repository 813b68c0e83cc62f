/**
 * The library's tokenizer made equal to the reference, Python's `tokenizers`. Two of its pre-tokenizers differ:
 * - `Digits` splits at \p{Nd}'s ASCII part only, the reference at every \p{N}, such as `²`, `½` or `٣`;
 * - `ByteLevel`'s own regular expression uses JavaScript's `\s`, in which U+FEFF is white space and U+0085 is not.
 * Both are rewritten as `Split`, whose regular expressions the library translates with the reference's meaning.
 */

import * as library from '@huggingface/tokenizers';
import { EvomError } from '../errors.ts';
import { isObject, type JsonObject } from './folder/json-file.ts';

/** What is used of the library, whose own types do not resolve under `nodenext`. */
export interface ReferenceTokenizer {
  encode(text: string, options: { readonly add_special_tokens: boolean }): { readonly ids: number[] };
  decode(
    ids: readonly number[],
    options: { readonly skip_special_tokens: boolean; readonly clean_up_tokenization_spaces: boolean },
  ): string;
  token_to_id(token: string): number | undefined;
  id_to_token(id: number): string | undefined;
  get_vocab(): Map<string, number>;
}

/** GPT-2's regular expression, which `ByteLevel` applies where `use_regex` is not false. */
const BYTE_LEVEL_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** Makes the tokenizer of tokenizer.json and tokenizer_config.json. Throws `policy/bad-tokenizer`. */
export function createReferenceTokenizer(tokenizer: JsonObject, settings: JsonObject): ReferenceTokenizer {
  const parts = {
    normalizer: null,
    post_processor: null,
    decoder: null,
    added_tokens: [],
    ...tokenizer,
    pre_tokenizer: isObject(tokenizer['pre_tokenizer']) ? rewrite(tokenizer['pre_tokenizer']) : null,
  };
  try {
    const Library: new (tokenizer: object, settings: object) => ReferenceTokenizer = library.Tokenizer;
    return new Library(parts, settings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const next = 'Save the tokenizer again with a current transformers, or use another model folder.';
    throw new EvomError('policy', 'bad-tokenizer', `Could not read tokenizer.json: ${reason}. ${next}`, {
      cause: error,
    });
  }
}

function rewrite(pre: JsonObject): JsonObject {
  const { type } = pre;
  if (type === 'Sequence' && Array.isArray(pre['pretokenizers'])) {
    return { ...pre, pretokenizers: pre['pretokenizers'].filter(isObject).map(rewrite) };
  }
  if (type === 'Digits') return splitAt(pre['individual_digits'] === true ? String.raw`\p{N}` : String.raw`\p{N}+`);
  if (type === 'ByteLevel' && pre['use_regex'] !== false && pre['add_prefix_space'] !== true) {
    return { type: 'Sequence', pretokenizers: [splitAt(BYTE_LEVEL_PATTERN), { ...pre, use_regex: false }] };
  }
  return pre;
}

function splitAt(pattern: string): JsonObject {
  return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false };
}
