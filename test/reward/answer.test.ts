import { describe, expect, it } from 'vitest';
import { judgeSolve, relativeError } from '../../src/reward/answer.ts';
import type { Answer, SolveStatus } from '../../src/types.ts';

const optimal = (objective: number | null) => ({ status: 'optimal' as const, objective });
const status = (word: SolveStatus) => ({ status: word, objective: null });

describe('relativeError', () => {
  it('is |u − a| / max(|a|, δ)', () => {
    expect(relativeError(105, 100)).toBe(0.05);
    expect(relativeError(-95, -100)).toBe(0.05);
    expect(relativeError(0.0005, 0)).toBeCloseTo(0.05, 12);
    expect(relativeError(1, 0, 1)).toBe(1);
  });

  it('is accepted by no ε where a value is not finite', () => {
    for (const [value, answer] of [
      [Number.NaN, 1],
      [1, Number.NaN],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(relativeError(value, answer) <= Number.POSITIVE_INFINITY).toBe(false);
    }
  });
});

describe('judgeSolve', () => {
  it('takes a number within ε and no further, at both ε', () => {
    expect(judgeSolve(optimal(105), 100)).toBe('correct');
    expect(judgeSolve(optimal(105.001), 100)).toBe('wrong-objective');
    expect(judgeSolve(optimal(100.0099), 100, { epsilon: 1e-4 })).toBe('correct');
    expect(judgeSolve(optimal(100.0101), 100, { epsilon: 1e-4 })).toBe('wrong-objective');
  });

  it('lets a label of 0 be met, from either side', () => {
    for (const value of [0, -0, 0.0005, -0.0005]) expect(judgeSolve(optimal(value), 0)).toBe('correct');
    expect(judgeSolve(optimal(0.0006), 0)).toBe('wrong-objective');
  });

  it('calls every status but optimal wrong where the label is a number, even with its value', () => {
    for (const word of ['infeasible', 'unbounded', 'infeasible-or-unbounded', 'feasible', 'limit', 'error'] as const) {
      expect(judgeSolve({ status: word, objective: 100 }, 100)).toBe('wrong-status');
    }
  });

  it('does not take an absent objective for 0', () => {
    expect(judgeSolve(optimal(null), 0)).toBe('wrong-objective');
  });

  it.each<[Answer, SolveStatus[]]>([
    ['infeasible', ['infeasible']],
    ['unbounded', ['unbounded']],
    ['no-solution', ['infeasible', 'unbounded', 'infeasible-or-unbounded']],
  ])('matches %s by %j and by nothing else', (answer, matching) => {
    const words = [
      'optimal',
      'infeasible',
      'unbounded',
      'infeasible-or-unbounded',
      'feasible',
      'limit',
      'error',
    ] as const;
    expect(words.filter((word) => judgeSolve(status(word), answer) === 'correct')).toEqual(matching);
  });
});
