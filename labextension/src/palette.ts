/**
 * A verdict is a word, a shape and a colour, so that nobody needs the colour; the shapes are those of the fallbacks.
 * Colours are of Okabe and Ito's palette ("Color Universal Design", 2008), darker or lighter where the theme's background
 * asks for contrast.
 */

import type { SolverWord } from '../../kernel/spec/mime.ts';
import { own } from './own.ts';

export interface Mark {
  readonly word: string;
  readonly shape: string;
  /** CSS custom property of `style/base.css`. */
  readonly colour: string;
}

/** Every verdict, the best first; then what is said where nobody has judged. */
const MARKS: Readonly<Record<string, Mark>> = {
  correct: { word: 'correct', shape: '●', colour: '--evom-good' },
  'wrong-objective': { word: 'wrong objective', shape: '▲', colour: '--evom-bad' },
  'wrong-status': { word: 'wrong status', shape: '▼', colour: '--evom-bad' },
  'no-solve': { word: 'solved nothing', shape: '○', colour: '--evom-warn' },
  exception: { word: 'exception', shape: '✕', colour: '--evom-bad' },
  'missing-api': { word: 'missing API', shape: '✱', colour: '--evom-warn' },
  'no-program': { word: 'no program', shape: '□', colour: '--evom-warn' },
  truncated: { word: 'truncated', shape: '◇', colour: '--evom-masked' },
  time: { word: 'out of time', shape: '◷', colour: '--evom-limit' },
  memory: { word: 'out of memory', shape: '■', colour: '--evom-limit' },
  output: { word: 'too much output', shape: '▤', colour: '--evom-limit' },
  blocked: { word: 'blocked', shape: '⊘', colour: '--evom-bad' },
  licence: { word: 'licence limit', shape: '§', colour: '--evom-limit' },
  uncertified: { word: 'uncertified', shape: '?', colour: '--evom-masked' },
  infra: { word: 'our fault', shape: '!', colour: '--evom-masked' },
  solved: { word: 'solved', shape: '◉', colour: '--evom-limit' },
  written: { word: 'written', shape: '…', colour: '--evom-masked' },
};

const ORDER: readonly string[] = Object.keys(MARKS);

/** Of a verdict or an outcome; a word that nobody knows stands for itself. */
export function markOf(word: string): Mark {
  return own(MARKS, word) ?? { word, shape: '·', colour: '--evom-masked' };
}

/** For sorting: the best verdict first, unknown words last. */
export function markRank(word: string): number {
  const rank = ORDER.indexOf(word);
  return rank === -1 ? ORDER.length : rank;
}

export const SOLVER_TITLES: Readonly<Record<SolverWord, string>> = {
  gurobi: 'Gurobi',
  ortools: 'OR-Tools',
  copt: 'COPT',
  highs: 'HiGHS',
  scip: 'SCIP',
};

export function solverTitle(solver: string): string {
  return own(SOLVER_TITLES, solver) ?? solver;
}
