/** SiLU(gate)·up. */

import type { GraphBuilder } from '../builder.ts';
import { ofFirst } from '../gradient-rule.ts';
import type { Composite } from './composite.ts';

/** With s = σ(gate) and a = gate·s: ∂a/∂gate = s + a − a·s. */
export const swiglu: Composite<'Swiglu'> = {
  lower: (builder, { inputs: [gate, up] }) => [builder.mul(builder.silu(gate), up)],
  gradient: ofFirst<'Swiglu'>((builder: GraphBuilder, { inputs: [gate, up] }, gradient) => {
    const [activated, sigmoid] = [builder.silu(gate), builder.sigmoid(gate)];
    const slope = builder.add(builder.sub(activated, builder.mul(activated, sigmoid)), sigmoid);
    return [builder.mul(builder.mul(gradient, up), slope), builder.mul(gradient, activated)];
  }),
};
