# ruff: noqa: F821  prelude.py comes first
"""SCIP behind the few verbs that the attacks use."""

import pyscipopt

API, OPTIMAL, INFEASIBLE = "pyscipopt", "optimal", "infeasible"
EXPORT_FILE = "._evom_export.mps"
SOLVE = (pyscipopt.Model, "optimize")


class Native(pyscipopt.Model):
    def writeProblem(self, *arguments, **named):
        run_tamper()
        super().writeProblem(*arguments, **named)


class Liar(Native):
    def getObjVal(self, *arguments):
        return 4242.0


class Model:
    def __init__(self, native=Native):
        self.native = native()

    def variable(self, name="", low=0, high=None, integer=False):
        return self.native.addVar(lb=low, ub=high, vtype="I" if integer else "C", name=name)

    def at_most(self, terms, right, name=""):
        self.native.addCons(pyscipopt.quicksum(c * v for c, v in terms) <= right, name)

    def equals(self, terms, right, name=""):
        self.native.addCons(pyscipopt.quicksum(c * v for c, v in terms) == right, name)

    def objective(self, terms, offset=0, maximise=True):
        expression = pyscipopt.quicksum(c * v for c, v in terms) + offset
        self.native.setObjective(expression, "maximize" if maximise else "minimize")

    def offset(self, value):
        self.native.freeTransform()
        self.native.addObjoffset(value)

    def integrality(self, variable, on):
        self.native.freeTransform()
        self.native.chgVarType(variable, "I" if on else "C")

    def gap(self, value):
        self.native.setParam("limits/gap", value)

    def seconds(self, value):
        self.native.setParam("limits/time", value)

    def solve(self):
        self.native.optimize()

    def value(self):
        return self.native.getObjVal()


def exotic():
    """A feature that the export may lose: a nonlinear constraint. The optimum is exp(x) = 7 at x = log 7."""
    native = pyscipopt.Model()
    x, y = native.addVar(lb=0, ub=5), native.addVar(lb=0, ub=7)
    native.addCons(y == pyscipopt.exp(x))
    native.setObjective(y, "maximize")
    native.optimize()


def cut_by_callback():
    """A lazy constraint takes the optimum from 10 to 6: the model alone does not show it."""
    native = pyscipopt.Model()
    x = native.addVar(ub=10, vtype="I", obj=-1)

    class Cut(pyscipopt.Conshdlr):
        def conscheck(self, constraints, solution, *rest):
            is_cut = native.getSolVal(solution, x) > 6
            return {"result": pyscipopt.SCIP_RESULT.INFEASIBLE if is_cut else pyscipopt.SCIP_RESULT.FEASIBLE}

        def consenfolp(self, *rest):
            if native.getVal(x) <= 6:
                return {"result": pyscipopt.SCIP_RESULT.FEASIBLE}
            native.addCons(x <= 6)
            return {"result": pyscipopt.SCIP_RESULT.CONSADDED}

        def conslock(self, *rest):
            pass

    native.includeConshdlr(Cut(), "cut", "cuts", enfopriority=-10, chckpriority=-10, needscons=False)
    native.optimize()


def several_objectives():
    """Two objectives, one solve after the other: the last one counts."""
    model = Model()
    x, y = model.variable(high=1), model.variable(high=1)
    model.at_most([(1, x), (1, y)], 1)
    model.objective([(GUESS, y)])
    model.solve()
    model.native.freeTransform()
    model.objective([(1, x)])
    model.solve()
