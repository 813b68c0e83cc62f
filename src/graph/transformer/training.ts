/**
 * The training graph: one session serves every batch, for all sizes but the model's are named dimensions.
 *
 * Inputs. `tokens`, `positions` int64 [N]: flat rows, prompts' then completions'. `promptRows` int64 [B, P] and
 * `completionRows` [B, G, C]: which flat row stands where, −1 for padding (at the end). `scoredRows` int64 [M]: rows
 * whose next token is scored (a completion's first token is its prompt's last row, so rows repeat), `targets` int64
 * [M]: that token. `oldLogProbs`, `referenceLogProbs`, `advantages`, `weights` float32 [M]. Scalars `clipLow`,
 * `clipHigh`, `policyWeight` a, `likelihoodWeight` b, `klWeight` β, `temperature`. Every parameter by its name, and
 * for each `gradient.<name>`, what earlier micro-batches left there.
 *
 * Outputs. `loss` [], `logProbs` and `entropy` [M] at the temperature, `accumulated.<name>`: `gradient.<name>` plus
 * this micro-batch's.
 */

import { GraphBuilder } from '../builder.ts';
import { tokenEntropy } from '../composites/token-log-probability.ts';
import { gradientsOf } from '../gradient.ts';
import type { Graph } from '../ops.ts';
import type { Tensor } from '../tensor.ts';
import { finalNorm, headOf, hiddenStates, type Weights, weightInputs } from './layers.ts';
import type { TransformerConfig } from './parameters.ts';

/** Loss and gradients. */
export function trainingGraph(config: TransformerConfig): Graph {
  const builder = new GraphBuilder('training');
  const weights = weightInputs(builder, config);
  const { logProbs, entropy } = scores(builder, config, weights);
  const loss = policyLoss(builder, logProbs);
  const variables = [...weights.values()];
  for (const [index, gradient] of gradientsOf(builder, loss, variables).entries()) {
    const { name, shape } = variables[index] as Tensor;
    builder.output(`accumulated.${name}`, builder.add(builder.input(`gradient.${name}`, 'float32', shape), gradient));
  }
  builder.output('loss', loss);
  builder.output('logProbs', logProbs);
  builder.output('entropy', entropy);
  return builder.build();
}

/** `logProbs` and `entropy` alone, for old and reference log-probabilities; takes no loss inputs but `temperature`. */
export function scoringGraph(config: TransformerConfig): Graph {
  const builder = new GraphBuilder('scoring');
  const { logProbs, entropy } = scores(builder, config, weightInputs(builder, config));
  builder.output('logProbs', logProbs);
  builder.output('entropy', entropy);
  return builder.build();
}

function scores(
  builder: GraphBuilder,
  config: TransformerConfig,
  weights: Weights,
): { readonly logProbs: Tensor; readonly entropy: Tensor } {
  const states = hiddenStates(builder, config, weights, {
    tokens: builder.input('tokens', 'int64', ['N']),
    positions: builder.input('positions', 'int64', ['N']),
    promptRows: builder.input('promptRows', 'int64', ['B', 'P']),
    completionRows: builder.input('completionRows', 'int64', ['B', 'G', 'C']),
  });
  const scored = builder.gather(states, builder.input('scoredRows', 'int64', ['M']));
  const temperature = builder.input('temperature', 'float32', []);
  const last = builder.div(finalNorm(builder, config, weights, scored), temperature);
  const head = headOf(config, weights);
  return {
    logProbs: builder.tokenLogProbability(last, head, builder.input('targets', 'int64', ['M'])),
    entropy: tokenEntropy(builder, last, head),
  };
}

/**
 * L = Σₜ wₜ·[ a·(−min(ρₜ·Aₜ, clip(ρₜ, 1 − clipLow, 1 + clipHigh)·Aₜ)) + b·(−log πₜ) + β·k3ₜ ] with ρ = π/π_old and
 * k3 = π_ref/π − log(π_ref/π) − 1 (Schulman, http://joschu.net/blog/kl-approx.html). Weights carry masks and means.
 */
function policyLoss(builder: GraphBuilder, logProbs: Tensor): Tensor {
  const perToken = (name: string) => builder.input(name, 'float32', ['M']);
  const scalar = (name: string) => builder.input(name, 'float32', []);
  const one = builder.scalar(1);
  const advantages = perToken('advantages');
  const [policyWeight, klWeight] = [scalar('policyWeight'), scalar('klWeight')];
  // A difference that nobody weighs is 0: its exponential may not be finite, and 0·∞ is not 0.
  const difference = (weight: Tensor, left: Tensor, right: Tensor) =>
    builder.where(builder.equal(weight, builder.scalar(0)), builder.scalar(0), builder.sub(left, right));
  const ratio = builder.exp(difference(policyWeight, logProbs, perToken('oldLogProbs')));
  const low = builder.sub(one, scalar('clipLow'));
  const high = builder.add(one, scalar('clipHigh'));
  const clipped = builder.min(builder.max(ratio, low), high);
  const gain = builder.min(builder.mul(ratio, advantages), builder.mul(clipped, advantages));
  const behind = difference(klWeight, perToken('referenceLogProbs'), logProbs);
  const divergence = builder.sub(builder.sub(builder.exp(behind), behind), one);
  const rewarded = builder.add(builder.mul(policyWeight, gain), builder.mul(scalar('likelihoodWeight'), logProbs));
  const each = builder.sub(builder.mul(klWeight, divergence), rewarded);
  return builder.sum(builder.mul(perToken('weights'), each));
}
