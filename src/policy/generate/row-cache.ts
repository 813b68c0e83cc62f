/**
 * Keys and values of the sequences under way, one row each, in the runtime's thread. Row r of a layer is [KV, S, D] at
 * r·KV·S·D, so that the first B rows are one tensor [B, KV, S, D] without a copy.
 *
 * S, the capacity, follows the longest row: short sequences do not read over room kept for long ones. Growing moves the
 * rows within their buffers.
 */

import type { BufferView, CopyPiece } from '../../graph/runtime/protocol.ts';
import type { Runtime } from '../../graph/runtime/runtime.ts';
import type { TransformerConfig } from '../../graph/transformer/parameters.ts';

/** Capacities are multiples of this. */
const CAPACITY_STEP = 32;

export class RowCache {
  readonly rows: number;
  readonly #runtime: Runtime;
  readonly #config: TransformerConfig;
  readonly #prefix: string;
  readonly #scratchSizes = new Map<string, number>();
  #capacity = 0;

  private constructor(runtime: Runtime, config: TransformerConfig, prefix: string, rows: number) {
    this.#runtime = runtime;
    this.#config = config;
    this.#prefix = prefix;
    this.rows = rows;
  }

  /** Room for `rows` sequences of at most `positions` tokens. `prefix` keeps it apart from others' buffers. */
  static async allocate(
    runtime: Runtime,
    config: TransformerConfig,
    options: { readonly prefix: string; readonly rows: number; readonly positions: number },
  ): Promise<RowCache> {
    const cache = new RowCache(runtime, config, options.prefix, options.rows);
    const size = options.rows * cache.#rowSize(capacityFor(options.positions));
    await Promise.all(cache.#names().map((name) => runtime.allocate(`${options.prefix}${name}`, 'float32', size)));
    return cache;
  }

  /** Feeds `key.l` and `value.l` of the first `rows` rows. */
  feeds(rows: number): Readonly<Record<string, BufferView>> {
    const { keyValueHeads, headSize } = this.#config;
    const shape = [rows, keyValueHeads, this.#capacity, headSize];
    return Object.fromEntries(this.#names().map((name) => [name, { buffer: `${this.#prefix}${name}`, shape }]));
  }

  /** S; where it changes, only what {@link reserve} was told to keep is kept. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Makes rows hold `positions` tokens each, and little more. The first rows keep their first `lengths` tokens. */
  async reserve(positions: number, lengths: readonly number[]): Promise<void> {
    const capacity = capacityFor(positions);
    if (capacity === this.#capacity) return;
    const isGrowing = capacity > this.#capacity;
    const { keyValueHeads, headSize } = this.#config;
    const [before, after] = [this.#capacity * headSize, capacity * headSize];
    const pieces = lengths.flatMap((length, row) =>
      Array.from({ length: keyValueHeads }, (_, head) => {
        const index = row * keyValueHeads + head;
        return piece(index * before, index * after, length * headSize);
      }),
    );
    this.#capacity = capacity;
    // Within one buffer: what moves back is moved last first, or it would overwrite what has not moved yet.
    await this.#copy('', isGrowing ? pieces.reverse() : pieces);
  }

  /** Copies the first `length` tokens of a row into another. */
  async copyRow(from: number, to: number, length: number): Promise<void> {
    const stride = this.#capacity * this.#config.headSize;
    const size = this.#rowSize(this.#capacity);
    await this.#copy('', [this.#headPieces(from * size, to * size, length, stride)]);
  }

  /**
   * Where a graph's outputs `[rows, KV, length, D]` go before {@link keep}; a buffer at least that large.
   * `kind` keeps the outputs of one graph apart from those of another.
   */
  async scratch(kind: string, rows: number, length: number): Promise<(name: string) => string> {
    const size = rows * this.#rowSize(length);
    if ((this.#scratchSizes.get(kind) ?? 0) < size) {
      this.#scratchSizes.set(kind, size);
      await Promise.all(
        this.#names().map((name) => this.#runtime.allocate(`${this.#prefix}${kind}${name}`, 'float32', size)),
      );
    }
    return (name) => `${this.#prefix}${kind}${name}`;
  }

  /** Moves tokens from scratch [·, KV, length, D] into rows: the first `count` of scratch row `from` to row `to` at `at`. */
  async keep(kind: string, length: number, moves: readonly KeepMove[]): Promise<void> {
    const { headSize } = this.#config;
    const [fromSize, toSize] = [this.#rowSize(length), this.#rowSize(this.#capacity)];
    const pieces = moves.map(({ from, to, at, count }) => ({
      ...this.#headPieces(from * fromSize, to * toSize + at * headSize, count, length * headSize),
      toStride: this.#capacity * headSize,
    }));
    await this.#copy(kind, pieces);
  }

  async free(): Promise<void> {
    const kinds = ['', ...this.#scratchSizes.keys()];
    const names = kinds.flatMap((kind) => this.#names().map((name) => `${this.#prefix}${kind}${name}`));
    await Promise.all(names.map((name) => this.#runtime.free(name)));
  }

  async #copy(kind: string, pieces: readonly CopyPiece[]): Promise<void> {
    const filled = pieces.filter(({ length }) => length > 0);
    if (filled.length === 0) return;
    const pairs = this.#names().map((name) => [`${this.#prefix}${kind}${name}`, `${this.#prefix}${name}`] as const);
    await this.#runtime.copy(pairs, filled);
  }

  #headPieces(fromOffset: number, toOffset: number, length: number, stride: number): CopyPiece {
    const { keyValueHeads, headSize } = this.#config;
    return {
      ...piece(fromOffset, toOffset, length * headSize),
      count: keyValueHeads,
      fromStride: stride,
      toStride: stride,
    };
  }

  #rowSize(length: number): number {
    return this.#config.keyValueHeads * length * this.#config.headSize;
  }

  #names(): readonly string[] {
    return Array.from({ length: this.#config.layers }, (_, layer) => [`key.${layer}`, `value.${layer}`]).flat();
  }
}

export interface KeepMove {
  readonly from: number;
  readonly to: number;
  /** Position in the row. */
  readonly at: number;
  /** Tokens. */
  readonly count: number;
}

/** Bytes that one row of `positions` tokens takes. */
export function rowBytes({ layers, keyValueHeads, headSize }: TransformerConfig, positions: number): number {
  return 2 * layers * keyValueHeads * headSize * capacityFor(positions) * Float32Array.BYTES_PER_ELEMENT;
}

function capacityFor(positions: number): number {
  return Math.max(1, Math.ceil(positions / CAPACITY_STEP)) * CAPACITY_STEP;
}

function piece(fromOffset: number, toOffset: number, length: number): CopyPiece {
  return { fromOffset, toOffset, length, count: 1, fromStride: 0, toStride: 0 };
}
