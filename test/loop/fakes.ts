import type { ProgramRunner } from '../../src/loop/roll-out.ts';
import { createScriptedPolicy, type ScriptedPolicy } from '../../src/policy/scripted.ts';
import { honest, observe, optimal } from '../../src/reward/lint-observation.ts';
import type { Outcome, Problem, Step } from '../../src/types.ts';

/** Problems `p0`, `p1`, … with answers 100, 200, … */
export function makeProblems(count: number, prefix = 'p'): Problem[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}${index}`,
    text: `${prefix} problem ${index}`,
    answer: 100 * (index + 1),
    source: 'test',
  }));
}

/** A scripted policy for such problems: the right program is `solve <answer>`. */
export function makePolicy(skill = 0.4): ScriptedPolicy {
  return createScriptedPolicy({ skill, programOf });
}

/** `solve <answer>` */
export function programOf({ problem }: { readonly problem: Problem }): string {
  return `solve ${problem.answer}`;
}

export interface FakeRunner extends ProgramRunner {
  /** Ids of the programs so far, in the order of their coming. */
  readonly seen: string[];
}

/** Runs `solve <number>` as an honest program with that optimum; every other program solves nothing. */
export function makeRunner(
  options: {
    /** Another outcome for a program, by its id; null for its own. */
    readonly outcomeOf?: (id: string) => Outcome | null;
    /** Waited for before a program ends. */
    readonly delay?: (id: string) => Promise<void>;
  } = {},
): FakeRunner {
  const seen: string[] = [];
  return {
    seen,
    isolation: 'landlock+seccomp',
    async observe({ id, program, solver }, signal) {
      signal?.throwIfAborted();
      seen.push(id);
      await options.delay?.(id);
      signal?.throwIfAborted();
      const outcome = options.outcomeOf?.(id) ?? null;
      if (outcome !== null) return observe({ id, solver, outcome });
      const value = /^solve (\d+)$/.exec(program)?.[1];
      return value === undefined ? observe({ id, solver }) : honest(optimal(Number(value)), { id, solver });
    },
  };
}

/** A step without its timings, which differ from run to run. */
export function timeless({ index, rollouts, statistics }: Step): Step {
  const kept = Object.entries(statistics).filter(([name]) => !name.endsWith('Seconds'));
  return { index, rollouts, statistics: Object.fromEntries(kept) };
}
