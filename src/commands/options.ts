import { Option } from 'commander';
import { EvomError, expected } from '../errors.ts';
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
    new Option('--jobs <n>', 'programs at the same time (default: the processors)').argParser(
      positive('jobs', Number.isInteger),
    ),
    new Option(
      '--timeout <seconds>',
      'processor time of a program (default: 10; wall time is stopped at twice that)',
    ).argParser(positive('timeout')),
    new Option('--memory <MiB>', 'address space of a program (default: 2048)').argParser(positive('memory')),
    new Option('--threads <n>', 'solver threads where a program does not say (default: 1)').argParser(
      positive('threads', Number.isInteger),
    ),
    new Option('--isolation <level>', 'weaker isolation, for programs that you trust').choices([
      'landlock+seccomp',
      'seccomp',
      'none',
    ]),
    new Option('--seats <solver=n>', 'licence seats; may be repeated').argParser(addSeat),
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

export function solverOption(): Option {
  return new Option('--solver <name>', 'gurobi, ortools, copt, highs or scip, for all rows').argParser(solverName);
}

function positive(name: string, test: (value: number) => boolean = () => true): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value > 0 && test(value)) return value;
    const what = test === Number.isInteger ? 'a whole number above 0' : 'a number above 0';
    throw new EvomError('config', `bad-${name}`, expected(name, what, text, 'Correct the option.'));
  };
}

function addSeat(text: string, seats: Partial<Record<SolverName, number>> = {}): Partial<Record<SolverName, number>> {
  const [solver, count] = text.split('=');
  return { ...seats, [solverName(solver)]: positive('seats', Number.isInteger)(count ?? '') };
}
