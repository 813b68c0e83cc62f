import { closeSync, openSync, writeSync } from 'node:fs';
import { Command, Option } from 'commander';
import { EPSILONS } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import { rollOut } from '../loop/roll-out.ts';
import { numberOption } from '../number-options.ts';
import { openPolicy } from '../open-policy.ts';
import { createEvomRule } from '../reward/evom.ts';
import { createReward } from '../reward/reward.ts';
import type { Rollout, SolverName } from '../types.ts';
import { ExecutionCache } from '../verify/execution-cache.ts';
import { Verifier } from '../verify/verifier.ts';
import { renderEvaluation, type SampledRollout } from './evaluation-report.ts';
import { EXIT_CODES } from './exit-code.ts';
import { type RunFlags, runOptions, verifierOptions, wholeNumber } from './options.ts';
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
import { listenForStop } from './stop.ts';

interface EvaluateFlags extends PolicyFlags, SamplingFlags, RunFlags {
  readonly problems: string;
  readonly solver: readonly SolverName[];
  readonly samples: number;
  /** False: only sampled. */
  readonly greedy: boolean;
  readonly epsilon: readonly number[];
  readonly out?: string;
}

const HELP = `
Greedy (one completion a problem, the likeliest tokens) and sampled (--samples of
them), on each solver, under rule evom. The same policy is judged on every solver
named: what it does on one that it was not trained for is its transfer.

Exit code: 0 whatever the programs did; 2 bad input; 3 a solver is missing (the
others are judged); 130 interrupted.

Examples:
  evom evaluate --policy scripted --problems held-out:1:50 --solver highs,scip
  evom evaluate --policy runs/joint --problems NL4OPT.jsonl --solver gurobi,ortools,copt
  evom evaluate --policy http://localhost:8000/v1 --model Qwen/Qwen2.5-7B-Instruct --problems NL4OPT.jsonl`;

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .description('Judge a policy on a set of problems and one or several solvers.')
    .addOption(problemsOption('tiny-held-out'))
    .addOption(solversOption('each is judged; default: highs'))
    .option('--samples <n>', 'sampled completions of each problem', wholeNumber('samples'), 8)
    .option('--no-greedy', 'only the sampled ones')
    .addOption(
      new Option('--epsilon <share>', 'largest relative error of a hit: a number, or both of the paper')
        .argParser(epsilonsOf)
        .default(EPSILONS, 'both: 0.05 and 1e-4'),
    )
    .option('--out <file>', 'write every rollout there as JSON lines; `evom score` reads them')
    .addHelpText('after', HELP);
  for (const option of [...policyOptions(), ...samplingOptions(), ...runOptions()]) command.addOption(option);
  return command.action(evaluatePolicy);
}

async function evaluatePolicy(flags: EvaluateFlags): Promise<void> {
  const set = await readProblems(flags.problems);
  const writer = flags.out === undefined ? null : createRows(flags.out);
  const policy = await openPolicy(flags.policy, findPolicyOptions(flags));
  await using verifier = new Verifier({ ...verifierOptions(flags), cache: new ExecutionCache() });
  const solvers = await readySolvers(verifier, flags.solver);
  const prompts = solvers.flatMap((solver) => set.problems.map((problem) => ({ problem, solver })));
  const modes = modesOf(flags);
  const rules = flags.epsilon.map((epsilon) => createEvomRule({ epsilon }));
  const rule = rules[0] ?? createEvomRule();
  const rollouts: SampledRollout[] = [];
  using stop = listenForStop();
  using bar = progressBar(prompts.length * modes.reduce((sum, { samples }) => sum + samples, 0), 'rollouts');
  try {
    for (const { mode, samples, temperature } of modes) {
      const { topP, topK, maxTokens, seed } = flags;
      const onRollout = (rollout: Rollout, _: number, sample: number): void => {
        rollouts.push({ mode, rollout });
        writer?.write(outputRow(rollout, mode, sample, rule));
        bar.increment();
      };
      const generation = { samples, temperature, topP, topK, maxTokens, seed };
      const reward = createReward({ rule });
      await rollOut(policy, prompts, { generation, verifier, rule, reward, signal: stop.signal, onRollout }).groups;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    if (stop.isReaderGone) return;
    process.exitCode = EXIT_CODES.interrupted;
  } finally {
    await policy.close();
    writer?.close();
  }
  bar.stop();
  if (process.exitCode === EXIT_CODES.interrupted) console.error('Interrupted: what follows is of a part.');
  if (rollouts.length > 0) console.log(renderEvaluation(rollouts, { labelSet: set.labelSet, rules }));
}

function modesOf({ samples, greedy, temperature }: EvaluateFlags) {
  const sampled = { mode: 'sampled', samples, temperature } as const;
  const likeliest = { mode: 'greedy', samples: 1, temperature: 0 } as const;
  if (temperature === 0) return [likeliest];
  return greedy ? [likeliest, sampled] : [sampled];
}

/** The solvers that can run programs; the others are named on standard error. */
async function readySolvers(verifier: Verifier, asked: readonly SolverName[]): Promise<readonly SolverName[]> {
  const ready: SolverName[] = [];
  for (const solver of asked) {
    const state = await verifier.solverState(solver);
    if (state.isReady) ready.push(solver);
    else {
      console.error(`${solver} cannot run programs: ${state.reason}`);
      process.exitCode = EXIT_CODES.noSolver;
    }
  }
  return ready;
}

function outputRow(
  { problem, completion, observation, verdict, reward }: Rollout,
  mode: string,
  sample: number,
  rule: { readonly name: string; readonly epsilon: number },
): Record<string, unknown> {
  const id = `${problem.id}/${observation.solver}/${mode}/${sample}`;
  const { text, truncated, tokenIds } = completion;
  const judged = { verdict, reward, rule: rule.name, epsilon: rule.epsilon, answer: problem.answer };
  const written = { problem: problem.text, mode, completion: text, truncated, tokens: tokenIds.length };
  return { ...observation, id, ...judged, ...written };
}

/** A new file of JSON lines; one that is there is replaced. */
function createRows(path: string): { write(row: Record<string, unknown>): void; close(): void } {
  try {
    const descriptor = openSync(path, 'w');
    return {
      write: (row) => void writeSync(descriptor, `${JSON.stringify(row)}\n`),
      close: () => closeSync(descriptor),
    };
  } catch (cause) {
    const message = `Expected to write \`${path}\`: ${cause}. Choose another --out.`;
    throw new EvomError('config', 'unwritable-output', message, { cause });
  }
}

function epsilonsOf(text: string): readonly number[] {
  if (text === 'both') return EPSILONS;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= 0) return [numberOption('epsilon', { low: 0 })(text)];
  const next = 'Take 0.05, 1e-4 or both.';
  throw new EvomError('config', 'bad-epsilon', expected('--epsilon', 'a number of at least 0, or both', text, next));
}
