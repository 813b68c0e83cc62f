import { DEFAULT_LIMITS } from '../../src/config.ts';
import type { RunDescription } from '../../src/store/store.ts';
import { OUTCOMES, type Rollout, SOLVER_NAMES, type SolverName, type Step } from '../../src/types.ts';

/** A run's description for tests. */
export const DESCRIPTION: RunDescription = {
  configuration: { epsilon: 0.05, limits: { ...DEFAULT_LIMITS }, names: ['a', null, true] },
  versions: { evom: '0.1.0', node: '24' },
  seeds: { policy: 7 },
  hashes: { labelSet: '0123456789ab' },
};

const TEXTS = [
  '',
  'plain',
  'it\'s "quoted"; drop table rollouts; --',
  'Ünï ∑≤ 漢字 😀 \u{10ffff}',
  'tab\tline\r\nnul\u0000end',
  'mark \ufeff within',
];
const NUMBERS = [0, 17, 1 / 3, -250, 5e-5, 1e16, 5e-324, 1.7976931348623157e308];

/** A step whose content follows from its index: every outcome, absent parts, odd texts and numbers. */
export function sampleStep(index: number, size = 20): Step {
  return {
    index,
    rollouts: Array.from({ length: size }, (_, position) => sampleRollout(index * 31 + position)),
    statistics: { loss: 1 / (index + 3), kl: 0, clipFraction: 1e-300, "odd 'name'": -index - 1 },
  };
}

function sampleRollout(seed: number): Rollout {
  const text = TEXTS[seed % TEXTS.length]!;
  const number = NUMBERS[seed % NUMBERS.length]!;
  const some = <Value>(every: number, value: Value): Value | null => (seed % every === 0 ? null : value);
  const solve = { status: 'optimal', objective: some(5, number) } as const;
  return {
    problem: { id: `p${seed}`, text, answer: seed % 4 === 0 ? 'no-solution' : number, source: 'synthetic/knapsack' },
    completion: {
      text: text.repeat(50),
      tokenIds: Array.from({ length: seed % 7 }, (_, token) => token * 7919),
      logProbs: Array.from({ length: seed % 7 }, (_, token) => -(token + 1) / 3),
      truncated: seed % 11 === 0,
    },
    observation: {
      id: `o${seed}`,
      solver: SOLVER_NAMES[seed % SOLVER_NAMES.length] as SolverName,
      solverVersion: '1.15.1',
      outcome: OUTCOMES[seed % OUTCOMES.length]!,
      detail: some(2, text),
      status: some(3, 'optimal' as const),
      objective: some(5, number),
      claimed: some(3, { ...solve, rawStatus: 'kOptimal', api: 'highspy' }),
      certified: some(4, solve),
      certificate: some(3, {
        kind: 'agrees' as const,
        by: some(2, 'highs-wasm' as const),
        solve: some(4, solve),
        reason: text,
        degenerate: seed % 2 === 0 ? [] : (['pinned-objective', 'no-free-variable'] as const),
        size: some(5, { variables: seed, integers: 0, constraints: 2000 }),
        durationMs: 1.5,
      }),
      solveCount: seed % 3,
      error: some(2, { type: 'ValueError', message: text, line: some(4, 12) }),
      stdout: text.repeat(seed % 100),
      stdoutBytes: 2 ** 40,
      durationMs: 12.345678901234567,
      cpuMs: 0,
      memoryBytes: 2 ** 31,
      exitCode: some(6, seed % 256),
      signal: some(2, 9),
      isolation: 'landlock+seccomp',
      cached: seed % 2 === 0,
    },
    verdict: 'correct',
    reward: {
      parts: seed % 9 === 0 ? {} : { format: 1, answer: number, 'my part': 0.1 },
      total: number,
      masked: seed % 5 === 0,
    },
    advantage: some(5, -0.25),
  };
}
