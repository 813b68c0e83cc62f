/** Synthetic observations for the reward lint: what `verify` would have said, without running anything. */

import type { Certificate, ClaimedSolve, DegenerateFlag, Observation, Solve } from '../types.ts';
import { MARKER } from './rule.ts';

/** A completion in the paper's format. */
export const FORMATTED: { readonly text: string; readonly truncated: boolean } = {
  text: '<think>Name the variables, then the constraints.</think>\n<code>\nimport highspy\n</code>',
  truncated: false,
};

/** What is told about an observation; the rest is filled in. */
export interface Told extends Partial<Omit<Observation, 'claimed' | 'certificate'>> {
  readonly claimed?: Solve | null;
  readonly certificate?: Certificate | null;
}

/** An observation with the fields given, and otherwise the quiet end of a program that solved nothing. */
export function observe(told: Told): Observation {
  const stdout = told.stdout ?? '';
  return {
    id: 'lint',
    solver: 'highs',
    solverVersion: '0',
    outcome: 'no-solve',
    detail: null,
    status: null,
    objective: null,
    certified: null,
    certificate: null,
    solveCount: told.claimed ? 1 : 0,
    error: null,
    stdoutBytes: Buffer.byteLength(stdout),
    durationMs: 10,
    cpuMs: 10,
    memoryBytes: 1,
    exitCode: 0,
    signal: null,
    isolation: 'landlock+seccomp',
    cached: false,
    ...told,
    stdout,
    claimed: told.claimed ? claim(told.claimed) : null,
  };
}

/** An honest run: it claims what is certified, and prints it as ORLM's and SIRL's harnesses do. */
export function honest(
  solve: Solve,
  told: Told & { readonly degenerate?: readonly DegenerateFlag[] } = {},
): Observation {
  const { degenerate = [], ...rest } = told;
  return observe({
    outcome: 'solved',
    ...solve,
    claimed: solve,
    certified: solve,
    certificate: certify('agrees', solve, degenerate),
    stdout: solve.objective === null ? 'Model is infeasible\nNo Best Solution\n' : marker(String(solve.objective)),
    ...rest,
  });
}

/** A claim that its certificate does not bear out. */
export function uncertified(
  claimed: Solve,
  certified: Solve | null,
  kind: Certificate['kind'],
  stdout: string,
): Observation {
  return observe({ outcome: 'uncertified', claimed, certified, certificate: certify(kind, certified), stdout });
}

/** The certificate of that kind. */
export function certify(
  kind: Certificate['kind'],
  solve: Solve | null,
  degenerate: readonly DegenerateFlag[] = [],
): Certificate {
  const by = solve === null ? null : 'highs-wasm';
  return {
    kind,
    by,
    solve,
    reason: `lint: ${kind}`,
    degenerate,
    size: { variables: 2, integers: 0, constraints: 2 },
    durationMs: 1,
  };
}

/** The line that forges a reward wherever stdout is read. */
export function marker(value: string): string {
  return `${MARKER} ${value}\n`;
}

/** An optimum of that value. */
export function optimal(objective: number): Solve {
  return { status: 'optimal', objective };
}

function claim(solve: Solve): ClaimedSolve {
  return { ...solve, rawStatus: solve.status, api: 'highspy' };
}
