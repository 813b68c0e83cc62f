/**
 * The safetensors format (huggingface/safetensors, README "Format"): 8 bytes N, little-endian; N bytes of JSON, a name
 * to `{ dtype, shape, data_offsets }`; then the tensors' bytes, without gaps. Tensors are read and written by ranges,
 * so that nothing is in memory twice.
 *
 * Not covered: big-endian machines (the bytes of float32 are taken as they lie).
 */

import { type FileHandle, open } from 'node:fs/promises';
import { EvomError, expected } from '../../errors.ts';
import { narrowToBfloat16, narrowToFloat16, widenBfloat16, widenFloat16 } from './float-formats.ts';
import { isObject, parseJson } from './json-file.ts';

/** The formats that weights are stored in, by their names in the file. */
export const FLOAT_BYTES = { F32: 4, BF16: 2, F16: 2 } as const;
export type FloatFormat = keyof typeof FLOAT_BYTES;

/** One tensor of a file. */
export interface TensorEntry {
  readonly name: string;
  /** {@link FloatFormat}, or another format, which cannot be read here. */
  readonly format: string;
  readonly shape: readonly number[];
  /** Where its bytes lie in the file: [begin, end). */
  readonly begin: number;
  readonly end: number;
}

/** A tensor to write: a view of the weights. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The largest header that the reference reads. */
const MAX_HEADER_BYTES = 100_000_000;

/** Elements that are converted at a time: a few milliseconds of work between two reads. */
const CHUNK = 1 << 18;

/** An open file; its tensors by name. */
export class SafetensorsFile {
  readonly path: string;
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly #handle: FileHandle;

  private constructor(path: string, entries: ReadonlyMap<string, TensorEntry>, handle: FileHandle) {
    this.path = path;
    this.entries = entries;
    this.#handle = handle;
  }

  /** Reads the header and checks that the file is whole. Rejects with `policy/no-file` or `policy/bad-safetensors`. */
  static async open(path: string): Promise<SafetensorsFile> {
    const handle = await open(path).catch((cause: unknown) => {
      const next = 'Name a folder that holds a whole model, or download the file again.';
      throw new EvomError('policy', 'no-file', expected(path, 'a safetensors file', 'no such file', next), { cause });
    });
    try {
      return new SafetensorsFile(path, await readEntries(path, handle), handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Reads a tensor's values into `target`, which has its size. Rejects with `policy/bad-safetensors`. */
  async read({ name, format, begin }: TensorEntry, target: Float32Array): Promise<void> {
    if (format === 'F32') return this.#fill(bytesOf(target), begin);
    const widen = format === 'BF16' ? widenBfloat16 : format === 'F16' ? widenFloat16 : null;
    if (!widen) {
      const next = 'Save the model in one of these formats.';
      throw damaged(this.path, `${name} in ${Object.keys(FLOAT_BYTES).join(', ')}`, format, next);
    }
    const half = new Uint16Array(Math.min(CHUNK, target.length));
    for (let start = 0; start < target.length; start += CHUNK) {
      const part = target.subarray(start, start + CHUNK);
      const source = half.subarray(0, part.length);
      await this.#fill(bytesOf(source), begin + 2 * start);
      widen(source, part);
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #fill(bytes: Uint8Array, position: number): Promise<void> {
    return fill(this.path, this.#handle, bytes, position);
  }
}

/** Writes a file whole, in the order given. The caller makes it durable and gives it its name. */
export async function writeSafetensors(path: string, tensors: readonly Tensor[], format: FloatFormat): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(headerOf(tensors, format));
    for (const { values } of tensors) {
      for (let start = 0; start < values.length; start += CHUNK) {
        await handle.writeFile(encode(values.subarray(start, start + CHUNK), format));
      }
    }
  } finally {
    await handle.close();
  }
}

/** Length and JSON; padded with spaces, so that the data starts at a multiple of 8 bytes. */
function headerOf(tensors: readonly Tensor[], format: FloatFormat): Uint8Array {
  let end = 0;
  const fields = tensors.map(({ name, shape, values }) => {
    const begin = end;
    end += values.length * FLOAT_BYTES[format];
    return [name, { dtype: format, shape, data_offsets: [begin, end] }] as const;
  });
  const json = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(fields) }));
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}

function encode(values: Float32Array, format: FloatFormat): Uint8Array {
  if (format === 'F32') return bytesOf(values);
  const half = new Uint16Array(values.length);
  (format === 'BF16' ? narrowToBfloat16 : narrowToFloat16)(values, half);
  return bytesOf(half);
}

/** Reads and checks the header: every tensor's size is that of its shape, and together they are the file. */
async function readEntries(path: string, handle: FileHandle): Promise<ReadonlyMap<string, TensorEntry>> {
  const { size } = await handle.stat();
  const length = Buffer.alloc(8);
  await fill(path, handle, length, 0);
  const headerBytes = Number(length.readBigUInt64LE());
  if (headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
    throw damaged(path, 'a safetensors file with a whole header', `${size} bytes, header ${headerBytes}`, CUT);
  }
  const header = Buffer.alloc(headerBytes);
  await fill(path, handle, header, 8);
  const dataStart = 8 + headerBytes;
  const entries = Object.entries(parseJson(path, header.toString()))
    .filter(([name]) => name !== '__metadata__')
    .map(([name, fields]) => readEntry(path, name, fields, dataStart))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let position = dataStart;
  for (const { name, begin, end } of entries) {
    if (begin !== position) throw damaged(path, `${name} right after the tensor before it`, [begin, end], RESTORE);
    position = end;
  }
  if (position !== size) throw damaged(path, `${position} bytes long`, size, CUT);
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function readEntry(path: string, name: string, fields: unknown, dataStart: number): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(fields) ? fields : {};
  const [begin, end] = isSizes(offsets) ? offsets : [];
  if (typeof dtype !== 'string' || !isSizes(shape) || begin === undefined || end === undefined || begin > end) {
    throw damaged(path, `${name} with dtype, shape and data_offsets`, fields, RESTORE);
  }
  const bytes = (FLOAT_BYTES as Readonly<Record<string, number>>)[dtype];
  if (bytes !== undefined && shape.reduce((product, length) => product * length, bytes) !== end - begin) {
    throw damaged(path, `${name} of ${dtype} [${shape.join(', ')}]`, `${end - begin} bytes`, RESTORE);
  }
  return { name, format: dtype, shape, begin: dataStart + begin, end: dataStart + end };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

/** Reads until `bytes` are full; a file that ends before is cut. */
async function fill(path: string, handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(bytes.length - done, 4 * CHUNK), position + done);
    if (bytesRead === 0) throw damaged(path, `at least ${position + bytes.length} bytes long`, position + done, CUT);
    done += bytesRead;
  }
}

function bytesOf(view: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

const CUT = 'The file is cut short or damaged: download or copy it again.';
const RESTORE = 'The file is damaged: restore it from where it came.';

function damaged(path: string, what: string, got: unknown, next: string): EvomError {
  return new EvomError('policy', 'bad-safetensors', expected(path, what, got, next));
}
