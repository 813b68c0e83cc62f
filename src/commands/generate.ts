import { Command } from 'commander';
import { openPolicy } from '../open-policy.ts';
import type { Prompt, SolverName } from '../types.ts';
import { EXIT_CODES } from './exit-code.ts';
import { wholeNumber } from './options.ts';
import {
  findPolicyOptions,
  type PolicyFlags,
  policyOptions,
  problemsOption,
  readProblems,
  type SamplingFlags,
  samplingOptions,
  solversOption,
} from './policy-options.ts';
import { progressBar } from './progress.ts';
import { CompletionFile, completionRow } from './rows/completion-file.ts';
import { listenForStop } from './stop.ts';

interface GenerateFlags extends PolicyFlags, SamplingFlags {
  readonly problems: string;
  readonly solver: readonly SolverName[];
  readonly samples: number;
  readonly out?: string;
}

const HELP = `
One JSON line a completion, as it is written: {id, solver, completion, truncated,
answer, problem, problemId, sample, tokens, logProb, digest}. \`evom verify\` reads
them. A completion depends on (seed, problem, solver, sample) alone, so more
--samples add to a file that is there.

Examples:
  evom generate --policy scripted --problems synthetic:1:20 --solver highs,scip | evom verify -
  evom generate --problems NL4OPT.jsonl --solver gurobi --samples 8 --out completions.jsonl`;

export function generateCommand(): Command {
  const command = new Command('generate')
    .description('Let a policy write programs for word problems.')
    .addOption(problemsOption('tiny'))
    .addOption(solversOption('a completion for each; default: highs'))
    .option('--samples <n>', 'completions of each problem and solver', wholeNumber('samples'), 1)
    .option('--out <file>', 'write completions there; a rerun goes on where it stopped (default: standard output)')
    .addHelpText('after', HELP);
  for (const option of [...policyOptions(), ...samplingOptions()]) command.addOption(option);
  return command.action(generate);
}

async function generate(flags: GenerateFlags): Promise<void> {
  const { samples, temperature, topP, topK, maxTokens, seed, solver: solvers, out } = flags;
  const { problems } = await readProblems(flags.problems);
  const prompts = solvers.flatMap((solver) => problems.map((problem): Prompt => ({ problem, solver })));
  const settings = [flags.policy, flags.model ?? null, temperature, topP, topK, maxTokens, seed];
  using file = out === undefined ? null : new CompletionFile(out, prompts, settings);
  const has = (prompt: Prompt, sample: number): boolean => file?.has(prompt, sample) ?? false;
  const lacking = (prompt: Prompt): number =>
    Array.from({ length: samples }, (_, sample) => has(prompt, sample)).filter((there) => !there).length;
  const remaining = prompts.filter((prompt) => lacking(prompt) > 0);
  if (file !== null && file.keptCount > 0) {
    console.error(`${out}: ${file.keptCount} completions are there already; going on.`);
  }

  const total = remaining.reduce((sum, prompt) => sum + lacking(prompt), 0);
  const policy = await openPolicy(flags.policy, findPolicyOptions(flags));
  using stop = listenForStop();
  using bar = progressBar(total, 'completions');
  const started = performance.now();
  let [done, tokens, truncated] = [0, 0, 0];
  try {
    const options = { samples, temperature, topP, topK, maxTokens, seed, signal: stop.signal };
    for await (const { promptIndex, sampleIndex, completion } of policy.generate(remaining, options)) {
      const prompt = remaining[promptIndex] as Prompt;
      if (has(prompt, sampleIndex)) continue;
      const row = completionRow(prompt, sampleIndex, completion, settings);
      if (file === null) process.stdout.write(`${JSON.stringify(row)}\n`);
      else file.write(row);
      done++;
      tokens += row.tokens;
      if (row.truncated) truncated++;
      bar.increment();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (!stop.isReaderGone) process.exitCode = EXIT_CODES.interrupted;
  } finally {
    await policy.close();
  }
  bar.stop();
  const seconds = (performance.now() - started) / 1000;
  console.error(
    `${done} completions in ${seconds.toFixed(1)} s, ${(tokens / seconds).toFixed(0)} tokens/s, ${truncated} cut short by --max-tokens ${maxTokens}`,
  );
  if (process.exitCode === EXIT_CODES.interrupted) {
    const next = out === undefined ? 'With --out FILE a rerun goes on where it stopped.' : 'The same command goes on.';
    console.error(`Interrupted after ${done} of ${total} completions. ${next}`);
  }
}
