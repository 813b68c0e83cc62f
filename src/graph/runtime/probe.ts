import { GraphBuilder } from '../builder.ts';
import { encodeModel } from '../encode.ts';

/** A graph that tells whether a device works: x + x on two numbers. */
export function probeModel(): Uint8Array {
  const builder = new GraphBuilder('probe');
  const x = builder.input('x', 'float32', [2]);
  builder.output('y', builder.add(x, x));
  return encodeModel(builder.build());
}
