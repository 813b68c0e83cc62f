/**
 * Rows between a flat layout without padding and padded layouts: `Spread` takes rows out by index, `Collect` brings
 * them back; each is the other's gradient. Both only copy.
 */

import type { GraphBuilder } from '../builder.ts';
import { ofFirst } from '../gradient-rule.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import type { Composite } from './composite.ts';

/** Index −1 meets the last row: one of zeros, put there, or (`padding: 'any'`) whatever is there. */
export const spread: Composite<'Spread'> = {
  lower: (builder, { inputs: [x, ...indices], attributes: { padding } }) => {
    const rows = padding === 'any' ? x : builder.concat([x, zeroRow(builder, x)], 0);
    return indices.map((index) => builder.gather(rows, index));
  },
  gradient: (builder, { inputs: [x, ...indices], outputs }, gradients) => {
    const parts = outputs.map(({ shape }, index) => gradients[index] ?? builder.filled(shape, 0));
    return [builder.collect(parts, indices, x.shape[0] as Dimension), ...indices.map(() => null)];
  },
};

export const collect: Composite<'Collect'> = {
  lower: (builder, { inputs, attributes: { rows } }) => {
    const [parts, indices] = halves(inputs);
    const [first] = parts as readonly [Tensor];
    const width = first.shape.slice(indices[0]?.shape.length ?? 0);
    const flat = parts.map((part, index) => {
      const count = flattened(indices[index]?.shape ?? []);
      return builder.reshape(part, [count, ...width]);
    });
    const places = placesOf(builder, rows, indices);
    return [builder.gather(builder.concat([...flat, zeroRow(builder, flat[0] as Tensor)], 0), places)];
  },
  gradient: ofFirst<'Collect'>((builder, { inputs }, gradient) => {
    const [, indices] = halves(inputs);
    return [...builder.spread(gradient, indices), ...indices.map(() => null)];
  }),
};

/**
 * Where each of `rows` went, counted through all indices one after the other; −1 for nowhere. The −1 of the indices
 * are written to an entry behind the last, which is dropped.
 */
function placesOf(builder: GraphBuilder, rows: Dimension, indices: readonly Tensor[]): Tensor {
  const flat = indices.map((index) => builder.reshape(index, [flattened(index.shape)]));
  const joined = builder.concat(flat, 0);
  const nowhere = builder.concat([builder.filled([rows], -1, 'int64'), builder.integers(-1)], 0);
  const places = builder.scatterElements(nowhere, joined, builder.range(joined.shape[0] as Dimension), 0);
  return builder.slice(places, 0, 0, builder.dimension(rows), rows);
}

function zeroRow(builder: GraphBuilder, x: Tensor): Tensor {
  return builder.filled([1, ...x.shape.slice(1)], 0, x.type);
}

function flattened(shape: Shape): Dimension {
  return shape.every((dimension) => typeof dimension === 'number')
    ? shape.reduce<number>((product, dimension) => product * Number(dimension), 1)
    : shape.join('·');
}

function halves(inputs: readonly Tensor[]): readonly [parts: readonly Tensor[], indices: readonly Tensor[]] {
  return [inputs.slice(0, inputs.length / 2), inputs.slice(inputs.length / 2)];
}
