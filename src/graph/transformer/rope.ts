/** Rotary position embedding's tables. Source: Su et al. 2021, arXiv:2104.09864, in Hugging Face's half-split layout. */

import type { Llama3RopeScaling, TransformerConfig } from './parameters.ts';

/** cos and sin of position·frequency, each [positions, D/2], row-major. */
export interface RopeTables {
  readonly cosine: Float32Array;
  readonly sine: Float32Array;
}

/** Tables for positions 0 … positions − 1; by default all that the model has. */
export function ropeTables(config: TransformerConfig, positions: number = config.maxPositions): RopeTables {
  const frequencies = ropeFrequencies(config);
  const half = frequencies.length;
  const [cosine, sine] = [new Float32Array(positions * half), new Float32Array(positions * half)];
  for (let position = 0; position < positions; position++) {
    for (const [index, frequency] of frequencies.entries()) {
      cosine[position * half + index] = Math.cos(position * frequency);
      sine[position * half + index] = Math.sin(position * frequency);
    }
  }
  return { cosine, sine };
}

/** Radians a position, [D/2]. */
function ropeFrequencies({ headSize, ropeTheta, ropeScaling }: TransformerConfig): readonly number[] {
  const plain = Array.from({ length: headSize / 2 }, (_, index) => ropeTheta ** ((-2 * index) / headSize));
  return ropeScaling === null ? plain : plain.map((frequency) => stretched(frequency, ropeScaling));
}

/** Waves longer than the original context are slowed by `factor`, short ones kept, those between interpolated. */
function stretched(frequency: number, scaling: Llama3RopeScaling): number {
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalMaxPositions } = scaling;
  const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
  if (turns < lowFrequencyFactor) return frequency / factor;
  if (turns > highFrequencyFactor) return frequency;
  const smooth = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}
