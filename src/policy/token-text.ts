/**
 * Tokens to text, whole or as a stream. Byte-level decoding is done here rather than by the library, so that a stream
 * costs the same for each token, and its pieces joined are the whole by construction.
 */

import type { ReferenceTokenizer } from './reference-tokenizer.ts';

/** Pieces of `push` and `end` joined are what decoding all tokens gives; no piece ends inside a character. */
export interface TextStream {
  /** Text that is settled now; empty while a character is incomplete. */
  push(id: number): string;
  /** What is left: nothing, or U+FFFD for an incomplete character. */
  end(): string;
}

export interface TokenText {
  decode(ids: readonly number[]): string;
  stream(): TextStream;
}

/** For `ByteLevel` decoders: each token is bytes, and bytes that are no UTF-8 become U+FFFD as the WHATWG says. */
export function createByteText(tokenizer: ReferenceTokenizer, leftOut: ReadonlySet<number>): TokenText {
  const known = new Map<number, Uint8Array>();
  const bytesOf = (id: number): Uint8Array => {
    const found = known.get(id);
    if (found) return found;
    const bytes = leftOut.has(id) ? NOTHING : tokenBytes(tokenizer.id_to_token(id) ?? '');
    known.set(id, bytes);
    return bytes;
  };
  const stream = (): TextStream => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return { push: (id) => decoder.decode(bytesOf(id), { stream: true }), end: () => decoder.decode() };
  };
  const decode = (ids: readonly number[]): string => {
    const { push, end } = stream();
    return ids.map(push).join('') + end();
  };
  return { decode, stream };
}

/**
 * For every other decoder: a piece is what decoding gains by the new tokens after those of the last piece, and it is
 * held back while it ends in U+FFFD. Costs grow with the square of how long it is held back.
 */
export function createOtherText(tokenizer: ReferenceTokenizer): TokenText {
  const decode = (ids: readonly number[]): string =>
    ids.length === 0 ? '' : tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false });
  const stream = (): TextStream => {
    let settled: readonly number[] = [];
    let held: number[] = [];
    const gain = (): string => decode([...settled, ...held]).slice(decode(settled).length);
    const push = (id: number): string => {
      held.push(id);
      const text = gain();
      if (text === '' || text.endsWith('\ufffd')) return '';
      settled = held;
      held = [];
      return text;
    };
    return { push, end: gain };
  };
  return { decode, stream };
}

const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

/** GPT-2's alphabet: a printable character for each byte, so that tokens can be written in JSON. */
const BYTE_OF: ReadonlyMap<string, number> = new Map(
  (() => {
    const printable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);
    let moved = 256;
    return Array.from({ length: 256 }, (_, byte) => [String.fromCodePoint(printable(byte) ? byte : moved++), byte]);
  })(),
);

/** A token that has a character outside the alphabet is its own UTF-8, as in the reference. */
function tokenBytes(token: string): Uint8Array {
  const bytes = Array.from(token, (character) => BYTE_OF.get(character));
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : encoder.encode(token);
}
