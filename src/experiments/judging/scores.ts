/** From rows to scores: every table and claim goes through here. Pure. */

import { type Interval, wilsonInterval } from '../../evaluate.ts';
import type { SolverName } from '../../types.ts';
import type { Scores } from '../statistics.ts';
import type { Mode, ScoreRow } from './score-row.ts';

/** Which rows. */
export interface Selection {
  readonly arm: string;
  readonly solver: SolverName;
  readonly split: string;
  readonly mode: Mode;
  /** True: at ε 1e-4. Default: at 0.05. */
  readonly isStrict?: boolean;
}

/** Accuracy with all that it depends on but the label set. */
export interface Cell {
  /** Problems with a completion that is not masked. */
  readonly problems: number;
  readonly seeds: readonly number[];
  /** Completions, without the masked ones. */
  readonly n: number;
  readonly masked: number;
  /** Mean over problems of their share of hits, over seeds and samples; null where there is none. */
  readonly accuracy: number | null;
  /** Wilson's, over problems. */
  readonly interval: Interval;
  /** By seed, in the order of `seeds`. */
  readonly bySeed: readonly number[];
}

/** Rows by what they are asked for. */
export class RowIndex {
  readonly #rows: ReadonlyMap<string, readonly ScoreRow[]>;
  readonly #problems: ReadonlyMap<string, readonly string[]>;

  constructor(rows: readonly ScoreRow[]) {
    this.#rows = Map.groupBy(rows, keyOf);
    const splits = Map.groupBy(rows, ({ split }) => split);
    this.#problems = new Map(
      [...splits].map(([split, some]) => [split, [...new Set(some.map(({ problemId }) => problemId))].toSorted()]),
    );
  }

  rowsOf(selection: Selection): readonly ScoreRow[] {
    return this.#rows.get(keyOf(selection)) ?? [];
  }

  /** Seeds that an arm was judged with, ascending. */
  seedsOf(selection: Selection): readonly number[] {
    return [...new Set(this.rowsOf(selection).map(({ seed }) => seed))].toSorted((left, right) => left - right);
  }

  /**
   * [seeds][problems], problems in one order for all arms: a share of hits, null where nothing is to be judged. An arm
   * that has one seed alone, as the base has, stands beside each of the others'.
   */
  scoresOf(selection: Selection, seeds: readonly number[] = this.seedsOf(selection)): Scores {
    const problems = this.#problems.get(selection.split) ?? [];
    const bySeed = Map.groupBy(this.rowsOf(selection), ({ seed }) => seed);
    const only = bySeed.size === 1 ? [...bySeed.values()][0] : undefined;
    return seeds.map((seed) => {
      const byProblem = Map.groupBy(bySeed.get(seed) ?? only ?? [], ({ problemId }) => problemId);
      return problems.map((id) => shareOfHits(byProblem.get(id) ?? [], selection.isStrict ?? false));
    });
  }

  cellOf(selection: Selection): Cell {
    const seeds = this.seedsOf(selection);
    const rows = this.rowsOf(selection);
    const scores = this.scoresOf(selection, seeds);
    const problems = (scores[0] ?? []).flatMap((_, index) => {
      const shares = scores.flatMap((row) => row[index] ?? []);
      return shares.length === 0 ? [] : [mean(shares)];
    });
    const sum = problems.reduce((total, share) => total + share, 0);
    const masked = rows.filter((row) => row.masked).length;
    return {
      problems: problems.length,
      seeds,
      n: rows.length - masked,
      masked,
      accuracy: problems.length === 0 ? null : sum / problems.length,
      interval: wilsonInterval(sum, problems.length),
      bySeed: scores.map((row) => mean(row.filter((share) => share !== null))),
    };
  }
}

function keyOf({ arm, solver, split, mode }: Pick<ScoreRow, 'arm' | 'solver' | 'split' | 'mode'>): string {
  return JSON.stringify([arm, solver, split, mode]);
}

function shareOfHits(rows: readonly ScoreRow[], isStrict: boolean): number | null {
  const kept = rows.filter(({ masked }) => !masked);
  if (kept.length === 0) return null;
  return mean(kept.map(({ verdict, strictVerdict }) => Number((isStrict ? strictVerdict : verdict) === 'correct')));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
