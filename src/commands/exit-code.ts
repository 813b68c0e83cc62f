import { CommanderError } from 'commander';
import { EvomError } from '../errors.ts';

/** What the command line ends with. 0 whatever the programs did: a bad program is data. */
export const EXIT_CODES = {
  /** A check did not hold, or EVOM itself failed. */
  failure: 1,
  badInput: 2,
  noSolver: 3,
  interrupted: 130,
} as const;

/** Without a Python no solver can run. */
const NO_PYTHON: ReadonlySet<string> = new Set(['no-python-environment', 'python-not-found', 'python-not-started']);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.badInput;
  if (!(error instanceof EvomError)) return EXIT_CODES.failure;
  if (NO_PYTHON.has(error.code)) return EXIT_CODES.noSolver;
  return error.boundary === 'config' || error.boundary === 'problem' ? EXIT_CODES.badInput : EXIT_CODES.failure;
}
