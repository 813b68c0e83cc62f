import { describe, expect, it } from 'vitest';
import {
  initialWeights,
  parameterCount,
  parametersOf,
  type TransformerConfig,
} from '../../../src/graph/transformer/parameters.ts';

const CONFIG: TransformerConfig = {
  vocabularySize: 100,
  hiddenSize: 32,
  layers: 2,
  heads: 4,
  keyValueHeads: 2,
  headSize: 8,
  intermediateSize: 64,
  ropeTheta: 10_000,
  ropeScaling: null,
  normEpsilon: 1e-5,
  maxPositions: 128,
  isHeadTied: false,
  hasQkvBias: true,
};

describe('parametersOf', () => {
  it('lays every parameter behind the one before, without gaps', () => {
    const parameters = parametersOf(CONFIG);
    let end = 0;
    for (const { shape, offset, size } of parameters) {
      expect(offset).toBe(end);
      expect(size).toBe(shape.reduce((product, each) => product * each, 1));
      end += size;
    }
    expect(parameterCount(parameters)).toBe(end);
  });

  it('has no head of its own where it is tied, and no biases where there are none', () => {
    const names = parametersOf({ ...CONFIG, isHeadTied: true, hasQkvBias: false }).map(({ name }) => name);
    expect(names).not.toContain('lm_head.weight');
    expect(names.filter((name) => name.endsWith('.bias'))).toEqual([]);
  });

  it.each<Partial<TransformerConfig>>([{ layers: 0 }, { keyValueHeads: 3 }, { headSize: 7 }, { hiddenSize: 1.5 }])(
    'refuses %j',
    (wrong) => {
      expect(() => parametersOf({ ...CONFIG, ...wrong })).toThrow(
        expect.objectContaining({ code: 'transformer-config' }),
      );
    },
  );
});

describe('initialWeights', () => {
  it('matrices are normal with standard deviation 0.02, norms 1, biases 0', () => {
    const weights = initialWeights(CONFIG, 1);
    for (const { name, shape, offset, size } of parametersOf(CONFIG)) {
      const part = weights.subarray(offset, offset + size);
      if (shape.length === 1) expect(new Set(part)).toEqual(new Set([name.endsWith('.bias') ? 0 : 1]));
      else {
        const mean = part.reduce((sum, each) => sum + each, 0) / size;
        const deviation = Math.sqrt(part.reduce((sum, each) => sum + (each - mean) ** 2, 0) / size);
        expect(Math.abs(mean)).toBeLessThan((4 * 0.02) / Math.sqrt(size));
        expect(Math.abs(deviation / 0.02 - 1)).toBeLessThan(4 / Math.sqrt(2 * size));
      }
    }
  });

  it('depend on the seed alone', () => {
    expect(initialWeights(CONFIG, 1)).toEqual(initialWeights(CONFIG, 1));
    expect(initialWeights(CONFIG, 1)).not.toEqual(initialWeights(CONFIG, 2));
  });
});
