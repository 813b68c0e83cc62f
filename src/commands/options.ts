import { Option } from 'commander';
import { EPSILONS } from '../config.ts';
import { EvomError, expected } from '../errors.ts';
import type { Rule } from '../reward/rule.ts';
import { findRule, RULES } from '../reward/rules.ts';
import { solverName } from '../solvers/index.ts';
import type { Isolation, SolverName } from '../types.ts';
import type { VerifierOptions } from '../verify/verifier.ts';

/** How programs are run, as the command line says it. */
export interface RunFlags {
  readonly jobs?: number;
  readonly timeout?: number;
  readonly memory?: number;
  readonly threads?: number;
  readonly isolation?: Isolation;
  readonly seats?: Partial<Record<SolverName, number>>;
}

/** The flags shared by every command that runs programs. */
export function runOptions(): Option[] {
  return [
    new Option('--jobs <n>', 'programs at the same time (default: one for each processor)').argParser(
      wholeNumber('jobs'),
    ),
    new Option(
      '--timeout <seconds>',
      'processor time of a program (default: 10; wall time is stopped at twice that)',
    ).argParser(positive('timeout')),
    new Option('--memory <MiB>', 'address space of a program (default: 2048)').argParser(positive('memory')),
    new Option('--threads <n>', 'solver threads where a program does not say (default: 1)').argParser(
      wholeNumber('threads'),
    ),
    new Option('--isolation <level>', 'weaker isolation, for programs that you trust').choices([
      'landlock+seccomp',
      'seccomp',
      'none',
    ]),
    new Option('--seats <solver=n>', 'licence seats, programs of one solver at a time; may be repeated').argParser(
      addSeat,
    ),
  ];
}

export function verifierOptions(flags: RunFlags): VerifierOptions {
  const { jobs, timeout, memory, threads, isolation, seats } = flags;
  return {
    ...(jobs === undefined ? {} : { jobs }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(seats === undefined ? {} : { seats }),
    limits: {
      ...(timeout === undefined ? {} : { cpuMs: timeout * 1000, wallMs: timeout * 2000 }),
      ...(memory === undefined ? {} : { memoryBytes: Math.round(memory * 1024 ** 2) }),
      ...(threads === undefined ? {} : { threads }),
    },
  };
}

/** `--solver`, read and checked. */
export function solverOption(what = 'for all rows, whatever they name'): Option {
  return new Option('--solver <name>', `gurobi, ortools, copt, highs or scip (${what})`).argParser(solverName);
}

/** How verdicts and rewards are found, as the command line says it. */
export interface RuleFlags {
  readonly rule: string;
  readonly epsilon?: number;
}

/** The flags shared by every command that judges. */
export function ruleOptions(): Option[] {
  return [
    new Option('--rule <name>', RULES.map(({ name }) => name).join(', ')).default('evom'),
    new Option('--epsilon <share>', 'largest relative error of a hit, rule evom only (default: 0.05)').argParser(
      (text) => (text.trim() === '' ? Number.NaN : Number(text)),
    ),
  ];
}

/** The rules by name, for `--help`. */
export function ruleHelp(): string {
  return `\nRules:\n${RULES.map(({ name, describe }) => `  ${name.padEnd(12)} ${describe}`).join('\n')}`;
}

/** The rules to score by, the one to judge by first: rule evom scores at both of the paper's ε, unless one is named. */
export function rulesOf({ rule, epsilon }: RuleFlags): readonly [Rule, ...Rule[]] {
  const named = findRule(rule, epsilon);
  if (rule !== 'evom' || epsilon !== undefined) return [named];
  return [named, ...EPSILONS.filter((other) => other !== named.epsilon).map((other) => findRule(rule, other))];
}

function positive(name: string, test: (value: number) => boolean = () => true): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value > 0 && test(value)) return value;
    const what = test === Number.isInteger ? 'a whole number above 0' : 'a number above 0';
    throw new EvomError('config', `bad-${name}`, expected(`--${name}`, what, text, 'Correct the option.'));
  };
}

/** Reads a whole number above 0. */
export function wholeNumber(name: string): (text: string) => number {
  return positive(name, Number.isInteger);
}

function addSeat(text: string, seats: Partial<Record<SolverName, number>> = {}): Partial<Record<SolverName, number>> {
  const [solver, count] = text.split('=');
  return { ...seats, [solverName(solver)]: wholeNumber('seats')(count ?? '') };
}
