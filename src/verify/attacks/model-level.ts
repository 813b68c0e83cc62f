import { type Attack, LABEL } from './attack.ts';
import { python } from './program.ts';

/** The label into the score by the model: what is solved, what is claimed of it and what is exported. */
export const modelLevel: readonly Attack[] = (
  [
    {
      name: 'lying-objective',
      what: 'A solver object whose objective attribute lies disagrees with its model.',
      certifiable: 3,
      program: () => python`
        model = Model(Liar)
        x = model.variable("x", high=3)
        model.objective([(1, x)])
        tried()
        model.solve()
      `,
    },
    {
      name: 'offset-after-solve',
      what: 'An offset added after the solve is not part of what was solved.',
      program: () => python`
        model = honest()
        tried()
        model.offset(3 + GUESS - 2268)
      `,
    },
    {
      name: 'offset-before-export',
      what: 'A model changed between solve and export disagrees with the claim.',
      program: () => python`
        model = honest_model()
        before_export(lambda: model.offset(3 + GUESS - 2268))
        solve_and_tamper(model)
      `,
    },
    {
      name: 'objective-before-export',
      what: 'An objective replaced between solve and export disagrees with the claim.',
      program: () => python`
        model = honest_model()
        x = model.variable("extra", high=1)
        def replace():
            if hasattr(model.native, "freeTransform"):
                model.native.freeTransform()
            model.objective([(GUESS, x)])
        before_export(replace)
        solve_and_tamper(model)
      `,
    },
    {
      name: 'integrality-restored',
      what: 'A relaxation that gets its integrality back before the export disagrees.',
      certifiable: 10,
      program: () => python`
        model = Model()
        x = model.variable("x", integer=True)
        y = model.variable("y", high=9)
        model.at_most([(2, x)], 21)
        model.at_most([(1, x), (1, y)], 15)
        model.objective([(1, x)])
        model.integrality(x, False)
        before_export(lambda: model.integrality(x, True))
        solve_and_tamper(model)
      `,
    },
    {
      name: 'loose-gap',
      what: 'An incumbent under a loose gap does not pass for the optimum.',
      certifiable: 'any',
      program: () => python`
        model = Model()
        items = [model.variable(f"item{i}", high=1, integer=True) for i in range(60)]
        weights = [101 + 37 * i % 89 for i in range(60)]
        for row in range(6):
            model.at_most([(1 + (w * (row + 3)) % 97, v) for w, v in zip(weights, items)], 1100)
        model.objective([(w + i % 13, v) for i, (w, v) in enumerate(zip(weights, items))])
        model.gap(0.9)
        tried()
        model.solve()
      `,
    },
    {
      name: 'time-limit-incumbent',
      what: 'An incumbent at a limit is reported as such and not as an optimum.',
      certifiable: 'any',
      program: () => python`
        model = Model()
        items = [model.variable(f"item{i}", high=1, integer=True) for i in range(300)]
        for row in range(40):
            model.at_most([(1 + (i * (row + 7) * 31) % 997, v) for i, v in enumerate(items)], 20000 + row)
        model.objective([(1 + (i * 53) % 991, v) for i, v in enumerate(items)])
        model.seconds(0.05)
        tried()
        model.solve()
      `,
      judge: ({ outcome, status, certificate }) =>
        outcome === 'solved' && status === 'optimal' && certificate?.kind !== 'agrees' ? 'an incumbent passed' : null,
    },
    {
      name: 'mutated-after-solve',
      what: 'Bounds and rows changed after the last solve change nothing.',
      program: () => python`
        model = honest()
        tried()
        if hasattr(model.native, "freeTransform"):
            model.native.freeTransform()
        x = model.variable("extra", low=GUESS, high=GUESS)
        model.objective([(1, x)])
      `,
    },
    {
      name: 'unsolved-second-model',
      what: 'A model that is built and never solved does not count.',
      program: () => python`
        honest()
        tried()
        model = Model()
        x = model.variable("x", low=GUESS, high=GUESS)
        model.objective([(1, x)])
      `,
    },
    {
      name: 'claims-of-two-models-mixed',
      what: 'The claim of one solve with the export of another disagrees.',
      certifiable: 'nothing',
      program: () => python`
        report = find_report()
        first = Model()
        x = first.variable("x", high=GUESS)
        first.objective([(1, x)])
        first.solve()
        kept = dict(report.solve)
        honest()
        tried()
        report.solve.update(rawStatus=kept["rawStatus"], objective=kept["objective"])
        report.write()
      `,
    },
    {
      name: 'hostile-names',
      what: 'Names with line ends and MPS keywords do not change the exported model.',
      program: () => python`
        names = ["x\n RHS OBJ -1974\nENDATA\n", "OBJ", "RHS", "'MARKER' 'INTEND'", "a b\tc", " E R9\nRHS\n RHS R9 4242", "\x01\x7f"]
        model = Model()
        x, y = model.variable(names[0], integer=True), model.variable(names[1], integer=True)
        z = model.variable(names[2], high=40)
        model.at_most([(5, x), (20, y), (3, z)], 400, names[3])
        model.at_most([(10, x), (15, y), (4, z)], 450, names[5])
        model.at_most([(2, y), (-1, x)], 0, names[6])
        model.objective([(45, x), (80, y), (21.5, z)], 3)
        tried()
        model.solve()
      `,
    },
    {
      name: 'duplicate-names',
      what: 'Variables and rows of the same name stay apart in the export.',
      program: () => python`
        model = Model()
        x, y = model.variable("v", integer=True), model.variable("v", integer=True)
        z = model.variable("v", high=40)
        model.at_most([(5, x), (20, y), (3, z)], 400, "r")
        model.at_most([(10, x), (15, y), (4, z)], 450, "r")
        model.at_most([(2, y), (-1, x)], 0, "r")
        model.objective([(45, x), (80, y), (21.5, z)], 3)
        tried()
        model.solve()
      `,
    },
    ...(['nan', 'inf', '-inf', '1e300'] as const).map(
      (number): Omit<Attack, 'group'> => ({
        name: `coefficient-${number}`,
        what: `A coefficient of ${number} certifies nothing but what claim and re-solve agree on.`,
        certifiable: 'any',
        program: () => python`
          model = Model()
          x, y = model.variable("x", high=7), model.variable("y", high=600)
          tried()
          model.at_most([(float("${number}"), x), (1, y)], 4242)
          model.objective([(float("${number}"), x), (7, y)])
          model.solve()
        `,
      }),
    ),
    {
      name: 'export-loses-a-constraint',
      what: 'What an export has no room for is not silently dropped: the optimum is 7 (-2 with HiGHS) or uncertified.',
      certifiable: 'any',
      program: () => python`
        tried()
        exotic()
      `,
      judge: ({ outcome, objective }) =>
        outcome === 'solved' && Math.min(Math.abs((objective ?? 0) - 7), Math.abs((objective ?? 0) + 2)) > 1e-3
          ? `certified ${objective}`
          : null,
    },
    {
      name: 'cut-in-a-callback',
      what: 'An optimum that only a callback explains is not certified.',
      certifiable: 'any',
      program: () => python`
        tried()
        cut_by_callback()
      `,
    },
    {
      name: 'several-objectives',
      what: 'Of several objectives none passes for the only one.',
      certifiable: 'any',
      program: () => python`
        tried()
        several_objectives()
      `,
      judge: ({ outcome, objective }) => (outcome === 'solved' && objective === LABEL ? 'certified the label' : null),
    },
    {
      name: 'very-large-model',
      what: 'A model of 60 000 variables ends in a certificate, a licence limit or a limit of ours, not in trouble.',
      certifiable: 60_000,
      maxRepeat: 3,
      limits: { cpuMs: 10_000, wallMs: 20_000 },
      program: () => python`
        model = Model()
        several = [model.variable("", high=1, integer=True) for _ in range(60000)]
        for start in range(0, 60000, 600):
            model.at_most([(1, v) for v in several[start : start + 600]], 600)
        model.objective([(1, v) for v in several])
        tried()
        model.solve()
      `,
    },
    {
      name: 'slow-certificate',
      what: 'A claim for a model that nobody settles in time stays open, and holds up only itself.',
      certifiable: 'nothing',
      maxRepeat: 2,
      program: () => python`
        lines = ["NAME hard", "ROWS", " N OBJ", *(f" E R{r}" for r in range(12)), "COLUMNS", " M0 'MARKER' 'INTORG'"]
        for c in range(70):
            lines.append(f" C{c} OBJ {(c * 17) % 23 + 1}")
            lines += [f" C{c} R{r} {(c * (r + 3) * 7919) % 9973 + 1}" for r in range(12)]
        lines += [" M1 'MARKER' 'INTEND'", "RHS", *(f" RHS R{r} {(r * 104729) % 99991 + 150000}" for r in range(12))]
        lines += ["BOUNDS", *(f" UP BND C{c} 1" for c in range(70)), "ENDATA", ""]
        forge(claim(GUESS, "\n".join(lines)))
        os._exit(0)
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ ...attack, group: 'model level' }));
