/** A very small policy that has learnt three answers by heart: something that ends by itself, made in a few seconds. */

import { join } from 'node:path';
import { DEFAULT_UPDATE } from '../../src/config.ts';
import { OnnxPolicy } from '../../src/policy/onnx.ts';
import { type Recipe, TINY } from '../../src/pretrain/recipe.ts';
import { writeStartFolder } from '../../src/pretrain/start-folder.ts';
import type { Prompt } from '../../src/types.ts';

const RECIPE: Recipe = {
  ...TINY,
  architecture: {
    ...TINY.architecture,
    hiddenSize: 32,
    layers: 2,
    heads: 2,
    keyValueHeads: 1,
    headSize: 16,
    intermediateSize: 64,
  },
  tokenizer: { problems: 60, leastCount: 2, merges: 40 },
};

const ANSWERS = ['maximise 3 x + 2 y ;', 'minimise 5 x ;', 'maximise x + 4 y + z ;'];

export const PROMPTS: readonly Prompt[] = ANSWERS.map((_, index) => ({
  problem: {
    id: `p${index}`,
    text: ['A shop makes hats.', 'A farm buys corn.', 'A plant.'][index]!,
    answer: 1,
    source: 'test',
  },
  solver: (['gurobi', 'ortools', 'gurobi'] as const)[index]!,
}));

/** Writes its folder below `root` and gives the folder's name. */
export async function writeMemorisingPolicy(root: string): Promise<string> {
  const start = join(root, 'start');
  await writeStartFolder(RECIPE, start);
  const policy = await OnnxPolicy.create(start, { seed: 1, device: 'cpu', threads: 1 });
  try {
    const groups = PROMPTS.map((prompt, index) => ({
      prompt,
      samples: [{ completion: policy.completionOf(ANSWERS[index]!), advantage: 1 }],
    }));
    for (let step = 0; step < 60; step++) {
      await policy.update(groups, { ...DEFAULT_UPDATE, objective: 'sft', learningRate: 0.01 });
    }
    await policy.export(join(root, 'learnt'), 'F32');
    return join(root, 'learnt');
  } finally {
    await policy.close();
  }
}
