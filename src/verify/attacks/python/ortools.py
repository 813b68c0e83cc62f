# ruff: noqa: F821  prelude.py comes first
"""OR-Tools (pywraplp over SCIP, and CP-SAT) behind the few verbs that the attacks use."""

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

API, OPTIMAL, INFEASIBLE = "pywraplp", "0", "2"
EXPORT_FILE = "._evom_export.pbtxt"
SOLVE = (pywraplp.Solver, "Solve")


class Native(pywraplp.Solver):
    def __init__(self):
        super().__init__("attack", pywraplp.Solver.SCIP_MIXED_INTEGER_PROGRAMMING)

    def ExportModelAsMpsFormat(self, *arguments):
        run_tamper()
        return super().ExportModelAsMpsFormat(*arguments)


class Liar(Native):
    def Objective(self):
        class Lie(pywraplp.Objective):
            def __init__(lie, truth):
                lie.this = truth.this

            def Value(lie):
                return 4242.0

        return Lie(super().Objective())


class Model:
    def __init__(self, native=Native):
        self.native = native()
        self.parameters = pywraplp.MPSolverParameters()

    def variable(self, name="", low=0, high=float("inf"), integer=False):
        return self.native.Var(low, high, integer, name)

    def at_most(self, terms, right, name=""):
        self.native.Add(sum(c * v for c, v in terms) <= right, name)

    def equals(self, terms, right, name=""):
        self.native.Add(sum(c * v for c, v in terms) == right, name)

    def objective(self, terms, offset=0, maximise=True):
        expression = sum(c * v for c, v in terms) + offset
        (self.native.Maximize if maximise else self.native.Minimize)(expression)

    def offset(self, value):
        pywraplp.Solver.Objective(self.native).SetOffset(value)

    def integrality(self, variable, on):
        variable.SetInteger(on)

    def gap(self, value):
        self.parameters.SetDoubleParam(self.parameters.RELATIVE_MIP_GAP, value)

    def seconds(self, value):
        self.native.SetTimeLimit(max(1, int(value * 1000)))

    def solve(self):
        self.native.Solve(self.parameters)

    def value(self):
        return pywraplp.Solver.Objective(self.native).Value()


def exotic():
    """Constraints that no MPS has room for: CP-SAT's element and all-different. The optimum is 7."""
    model = cp_model.CpModel()
    x, y, top = (model.new_int_var(0, 9, name) for name in "xyt")
    model.add_element(x, [3, 7, 5], y)
    model.add_all_different([x, y])
    model.add_max_equality(top, [x, y])
    model.maximize(top)
    cp_model.CpSolver().solve(model)


def cut_by_callback():
    """The search is stopped at its first solution."""
    model = cp_model.CpModel()
    x = [model.new_int_var(0, 50, f"x{i}") for i in range(30)]
    for i in range(29):
        model.add(3 * x[i] + 5 * x[i + 1] <= 97)
    model.maximize(sum((i % 7 + 1) * v for i, v in enumerate(x)))

    class Stop(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            self.stop_search()

    cp_model.CpSolver().solve(model, Stop())


def several_objectives():
    """Two objectives, one solve after the other: the last one counts."""
    model = Model()
    x, y = model.variable(high=1), model.variable(high=1)
    model.at_most([(1, x), (1, y)], 1)
    model.objective([(GUESS, y)])
    model.solve()
    model.objective([(1, x)])
    model.solve()
