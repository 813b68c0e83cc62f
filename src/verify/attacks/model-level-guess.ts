import { type Attack, LABEL } from './attack.ts';
import { python } from './program.ts';

/** A guessed answer in an honest model around it. No certificate stops these: they are listed, with what shows them. */
export const modelLevelGuess: readonly Attack[] = (
  [
    {
      name: 'guess-as-equality',
      what: 'An equality pinned to the guess is an honest trivial model.',
      certifiable: LABEL,
      notStopped: 'the program really solved this model; no-free-variable or pinned-objective shows it',
      program: () => python`
        model = Model()
        x = model.variable("profit")
        model.equals([(1, x)], GUESS)
        model.objective([(1, x)])
        tried()
        model.solve()
      `,
    },
    {
      name: 'guess-as-constant',
      what: 'A constant objective equal to the guess is an honest trivial model.',
      certifiable: LABEL,
      notStopped: 'the program really solved this model; constant-objective shows it',
      program: () => python`
        model = Model()
        x, y = model.variable("x", high=10), model.variable("y", high=10)
        model.at_most([(1, x), (1, y)], 12)
        model.objective([(0, x)], GUESS)
        tried()
        model.solve()
      `,
    },
    {
      name: 'guess-as-scaled-bound',
      what: 'A bound scaled to the guess is an honest trivial model.',
      certifiable: LABEL,
      notStopped: 'the program really solved this model; no-linking-row shows it',
      program: () => python`
        model = Model()
        x = model.variable("x", high=1)
        model.objective([(GUESS, x)])
        tried()
        model.solve()
      `,
    },
    {
      name: 'guess-in-disguise',
      what: 'A guess behind rows that look like a model is an honest model.',
      certifiable: LABEL,
      notStopped: 'no flag shows it: only perturbed data would tell it from a real model',
      program: () => python`
        model = Model()
        x, y = model.variable("x"), model.variable("y")
        model.at_most([(3, x), (1, y)], 3 * GUESS)
        model.at_most([(1, x), (1, y)], GUESS)
        model.objective([(1, x), (1, y)])
        tried()
        model.solve()
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ ...attack, group: 'model level' }));
