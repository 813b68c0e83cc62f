import type { Answer, Observation, Verdict } from '../types.ts';

/** A named way to judge. A score without its rule says little, so every score carries `name` and `epsilon`. */
export interface Rule {
  readonly name: string;
  /** One sentence with every constant in it. */
  readonly describe: string;
  /** Largest relative error that counts as a hit. */
  readonly epsilon: number;
  /** True where the rule reads what the program printed, so that a `print` earns it. */
  readonly forgeable: boolean;
  /** Pure. Never throws. */
  readonly judge: (observation: Observation, answer: Answer) => Verdict;
}

/** The line that ORLM's and SIRL's harnesses append to a program, and read back. */
export const MARKER = 'Just print the best solution:';

/** Whether the program ran to its end and exited with 0, as `subprocess.run(check=True)` sees it. */
export function ranToEnd(observation: Observation): boolean {
  return observation.exitCode === 0 && observation.signal === null && !NEVER_RAN_TO_END.has(observation.outcome);
}

const NEVER_RAN_TO_END: ReadonlySet<string> = new Set(['no-program', 'truncated', 'time', 'memory', 'output', 'infra']);

/** The verdict for a program that did not run to its end. One that solved first and then failed is an `exception`. */
export function failureVerdict(observation: Observation): Verdict {
  return observation.outcome === 'solved' ? 'exception' : observation.outcome;
}

/** The verdict for a program that ran to its end and printed nothing that the rule can read. */
export function silenceVerdict(observation: Observation): Verdict {
  return observation.outcome === 'solved' ? 'no-solve' : observation.outcome;
}
