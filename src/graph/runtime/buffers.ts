/** Named arrays that stay where they are. Everything that runs reads and writes them in place. */

import { EvomError, expected } from '../../errors.ts';
import { arrayOf, type DataType, release, type TensorData } from '../tensor.ts';
import type { CopyPiece } from './protocol.ts';

interface Buffer {
  readonly type: DataType;
  readonly data: TensorData;
}

export class Buffers {
  readonly #buffers = new Map<string, Buffer>();

  /** Zeros. A buffer of that name gives way. `size` in elements. */
  allocate(name: string, type: DataType, size: number): void {
    this.#buffers.delete(name);
    this.#buffers.set(name, { type, data: arrayOf(type, new (arrayKind(type))(size)) });
  }

  free(name: string): void {
    const buffer = this.#buffers.get(name);
    this.#buffers.delete(name);
    if (buffer) release(buffer.data);
  }

  typeOf(name: string): DataType {
    return this.#get(name).type;
  }

  /** The elements themselves, not a copy. */
  view(name: string, offset: number, size: number): TensorData {
    const { data } = this.#get(name);
    if (offset < 0 || size < 0 || offset + size > data.length)
      throw new EvomError(
        'policy',
        'buffer-range',
        expected(
          `${name}[${offset}, ${offset + size})`,
          `within ${data.length} elements`,
          offset + size,
          'Allocate a larger buffer.',
        ),
      );
    return data.subarray(offset, offset + size);
  }

  write(name: string, offset: number, data: TensorData): void {
    const target = this.view(name, offset, data.length);
    if (target.constructor !== data.constructor)
      throw new EvomError(
        'policy',
        'buffer-type',
        expected(`data for ${name}`, `of type ${this.typeOf(name)}`, data.constructor.name, 'Convert it first.'),
      );
    (target as Float32Array).set(data as Float32Array);
  }

  fill(name: string, offset: number, size: number, value: number): void {
    const target = this.view(name, offset, size);
    if (target instanceof BigInt64Array || target instanceof BigUint64Array) target.fill(BigInt(value));
    else target.fill(value);
  }

  /** Pieces may overlap within one buffer; they are copied one after the other. */
  copy(from: string, to: string, pieces: readonly CopyPiece[]): void {
    const [source, target] = [this.#get(from), this.#get(to)];
    if (source.type !== target.type)
      throw new EvomError(
        'policy',
        'buffer-type',
        expected(`type of ${to}`, source.type, target.type, 'Copy between buffers of one type.'),
      );
    for (const piece of pieces) {
      const { fromOffset, toOffset, length, count, fromStride, toStride } = piece;
      this.view(from, fromOffset, (count - 1) * fromStride + length);
      this.view(to, toOffset, (count - 1) * toStride + length);
      const [read, written] = [source.data as Float32Array, target.data as Float32Array];
      for (let index = 0; index < count; index++) {
        const start = fromOffset + index * fromStride;
        written.set(read.subarray(start, start + length), toOffset + index * toStride);
      }
    }
  }

  #get(name: string): Buffer {
    const buffer = this.#buffers.get(name);
    if (buffer) return buffer;
    throw new EvomError(
      'policy',
      'buffer-unknown',
      expected('buffer', `one of ${[...this.#buffers.keys()].join(', ') || 'none'}`, name, 'Allocate it first.'),
    );
  }
}

function arrayKind(type: DataType): new (size: number) => TensorData {
  return arrayOf(type, []).constructor as new (
    size: number,
  ) => TensorData;
}
