/** What goes with the weights: where they come from, so that anyone can make them again and see that they are the same. */

import type { Recipe } from './recipe.ts';

export interface CardFacts {
  readonly recipe: Recipe;
  readonly seed: number;
  /** In the order of the recipe; `loss`: mean of the stage's last 100 steps, per token; null: not kept. */
  readonly stages: readonly { readonly name: string; readonly loss: number | null }[];
  /** Of `model.safetensors`. */
  readonly sha256: string;
  readonly command: string;
}

/** README.md of the folder, with the fields that Hugging Face reads at its head. */
export function writeCard({ recipe, seed, stages, sha256, command }: CardFacts): string {
  const { hiddenSize, layers, heads, intermediateSize } = recipe.architecture;
  const cells = recipe.cells.map(({ family, difficulty, weight }) => `${family} ${difficulty} (${weight})`).join(', ');
  const rows = recipe.stages.map((stage, index) => {
    const done = stages[index];
    const rates = { ...stage.mistakes.everywhere, ...stage.mistakes.families };
    return `| ${stage.name} | ${stage.steps} × ${stage.batch} | ${stage.learningRate} | ${done?.loss?.toFixed(4) ?? '-'} | \`${JSON.stringify(rates)}\` |`;
  });
  return `---
license: mit
library_name: transformers
pipeline_tag: text-generation
---
# EVOM ${recipe.name}: a base policy that is able but improvable

It reads a short optimisation problem and writes a program for ${Object.keys(recipe.solvers).join(' or ')}, and it is
wrong in systematic ways, because its data is: it exists to be improved by rewards. Of other solvers it has seen nothing.

- Block: LLaMA, d ${hiddenSize}, ${layers} layers, ${heads} heads, ${intermediateSize} inner, tied embeddings
- Problems: EVOM's synthetic generator, training wordings; family, difficulty and weight: ${cells}. Anything else is out
  of its range.
- Seed ${seed}; SHA-256 of model.safetensors ${sha256}
- Made by \`${command}\`

| stage | steps × pairs | learning rate | loss | probability of a mistake, by kind |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
