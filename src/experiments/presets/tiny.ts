import type { Preset } from './preset.ts';

/** The bundled policy, on two processors. */
export const tiny: Preset = {
  name: 'tiny',
  policy: 'tiny',
  source: 'gurobi',
  target: 'ortools',
  unknown: 'copt',
  data: {
    recipe: 'tiny',
    trainingSeed: 101,
    validationSeed: 202,
    validation: 128,
    heldOutSeed: 303,
    heldOut: 320,
    unseenFamilies: 60,
    sampled: 1,
    maxTokens: 320,
  },
  sft: { samples: 640, epochs: 3, batch: 32, learningRate: 3e-4, validateEvery: 1 },
  rl: {
    objective: 'grpo',
    problems: 640,
    steps: 40,
    problemsPerStep: 16,
    samples: 8,
    learningRate: 1e-4,
    klWeight: 0,
    validateEvery: 5,
    patience: 3,
    rewardWeights: { format: 0.2, answer: 1 },
  },
  adapt: { steps: 40, validateEvery: 2, patience: 6 },
  coldStart: {
    small: { samples: 64, epochs: 30, learningRate: 1e-3, validateEvery: 10 },
    large: { samples: 1000, epochs: 3, learningRate: 3e-4, validateEvery: 1 },
  },
  sweep: {
    sft: [
      { learningRate: 1e-4, epochs: 1 },
      { learningRate: 1e-4, epochs: 3 },
      { learningRate: 3e-4, epochs: 1 },
      { learningRate: 3e-4, epochs: 6 },
      { learningRate: 1e-3, epochs: 3 },
    ],
    rl: [
      { learningRate: 5e-5, klWeight: 0 },
      { learningRate: 2e-4, klWeight: 0 },
      { learningRate: 2e-4, klWeight: 0.05 },
      { learningRate: 5e-4, klWeight: 0 },
    ],
  },
  seeds: 3,
};
