import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { EvomError, expected } from '../errors.ts';
import { findCheckpoint } from '../loop/checkpoints.ts';
import { type FindPolicyOptions, findPolicy } from '../policy/find-policy.ts';
import { recipeProblems } from '../pretrain/corpus.ts';
import { findRecipe } from '../pretrain/recipe.ts';
import { labelSetOf } from '../problems/label-set.ts';
import { loadProblems } from '../problems/load.ts';
import { generateProblems } from '../problems/synthetic/generate.ts';
import { solverName } from '../solvers/index.ts';
import type { Policy, ProblemSet, SolverName } from '../types.ts';
import { numberOption } from './number-options.ts';

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

/** The policy named; of a run's folder its newest checkpoint. */
export async function openPolicy(flags: PolicyFlags): Promise<Policy> {
  const checkpoint = await findCheckpoint(flags.policy, Number.MAX_SAFE_INTEGER);
  return findPolicy(checkpoint?.folder ?? flags.policy, findPolicyOptions(flags));
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

/** `--problems`, for {@link openProblems}. */
export function problemsOption(fallback: string): Option {
  return new Option(
    '--problems <set>',
    'a file, a fetched public set, or a KIND[:SEED[:COUNT]] of made ones: tiny (what the tiny policy is for), synthetic, and tiny-held-out and held-out in wordings that those keep back',
  ).default(fallback);
}

/** Synthetic problems where no number is given. */
const DEFAULT_COUNT = 256;

const MADE = /^(tiny-(?=held-out)|)(synthetic|tiny|held-out)(?::([^:]*)(?::([^:]*))?)?$/;

/** The problems named. Rows that cannot be used are counted on standard error; none at all is an error. */
export async function openProblems(source: string): Promise<ProblemSet> {
  const made = existsSync(source) ? null : MADE.exec(source);
  if (made !== null) {
    const [, prefix, kind, seed = '0', count = String(DEFAULT_COUNT)] = made;
    const options = {
      seed: numberOption('problems', { low: Number.MIN_SAFE_INTEGER, isWhole: true })(seed),
      count: numberOption('problems', { low: 1, isWhole: true })(count),
      split: kind === 'held-out' ? 'held-out' : 'train',
    } as const;
    const isTiny = prefix === 'tiny-' || kind === 'tiny';
    const problems = isTiny ? recipeProblems(findRecipe('tiny'), options) : generateProblems(options);
    return { name: source, labelSet: labelSetOf(problems), problems, issues: [] };
  }
  const set = await loadProblems({ name: source });
  const dropped = set.issues.filter((issue) => issue.dropped).length;
  if (dropped > 0) console.error(`${source}: ${dropped} rows cannot be used; \`evom problems lint\` says why.`);
  if (set.problems.length > 0) return set;
  const next = 'See `evom problems lint`.';
  throw new EvomError('problem', 'no-problems', expected('--problems', 'a file with a problem in it', source, next));
}
