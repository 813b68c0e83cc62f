/** Settings as they may be, whatever the settings file holds. Pure. */

import type { SolverWord } from '../../../kernel/spec/mime.ts';
import { SOLVER_TITLES } from '../palette.ts';

/** Read when they are needed: they may change. */
export interface Settings {
  /** Of live runs in the panel. */
  readonly updatesPerSecond: number;
  /** Of a new walkthrough, and where a magic names none. */
  readonly solver: SolverWord;
  /** Of a step's rollouts. */
  readonly rows: number;
}

export const DEFAULT_SETTINGS: Settings = { updatesPerSecond: 15, solver: 'highs', rows: 1000 };

/** A value that cannot be is the default. */
export function readSettings({ updatesPerSecond, solver, rows }: Readonly<Record<string, unknown>>): Settings {
  const within = (value: unknown, low: number, high: number, otherwise: number): number =>
    typeof value === 'number' && value >= low && value <= high ? value : otherwise;
  return {
    updatesPerSecond: within(updatesPerSecond, 1, 15, DEFAULT_SETTINGS.updatesPerSecond),
    solver: Object.hasOwn(SOLVER_TITLES, String(solver)) ? (solver as SolverWord) : DEFAULT_SETTINGS.solver,
    rows: Math.floor(within(rows, 1, 10_000, DEFAULT_SETTINGS.rows)),
  };
}
