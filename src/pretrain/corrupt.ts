/**
 * Mistakes that a modeller makes, as pure functions on models. A base policy pretrained on them is what the paper's
 * is: able, and wrong in ways that rewards can mend.
 */

import type { Constraint, Model, Relation, Term, Variable } from '../problems/synthetic/model.ts';
import { fold, integer, type Key, uniform } from '../random.ts';

/**
 * `domain`: integers become continuous, and binaries integers without an upper bound. `constraint`: the last one is
 * forgotten. `ratio`: read backwards. `sense`: the objective's. `relation`: one constraint's. `number`: one coefficient
 * or bound is another number.
 */
export const MISTAKES = ['domain', 'constraint', 'ratio', 'sense', 'relation', 'number'] as const;
export type Mistake = (typeof MISTAKES)[number];

/** Probability of each mistake in a model that it can be made in; those left out never happen. */
export type MistakeRates = Readonly<Partial<Record<Mistake, number>>>;

export interface Corrupted {
  readonly model: Model;
  /** What was done to it, in the order of {@link MISTAKES}; empty where the model is as it was. */
  readonly mistakes: readonly Mistake[];
}

/** Each mistake is drawn by itself, from the key alone. */
export function corrupt(model: Model, rates: MistakeRates, key: Key): Corrupted {
  const mistakes: Mistake[] = [];
  for (const mistake of MISTAKES) {
    if (uniform(key, mistake) >= (rates[mistake] ?? 0)) continue;
    const other = APPLY[mistake](model, fold(key, `apply ${mistake}`));
    if (other === null) continue;
    model = other;
    mistakes.push(mistake);
  }
  return { model, mistakes };
}

/** The model with the mistake; `null` where it cannot be made. */
const APPLY: Readonly<Record<Mistake, (model: Model, key: Key) => Model | null>> = {
  domain(model) {
    if (model.variables.every(({ kind }) => kind === 'continuous')) return null;
    return { ...model, variables: model.variables.map(widened) };
  },

  constraint(model) {
    return model.constraints.length < 2 ? null : { ...model, constraints: model.constraints.slice(0, -1) };
  },

  ratio(model) {
    if (!model.constraints.some(isRatio)) return null;
    return { ...model, constraints: model.constraints.map((row) => (isRatio(row) ? reversed(row) : row)) };
  },

  sense(model) {
    const sense = model.objective.sense === 'maximize' ? 'minimize' : 'maximize';
    return { ...model, objective: { ...model.objective, sense } };
  },

  relation(model, key) {
    const index = integer(key, 'which', 0, model.constraints.length - 1);
    const relation = OPPOSITE[(model.constraints[index] as Constraint).relation];
    return withConstraint(model, index, (row) => ({ ...row, relation }));
  },

  /** A number of one or two digits in place of the objective's, a row's or a bound's. */
  number(model, key) {
    const value = integer(key, 'value', 2, 99);
    const place = integer(key, 'place', 0, model.constraints.length);
    if (place === model.constraints.length) {
      const { terms } = model.objective;
      return { ...model, objective: { ...model.objective, terms: withCoefficient(terms, value, key) } };
    }
    return withConstraint(model, place, (row) =>
      uniform(key, 'bound') < 0.5
        ? { ...row, bound: other(row.bound, value) }
        : { ...row, terms: withCoefficient(row.terms, value, key) },
    );
  },
};

const OPPOSITE: Readonly<Record<Relation, Relation>> = { '<=': '>=', '>=': '<=', '==': '<=' };

function widened({ label, kind, lower, upper }: Variable): Variable {
  if (kind === 'binary') return { label, kind: 'integer', lower, upper: null };
  return { label, kind: 'continuous', lower, upper };
}

/** `x1 - 3*x2 >= 0`, in either order: two variables of opposite sign, and nothing on the right. */
function isRatio({ terms, bound }: Constraint): boolean {
  return bound === 0 && terms.length === 2 && terms.filter(([coefficient]) => coefficient < 0).length === 1;
}

function reversed(row: Constraint): Constraint {
  const [first, second] = row.terms as readonly [Term, Term];
  return {
    ...row,
    terms: [
      [second[0], first[1]],
      [first[0], second[1]],
    ],
  };
}

function withConstraint(model: Model, index: number, change: (row: Constraint) => Constraint): Model {
  return { ...model, constraints: model.constraints.map((row, at) => (at === index ? change(row) : row)) };
}

function withCoefficient(terms: readonly Term[], value: number, key: Key): readonly Term[] {
  const position = integer(key, 'term', 0, terms.length - 1);
  return terms.map(([coefficient, index], at) => [at === position ? other(coefficient, value) : coefficient, index]);
}

/** The value, or its neighbour where it is the number that it replaces. */
function other(number: number, value: number): number {
  return value === number ? value - 1 : value;
}
