import type { Preset } from './preset.ts';

/** The scripted policy on solvers that need no licence, in seconds: shows that all parts fit, and nothing else. */
export const smoke: Preset = {
  name: 'smoke',
  policy: 'scripted',
  source: 'highs',
  target: 'scip',
  unknown: 'ortools',
  data: {
    recipe: 'tiny',
    trainingSeed: 101,
    validationSeed: 202,
    validation: 4,
    heldOutSeed: 303,
    heldOut: 8,
    unseenFamilies: 2,
    sampled: 1,
    maxTokens: 512,
  },
  sft: { samples: 8, epochs: 1, batch: 4, learningRate: 1e-4, validateEvery: 1 },
  rl: {
    objective: 'grpo',
    problems: 8,
    steps: 2,
    problemsPerStep: 2,
    samples: 4,
    learningRate: 1e-4,
    klWeight: 0,
    validateEvery: 1,
    patience: 3,
    rewardWeights: { format: 0.2, answer: 1 },
  },
  adapt: { steps: 2, validateEvery: 1, patience: 3 },
  coldStart: {
    small: { samples: 4, epochs: 1, learningRate: 1e-4, validateEvery: 1 },
    large: { samples: 8, epochs: 1, learningRate: 1e-4, validateEvery: 1 },
  },
  sweep: { sft: [{ learningRate: 2e-4, epochs: 1 }], rl: [{ learningRate: 2e-4, klWeight: 0.05 }] },
  seeds: 2,
};
