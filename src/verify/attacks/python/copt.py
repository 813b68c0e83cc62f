# ruff: noqa: F821  prelude.py comes first
"""COPT behind the few verbs that the attacks use."""

import coptpy
from coptpy import COPT

API, OPTIMAL, INFEASIBLE = "coptpy", "1", "2"
EXPORT_FILE = "._evom_export.mps"
SOLVE = (coptpy.Model, "solve")
ENVIRONMENT = coptpy.Envr()


class Native(coptpy.Model):
    def writeMpsStr(self):
        run_tamper()
        return super().writeMpsStr()


class Liar(Native):
    def __getattribute__(self, name):
        return 4242.0 if name == "objval" else super().__getattribute__(name)


class Model:
    def __init__(self, native=Native):
        self.native = ENVIRONMENT.createModel("attack")
        object.__setattr__(self.native, "__class__", native)  # no constructor makes a model

    def variable(self, name="", low=0, high=1e30, integer=False):
        return self.native.addVar(lb=low, ub=high, vtype="I" if integer else "C", name=name)

    def at_most(self, terms, right, name=""):
        self.native.addConstr(coptpy.LinExpr([(v, c) for c, v in terms]) <= right, name)

    def equals(self, terms, right, name=""):
        self.native.addConstr(coptpy.LinExpr([(v, c) for c, v in terms]) == right, name)

    def objective(self, terms, offset=0, maximise=True):
        expression = coptpy.LinExpr([(v, c) for c, v in terms]) + offset
        self.native.setObjective(expression, COPT.MAXIMIZE if maximise else COPT.MINIMIZE)

    def offset(self, value):
        self.native.setObjConst(value)

    def integrality(self, variable, on):
        variable.setType("I" if on else "C")

    def gap(self, value):
        self.native.setParam("RelGap", value)
        self.native.setParam("HeurLevel", 0)

    def seconds(self, value):
        self.native.setParam("TimeLimit", value)

    def solve(self):
        self.native.solve()

    def value(self):
        return self.native.objval


def exotic():
    """Features that the export may lose: an SOS and an indicator. The optimum is 7."""
    native = ENVIRONMENT.createModel("exotic")
    x, y, b = native.addVar(ub=4), native.addVar(ub=7), native.addVar(vtype="B")
    native.addSOS(COPT.SOS_TYPE1, [x, y], [1, 2])
    native.addGenConstrIndicator(b, True, x + y <= 1)
    native.setObjective(x + y + 0 * b, COPT.MAXIMIZE)
    native.solve()


def cut_by_callback():
    """A lazy cut takes the optimum from 10 to 6: the model alone does not show it."""
    native = ENVIRONMENT.createModel("cut")
    x = native.addVar(ub=10, vtype="I")
    native.setObjective(x, COPT.MAXIMIZE)

    class Cut(coptpy.CallbackBase):
        def callback(self):
            if self.getSolution(x) > 6:
                self.addLazyConstr(x <= 6)

    native.setCallback(Cut(), COPT.CBCONTEXT_MIPSOL)
    native.solve()


def several_objectives():
    """Two objectives by priority."""
    native = ENVIRONMENT.createModel("several")
    x, y = native.addVar(ub=1), native.addVar(ub=1)
    native.addConstr(x + y <= 1)
    native.setObjectiveN(0, x, COPT.MAXIMIZE, priority=1)
    native.setObjectiveN(1, GUESS * y, COPT.MAXIMIZE, priority=2)
    native.solve()
