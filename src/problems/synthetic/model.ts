/**
 * A linear program, with or without integers, as plain data. It can be stored as JSON, compared, solved and written
 * as a program for any solver.
 */

export type VariableKind = 'continuous' | 'integer' | 'binary';

export interface Variable {
  /** What it counts, as the text calls it: `chairs`, `Leeds to York`. */
  readonly label: string;
  readonly kind: VariableKind;
  readonly lower: number;
  /** `null`: no upper bound. */
  readonly upper: number | null;
}

/** A coefficient, never 0, and the index of its variable. */
export type Term = readonly [coefficient: number, variable: number];

export type Relation = '<=' | '>=' | '==';

/** Terms are in the order of their variables, each variable at most once. */
export interface Constraint {
  readonly terms: readonly Term[];
  readonly relation: Relation;
  readonly bound: number;
}

export type Sense = 'maximize' | 'minimize';

export interface Objective {
  readonly sense: Sense;
  readonly terms: readonly Term[];
  /** A constant that is part of the objective's value. */
  readonly offset: number;
}

export interface Model {
  readonly variables: readonly Variable[];
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
}

/** What the optimum of a model is: its value, or why there is none. */
export type Optimum = number | 'infeasible' | 'unbounded';

/** A variable from 0, without an upper bound unless one is given. */
export function variable(label: string, kind: VariableKind, upper: number | null = null, lower = 0): Variable {
  return { label, kind, lower, upper: kind === 'binary' ? 1 : upper };
}

/** Terms of a dense row: `coefficients[j]` belongs to variable `j`; zeros are left out. */
export function row(coefficients: readonly number[]): readonly Term[] {
  return coefficients.flatMap((coefficient, index) => (coefficient === 0 ? [] : [[coefficient, index] as const]));
}

/** Terms that add up the given variables; indices rise. */
export function sumOf(indices: readonly number[]): readonly Term[] {
  return indices.map((index) => [1, index] as const);
}

/** Terms from coefficients by name; `names[j]` is the name of variable `j`. */
export function coefficientsOf(
  names: readonly string[],
  coefficients: Readonly<Record<string, number>>,
): readonly Term[] {
  return row(names.map((name) => coefficients[name] ?? 0));
}

export function atMost(terms: readonly Term[], bound: number): Constraint {
  return { terms, relation: '<=', bound };
}

export function atLeast(terms: readonly Term[], bound: number): Constraint {
  return { terms, relation: '>=', bound };
}

export function equals(terms: readonly Term[], bound: number): Constraint {
  return { terms, relation: '==', bound };
}

/** `0, 1, …, count − 1`. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** The sum of the numbers, 0 for none. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
