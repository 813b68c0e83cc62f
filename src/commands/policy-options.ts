import { Option } from 'commander';
import { numberOption } from '../number-options.ts';
import { openProblems } from '../open-problems.ts';
import type { FindPolicyOptions } from '../policy/find-policy.ts';
import { solverName } from '../solvers/index.ts';
import type { ProblemSet, SolverName } from '../types.ts';

/** Who writes, as the command line says it. */
export interface PolicyFlags {
  readonly policy: string;
  readonly model?: string;
  readonly device?: string;
  readonly policyThreads?: number;
}

/** The flags shared by every command that has a policy write. */
export function policyOptions(): Option[] {
  return [
    new Option(
      '--policy <source>',
      'scripted (a fake that needs no weights), tiny, a folder of weights or of a run, or the URL of an endpoint',
    ).default('tiny'),
    new Option('--model <name>', "the model's name behind an endpoint"),
    new Option('--device <name>', 'where weights run (default: the first that is there)').choices([
      'cuda',
      'webgpu',
      'cpu',
    ]),
    new Option('--policy-threads <n>', 'processor threads for weights (default: all)').argParser(
      numberOption('policy-threads', { low: 1, isWhole: true }),
    ),
  ];
}

export function findPolicyOptions({ model, device, policyThreads }: PolicyFlags): FindPolicyOptions {
  return {
    ...(model !== undefined && { model }),
    ...(device !== undefined && { device }),
    ...(policyThreads !== undefined && { threads: policyThreads }),
  };
}

/** How completions are drawn, as the command line says it. */
export interface SamplingFlags {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly maxTokens: number;
  readonly seed: number;
}

/** The flags shared by every command that draws completions. */
export function samplingOptions(): Option[] {
  return [
    new Option('--temperature <t>', '0 is greedy').default(1).argParser(numberOption('temperature', { low: 0 })),
    new Option('--top-p <share>', 'nucleus sampling; 1 is off')
      .default(1)
      .argParser(numberOption('top-p', { low: 0, high: 1, isOpen: true })),
    new Option('--top-k <n>', 'the likeliest tokens; 0 is off')
      .default(0)
      .argParser(numberOption('top-k', { low: 0, isWhole: true })),
    new Option('--max-tokens <n>', 'a completion that reaches it is cut short, and masked')
      .default(512)
      .argParser(numberOption('max-tokens', { low: 1, isWhole: true })),
    seedOption(),
  ];
}

function seedOption(): Option {
  return new Option('--seed <n>', 'the same seed gives the same completions')
    .default(0)
    .argParser(numberOption('seed', { low: Number.MIN_SAFE_INTEGER, isWhole: true }));
}

/** `--solver gurobi,ortools`, read and checked. */
export function solversOption(what: string): Option {
  return new Option('--solver <names>', `of gurobi, ortools, copt, highs, scip, separated by commas (${what})`)
    .default(['highs'], 'highs')
    .argParser(solversOf);
}

function solversOf(text: string): readonly SolverName[] {
  return [...new Set(text.split(',').map((name) => solverName(name.trim())))];
}

/** `--problems`, for {@link readProblems}. */
export function problemsOption(fallback: string): Option {
  return new Option(
    '--problems <set>',
    'a file, a fetched public set, or a KIND[:SEED[:COUNT]] of made ones: tiny (what the tiny policy is for), synthetic, and tiny-held-out and held-out in wordings that those keep back',
  ).default(fallback);
}

/** The problems named; rows that cannot be used are counted on standard error. */
export async function readProblems(source: string): Promise<ProblemSet> {
  const set = await openProblems(source);
  const dropped = set.issues.filter((issue) => issue.dropped).length;
  if (dropped > 0) console.error(`${source}: ${dropped} rows cannot be used; \`evom problems lint\` says why.`);
  return set;
}
