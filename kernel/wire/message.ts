/**
 * Jupyter messages as frames and back (messaging protocol 5.4, "Wire protocol"). Pure: knows no socket.
 *
 *     identity… · <IDS|MSG> · signature · header · parent header · metadata · content · buffer…
 *
 * The signature is HMAC-SHA-256 over the four JSON frames, in hexadecimal; buffers are not signed.
 */

import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export const PROTOCOL_VERSION = '5.4';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export interface Header extends JsonObject {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export interface Message {
  /** Who sent it, as the router socket knows it; for a publication, its topic. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** The header of the request that this answers; null where there is none. */
  readonly parent: Header | null;
  readonly metadata: JsonObject;
  readonly content: JsonObject;
  readonly buffers: readonly Buffer[];
}

/** Why frames are no message; such frames are dropped, as the protocol asks. */
export type Refusal = 'no-delimiter' | 'missing-frames' | 'bad-signature' | 'no-json' | 'no-header' | 'seen-before';

const DELIMITER = Buffer.from('<IDS|MSG>');
/** Signature, header, parent header, metadata, content. */
const PARTS = 5;
/** Signatures that are remembered, so that nobody replays a message; the oldest go first. */
const REMEMBERED = 65_536;

/** Signs what goes out and checks what comes in. One for each connection: it holds the key and the session's name. */
export class Codec {
  readonly session: string = randomUUID();
  readonly #key: string;
  readonly #seen = new Set<string>();

  /** `key`: the connection file's; empty for none, and then nothing is signed. */
  constructor(key: string) {
    this.#key = key;
  }

  /** The message, or why the frames are none. */
  decode(frames: readonly Buffer[]): Message | Refusal {
    const start = frames.findIndex((frame) => frame.equals(DELIMITER));
    if (start < 0) return 'no-delimiter';
    const parts = frames.slice(start + 1, start + 1 + PARTS);
    if (parts.length < PARTS) return 'missing-frames';
    const [signature, ...signed] = parts as [Buffer, ...Buffer[]];
    if (this.#key !== '') {
      const expected = Buffer.from(this.#sign(signed));
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return 'bad-signature';
      if (this.#wasSeen(signature.toString())) return 'seen-before';
    }
    const [header, parent, metadata, content] = signed.map(readObject);
    if (!header || !parent || !metadata || !content) return 'no-json';
    if (!isHeader(header)) return 'no-header';
    return {
      identities: frames.slice(0, start),
      header,
      parent: isHeader(parent) ? parent : null,
      metadata,
      content,
      buffers: frames.slice(start + 1 + PARTS),
    };
  }

  /** A message of this session as frames. */
  encode({ identities, header, parent, metadata, content, buffers }: Message): Buffer[] {
    const signed = [header, parent ?? {}, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
    return [...identities, DELIMITER, Buffer.from(this.#sign(signed)), ...signed, ...buffers];
  }

  /** A new message's header. */
  header(type: string): Header {
    return {
      msg_id: randomUUID(),
      msg_type: type,
      session: this.session,
      username: 'kernel',
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
  }

  #sign(parts: readonly Buffer[]): string {
    if (this.#key === '') return '';
    const digest = createHmac('sha256', this.#key);
    for (const part of parts) digest.update(part);
    return digest.digest('hex');
  }

  #wasSeen(signature: string): boolean {
    if (this.#seen.has(signature)) return true;
    this.#seen.add(signature);
    if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.values().next().value as string);
    return false;
  }
}

function readObject(frame: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(frame.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

function isHeader(value: JsonObject): value is Header {
  return typeof value['msg_id'] === 'string' && typeof value['msg_type'] === 'string';
}
