import { GraphBuilder } from '../../../src/graph/builder.ts';
import { encodeModel } from '../../../src/graph/encode.ts';
import type { HostTensor } from '../../../src/graph/runtime/protocol.ts';

/** y = x·w, x [N, 3] and w [3, 2]. */
export function productModel(): Uint8Array {
  const builder = new GraphBuilder('product');
  const x = builder.input('x', 'float32', ['N', 3]);
  const w = builder.input('w', 'float32', [3, 2]);
  builder.output('y', builder.matmul(x, w));
  return encodeModel(builder.build());
}

export function matrix(rows: readonly (readonly number[])[]): HostTensor {
  return { type: 'float32', shape: [rows.length, rows[0]?.length ?? 0], data: Float32Array.from(rows.flat()) };
}

/** Takes a few hundred milliseconds: x·x·…, x [900, 900]; y is its sum. */
export function longProductModel(): Uint8Array {
  const builder = new GraphBuilder('long-product');
  const x = builder.input('x', 'float32', [900, 900]);
  const product = Array.from({ length: 12 }).reduce<typeof x>((y) => builder.matmul(y, x), x);
  builder.output('y', builder.sum(product));
  return encodeModel(builder.build());
}

export function longProduct(): { readonly x: HostTensor } {
  return { x: { type: 'float32', shape: [900, 900], data: new Float32Array(900 * 900).fill(1e-3) } };
}
