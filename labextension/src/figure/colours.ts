/**
 * Which property of `style/figures.css` colours what. The palette is Okabe and Ito's ("Color Universal Design", 2008),
 * darker or lighter where the theme's background asks for contrast. A solver has its colour in every figure.
 */

import type { SolverWord } from '../../../kernel/spec/mime.ts';
import { own } from '../own.ts';

const [BLACK, ORANGE, SKY, GREEN, YELLOW, BLUE, VERMILLION, PURPLE] = [
  ...['--evom-black', '--evom-orange', '--evom-sky', '--evom-green'],
  ...['--evom-yellow', '--evom-blue', '--evom-vermillion', '--evom-purple'],
] as [string, string, string, string, string, string, string, string];

const SOLVERS: Readonly<Record<SolverWord, string>> = {
  gurobi: VERMILLION,
  ortools: SKY,
  copt: PURPLE,
  highs: GREEN,
  scip: ORANGE,
};

export function solverColour(solver: string): string {
  return own(SOLVERS, solver) ?? BLACK;
}

const SERIES = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK, YELLOW];

/** Of the nth line of a chart. */
export function seriesColour(index: number): string {
  return SERIES[index % SERIES.length] as string;
}

/** Verdicts that are often seen together differ; a legend has the words in the order of the areas. */
const VERDICTS: Readonly<Record<string, string>> = {
  correct: GREEN,
  solved: GREEN,
  'wrong-objective': VERMILLION,
  'wrong-status': PURPLE,
  'no-solve': SKY,
  exception: ORANGE,
  'missing-api': YELLOW,
  'no-program': BLUE,
  time: PURPLE,
  memory: SKY,
  output: BLUE,
  blocked: VERMILLION,
};

export function verdictColour(verdict: string): string {
  return own(VERDICTS, verdict) ?? BLACK;
}
