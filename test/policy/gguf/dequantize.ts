/**
 * ggml's tensor formats to float32 (ggml-quants.c, `dequantize_row_…`). A block is 32 values under one float16 scale:
 * Q8_0: scale d, 32 signed bytes q; d·q. Q4_1: scale d, minimum m, 16 bytes of two q each, the lower four bits being
 * the first half of the block; d·q + m.
 */

import { widenFloat16 } from '../../../src/policy/folder/float-formats.ts';

const F32 = 0;
const F16 = 1;
const Q4_1 = 3;
const Q8_0 = 8;
const BLOCK = 32;

/** The first `count` values of `bytes`. */
export function dequantize(bytes: Buffer, type: number, count: number): Float32Array {
  const values = new Float32Array(count);
  if (type === F32) {
    for (let i = 0; i < count; i++) values[i] = bytes.readFloatLE(4 * i);
  } else if (type === F16) {
    widenFloat16(halves(bytes, 0, count), values);
  } else if (type === Q8_0) {
    for (let start = 0, at = 0; start < count; start += BLOCK, at += 34) {
      const [scale = 0] = scales(bytes, at, 1);
      for (let i = 0; i < BLOCK; i++) values[start + i] = scale * bytes.readInt8(at + 2 + i);
    }
  } else if (type === Q4_1) {
    for (let start = 0, at = 0; start < count; start += BLOCK, at += 20) {
      const [scale = 0, minimum = 0] = scales(bytes, at, 2);
      for (let i = 0; i < BLOCK / 2; i++) {
        const pair = bytes[at + 4 + i]!;
        values[start + i] = scale * (pair & 15) + minimum;
        values[start + i + BLOCK / 2] = scale * (pair >> 4) + minimum;
      }
    }
  } else {
    throw new Error(`tensor format ${type} is not one of F32 (0), F16 (1), Q4_1 (3), Q8_0 (8)`);
  }
  return values;
}

function scales(bytes: Buffer, at: number, count: number): Float32Array {
  const values = new Float32Array(count);
  widenFloat16(halves(bytes, at, count), values);
  return values;
}

function halves(bytes: Buffer, at: number, count: number): Uint16Array {
  return Uint16Array.from({ length: count }, (_, i) => bytes.readUInt16LE(at + 2 * i));
}
