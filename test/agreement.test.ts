import { describe, expect, it } from 'vitest';
import { agrees } from '../src/agreement.ts';
import type { Solve, SolveStatus } from '../src/types.ts';

const optimal = (objective: number | null): Solve => ({ status: 'optimal', objective });
const status = (word: SolveStatus): Solve => ({ status: word, objective: null });

describe('agrees', () => {
  it('asks for the same status and objectives within 1e-4 relative', () => {
    expect(agrees(optimal(100.009), optimal(100))).toBe(true);
    expect(agrees(optimal(100.011), optimal(100))).toBe(false);
    expect(agrees(optimal(1e-6), optimal(0))).toBe(true);
    expect(agrees(optimal(Number.NaN), optimal(0))).toBe(false);
    expect(agrees(optimal(null), optimal(0))).toBe(false);
    expect(agrees(status('infeasible'), status('unbounded'))).toBe(false);
    expect(agrees(status('infeasible'), optimal(1))).toBe(false);
  });

  it('lets a certificate settle which, where the solver said infeasible or unbounded', () => {
    expect(agrees(status('infeasible-or-unbounded'), status('infeasible'))).toBe(true);
    expect(agrees(status('infeasible-or-unbounded'), status('unbounded'))).toBe(true);
    expect(agrees(status('infeasible'), status('infeasible-or-unbounded'))).toBe(false);
    expect(agrees(status('infeasible-or-unbounded'), optimal(1))).toBe(false);
  });
});
