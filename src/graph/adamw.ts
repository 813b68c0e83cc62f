/**
 * AdamW over one flat vector, as a graph. Source: Loshchilov and Hutter 2019, arXiv:1711.05101; torch.optim.AdamW's
 * defaults (β₁ 0.9, β₂ 0.999, ε 1e-8, decay apart from the gradient) and torch.nn.utils.clip_grad_norm_.
 *
 *     g ← gradient · min(1, maxGradientNorm / (‖gradient‖ + 1e-6))
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     p ← p·(1 − η·λ·mask) − (η / (1 − β₁ᵗ))·m / (√v / √(1 − β₂ᵗ) + ε)
 */

import { GraphBuilder } from './builder.ts';
import type { Graph } from './ops.ts';

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-8;

/**
 * Inputs, float32 [n]: `parameters`, `firstMoment`, `secondMoment`, `gradient`, `decayMask` (1 where weights decay).
 * Scalars: `learningRate` η, `weightDecay` λ, `firstCorrection` 1 − β₁ᵗ, `secondCorrection` 1 − β₂ᵗ (t counts from 1:
 * {@link stepCorrections}), `maxGradientNorm`.
 * Outputs, [n]: `newParameters`, `newFirstMoment`, `newSecondMoment`; scalar `gradientNorm`, before the clipping.
 */
export function adamwGraph(): Graph {
  const builder = new GraphBuilder('adamw');
  const vector = (name: string) => builder.input(name, 'float32', ['n']);
  const scalar = (name: string) => builder.input(name, 'float32', []);
  const constant = (value: number) => builder.scalar(value);
  const [parameters, first, second] = [vector('parameters'), vector('firstMoment'), vector('secondMoment')];
  const [raw, decayMask] = [vector('gradient'), vector('decayMask')];
  const [learningRate, weightDecay] = [scalar('learningRate'), scalar('weightDecay')];

  const norm = builder.sqrt(builder.op('ReduceSumSquare', [raw], { axes: [0], keepDimensions: false }));
  const room = builder.div(scalar('maxGradientNorm'), builder.add(norm, constant(1e-6)));
  const gradient = builder.mul(raw, builder.min(constant(1), room));
  const newFirst = builder.add(
    builder.mul(first, constant(FIRST_DECAY)),
    builder.mul(gradient, constant(1 - FIRST_DECAY)),
  );
  const newSecond = builder.add(
    builder.mul(second, constant(SECOND_DECAY)),
    builder.mul(builder.mul(gradient, gradient), constant(1 - SECOND_DECAY)),
  );
  const rate = builder.div(learningRate, scalar('firstCorrection'));
  const spread = builder.div(builder.sqrt(newSecond), builder.sqrt(scalar('secondCorrection')));
  const move = builder.div(builder.mul(newFirst, rate), builder.add(spread, constant(EPSILON)));
  const kept = builder.sub(constant(1), builder.mul(decayMask, builder.mul(learningRate, weightDecay)));
  builder.output('newParameters', builder.sub(builder.mul(parameters, kept), move));
  builder.output('newFirstMoment', newFirst);
  builder.output('newSecondMoment', newSecond);
  builder.output('gradientNorm', norm);
  return builder.build();
}

/** 1 − β₁ᵗ and 1 − β₂ᵗ of the optimiser's t-th step, counted from 1. */
export function stepCorrections(step: number): { readonly firstCorrection: number; readonly secondCorrection: number } {
  return { firstCorrection: 1 - FIRST_DECAY ** step, secondCorrection: 1 - SECOND_DECAY ** step };
}
