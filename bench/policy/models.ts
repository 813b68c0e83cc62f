/** Two models with random weights, in folders that transformers reads as well; and the batches they learn from. */

import { join } from 'node:path';
import type { PackedGroup } from '../../src/graph/transformer/pack.ts';
import {
  initialWeights,
  parameterCount,
  parametersOf,
  type TransformerConfig,
} from '../../src/graph/transformer/parameters.ts';
import { writeModel } from '../../src/policy/folder/model-folder.ts';
import { writePrompt } from '../../src/policy/prompt.ts';
import { type PolicyTokenizer, readTokenizer } from '../../src/policy/tokenizer.ts';
import { packedCompletion } from '../../src/policy/train/trainer.ts';
import { ratesOf, recipeProblems } from '../../src/pretrain/corpus.ts';
import { corrupt } from '../../src/pretrain/corrupt.ts';
import { TINY } from '../../src/pretrain/recipe.ts';
import { writeStartFolder } from '../../src/pretrain/start-folder.ts';
import { writeTarget } from '../../src/pretrain/target.ts';
import { fold, integer, keyOf, uniform } from '../../src/random.ts';
import { completionWeights } from '../../src/update/objective.ts';

export interface BenchmarkModel {
  readonly title: string;
  readonly folder: string;
  readonly config: TransformerConfig;
  readonly weights: Float32Array;
  readonly batches: readonly Batch[];
}

export interface Batch {
  readonly title: string;
  readonly groups: readonly PackedGroup[];
  /** Our time over torch's that is asked for. */
  readonly bound: number;
}

const SEED = keyOf(1);
const EQUAL = { prompts: 32, promptLength: 64, completionLength: 192 } as const;
const RAGGED = { prompts: 16, completions: 8 } as const;

/** The tiny recipe's architecture and a wider one. */
export async function createModels(folder: string): Promise<readonly BenchmarkModel[]> {
  const start = join(folder, 'start');
  const { size } = await writeStartFolder(TINY, start);
  const tokenizer = await readTokenizer(start);
  const tiny = { ...TINY.architecture, vocabularySize: size };
  const wide = { ...tiny, vocabularySize: 2048, hiddenSize: 256, heads: 4, keyValueHeads: 4, headSize: 64 };
  const configs = { tiny, wide: { ...wide, intermediateSize: 704 } };
  const models = Object.entries(configs).map(async ([name, config]) => {
    const model = { config, weights: initialWeights(config, 1), folder: join(folder, name) };
    const ids = { bosId: null, eosIds: [0], padId: 0 };
    await writeModel(model.folder, { ...model, ids, companions: null });
    const millions = (parameterCount(parametersOf(config)) / 1e6).toFixed(2);
    const title = `${name}, ${millions} M parameters (d ${config.hiddenSize}, ${config.layers} layers, vocabulary ${config.vocabularySize})`;
    return { ...model, title, batches: [equalBatch(config), raggedBatch(config, tokenizer)] };
  });
  return Promise.all(models);
}

/** One completion a prompt, so that no prompt is shared, and nothing to pad. */
function equalBatch({ vocabularySize }: TransformerConfig): Batch {
  const { prompts, promptLength, completionLength } = EQUAL;
  const tokens = (label: string, length: number): number[] =>
    Array.from({ length }, (_, place) => integer(SEED, `${label} ${place}`, 0, vocabularySize - 1));
  const groups = Array.from({ length: prompts }, (_, index) => ({
    prompt: tokens(`prompt ${index}`, promptLength),
    completions: [tokens(`completion ${index}`, completionLength)],
  }));
  return {
    title: `${prompts} sequences of ${promptLength} + ${completionLength} tokens, equal lengths`,
    groups: withLoss(groups, vocabularySize),
    bound: 1,
  };
}

/** The tiny recipe's problems, each with completions that err as its second stage's do, and so differ in length. */
function raggedBatch({ vocabularySize }: TransformerConfig, tokenizer: PolicyTokenizer): Batch {
  const stage = TINY.stages.at(-1)!;
  const solver = 'gurobi';
  const problems = recipeProblems(TINY, { seed: 1, split: 'train', count: RAGGED.prompts });
  const encode = (text: string): number[] => tokenizer.encode(text, { addSpecialTokens: false });
  const groups = problems.map((problem) => ({
    prompt: encode(writePrompt({ problem, solver }, tokenizer).text),
    completions: Array.from({ length: RAGGED.completions }, (_, sample) => {
      const key = fold(SEED, `${problem.id} ${sample}`);
      const { model } = corrupt(problem.model, ratesOf(stage, problem.family), key);
      return [...encode(writeTarget(model, solver)), ...tokenizer.eosIds];
    }),
  }));
  const range = (lengths: readonly number[]): string => `${Math.min(...lengths)}–${Math.max(...lengths)}`;
  const prompts = range(groups.map(({ prompt }) => prompt.length));
  const completions = range(groups.flatMap((group) => group.completions.map(({ length }) => length)));
  return {
    title: `${RAGGED.prompts} prompts of ${prompts} tokens × ${RAGGED.completions} completions of ${completions}, ragged`,
    groups: withLoss(groups, vocabularySize),
    bound: 0.75,
  };
}

/** GRPO's weights; advantages and old log-probabilities that make every token count. */
function withLoss(
  groups: readonly { readonly prompt: readonly number[]; readonly completions: readonly (readonly number[])[] }[],
  vocabularySize: number,
): readonly PackedGroup[] {
  const lengths = groups.flatMap(({ completions }) => completions.map(({ length }) => length));
  const weights = completionWeights('grpo', lengths, Math.max(...lengths)).values();
  let index = 0;
  return groups.map(({ prompt, completions }) => ({
    promptTokenIds: prompt,
    completions: completions.map((tokens) => {
      const key = fold(SEED, `loss ${index++}`);
      const oldLogProbs = tokens.map((_, place) => 0.2 * uniform(key, `${place}`) - Math.log(vocabularySize));
      return packedCompletion(tokens, oldLogProbs, 2 * uniform(key, 'advantage') - 1, weights.next().value ?? 0);
    }),
  }));
}
