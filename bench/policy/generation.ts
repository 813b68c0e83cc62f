/** Sampling at temperature 1 from the same weights and prompts, no row ending early; tokens in, tokens out. */

import { Runtime } from '../../src/graph/runtime/runtime.ts';
import { Engine } from '../../src/policy/generate/engine.ts';
import { generateTokens } from '../../src/policy/generate/generate-tokens.ts';
import { integer, keyOf } from '../../src/random.ts';
import type { BenchmarkModel } from './models.ts';
import type { Reference } from './reference.ts';
import { compare, fastest, type Settings, threadChoices, timed } from './rounds.ts';

const PROMPT = 32;
const NEW_TOKENS = 128;
const CASES = [
  { rows: 32, bound: 2 },
  { rows: 1, bound: 4 },
] as const;

interface TorchGeneration {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** [rows][new tokens]. */
  readonly tokens: readonly (readonly number[])[];
}

export async function benchmarkGeneration(
  { title, folder, config, weights }: BenchmarkModel,
  reference: Reference,
  settings: Settings,
): Promise<void> {
  await using runtime = await Runtime.start({ threads: settings.threads, device: 'cpu' });
  await runtime.allocate('weights', 'float32', weights.length);
  await runtime.write('weights', weights);
  const engine = new Engine(runtime, config, 'weights');
  await reference.ask({ do: 'load_generator', folder });
  for (const { rows, bound } of CASES) {
    const prompts = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: PROMPT }, (_, place) => integer(keyOf(2), `${row} ${place}`, 1, config.vocabularySize - 1)),
    );
    const evom = (temperature: number, seed: number): Promise<number[][]> =>
      generate(engine, prompts, temperature, seed);
    const torch = (temperature: number): Promise<TorchGeneration> =>
      reference.ask({ do: 'generate', prompts, temperature, newTokens: NEW_TOKENS });
    const greedy = sameTokens(await evom(0, 0), (await torch(0)).tokens);
    await evom(1, 0); // the graph that samples is another one
    const useThreads = (threads: number): Promise<unknown> => reference.ask({ do: 'use_threads', threads });
    const threadName = (threads: number): string => `threads ${threads}`;
    const threads = await fastest(threadChoices(settings), threadName, async (count) => {
      await useThreads(count);
      await torch(1); // the first call after a change is slower
      return (await torch(1)).wallMs;
    });
    await useThreads(threads.best);
    const perSecond = (wallMs: number): number => (1000 * rows * NEW_TOKENS) / wallMs;
    const columns = (wallMs: number, cpuMs: number) => ({ 'tokens/s': perSecond(wallMs), 'CPU ms': cpuMs });
    const arms = [
      {
        name: 'evom',
        measure: async (round: number) => {
          const { wallMs, cpuMs } = await timed(() => evom(1, round + 1));
          return { wallMs, columns: columns(wallMs, cpuMs) };
        },
      },
      {
        name: 'transformers',
        measure: async () => {
          const { wallMs, cpuMs } = await torch(1);
          return { wallMs, columns: columns(wallMs, cpuMs) };
        },
      },
    ];
    const criteria = [{ against: 'transformers', as: 'speed', bound }] as const;
    await compare(`Generation: ${title}\nbatch ${rows}, ${PROMPT} + ${NEW_TOKENS} tokens`, arms, criteria, settings);
    console.log(`transformers takes ${threads.line}`);
    console.log(`greedy: ${greedy} of ${rows * NEW_TOKENS} tokens are the same before each row's first difference`);
  }
}

async function generate(
  engine: Engine,
  prompts: readonly (readonly number[])[],
  temperature: number,
  seed: number,
): Promise<number[][]> {
  const rows: number[][] = [];
  const requests = prompts.map((prompt, row) => ({
    prompt,
    samples: 1,
    identity: { seed, step: 0, problem: String(row), solver: 'gurobi' },
  }));
  const options = { temperature, topK: 0, topP: 1, stops: [], maxTokens: NEW_TOKENS };
  for await (const { request, tokenIds } of generateTokens(engine, requests, options)) rows[request] = [...tokenIds];
  const count = rows.flat().length;
  if (count !== prompts.length * NEW_TOKENS) throw new Error(`Expected rows of ${NEW_TOKENS} tokens, got ${count}.`);
  return rows;
}

function sameTokens(ours: readonly (readonly number[])[], theirs: readonly (readonly number[])[]): number {
  return ours
    .map((row, index) => {
      const first = row.findIndex((token, place) => token !== theirs[index]?.[place]);
      return first < 0 ? row.length : first;
    })
    .reduce((sum, count) => sum + count, 0);
}
