# ruff: noqa: F821  prelude.py comes first
"""Gurobi behind the few verbs that the attacks use."""

import gurobipy

API, OPTIMAL, INFEASIBLE = "gurobipy", "2", "3"
EXPORT_FILE = "._evom_export.rew"
SOLVE = (gurobipy.Model, "optimize")


class Native(gurobipy.Model):
    def write(self, path):
        run_tamper()
        super().write(path)


class Liar(Native):
    ObjVal = 4242.0


class Model:
    def __init__(self, native=Native):
        self.native = native()

    def variable(self, name="", low=0, high=1e100, integer=False):
        return self.native.addVar(low, high, 0, "I" if integer else "C", name)

    def at_most(self, terms, right, name=""):
        self.native.addConstr(gurobipy.LinExpr(terms) <= right, name)

    def equals(self, terms, right, name=""):
        self.native.addConstr(gurobipy.LinExpr(terms) == right, name)

    def objective(self, terms, offset=0, maximise=True):
        self.native.setObjective(gurobipy.LinExpr(terms) + offset, -1 if maximise else 1)

    def offset(self, value):
        self.native.ObjCon = value
        self.native.update()

    def integrality(self, variable, on):
        variable.VType = "I" if on else "C"
        self.native.update()

    def gap(self, value):
        self.native.Params.MIPGap = value
        self.native.Params.Heuristics = 0

    def seconds(self, value):
        self.native.Params.TimeLimit = value

    def solve(self):
        self.native.optimize()

    def value(self):
        return self.native.ObjVal


def exotic():
    """A feature that the export may lose: a general max constraint and an SOS. The optimum is 7."""
    native = gurobipy.Model()
    x, y, top = native.addVar(ub=4), native.addVar(ub=7), native.addVar(ub=100)
    native.addGenConstrMax(top, [x, y])
    native.addSOS(gurobipy.GRB.SOS_TYPE1, [x, y])
    native.setObjective(top, gurobipy.GRB.MAXIMIZE)
    native.optimize()


def cut_by_callback():
    """A lazy cut takes the optimum from 10 to 6: the model alone does not show it."""
    native = gurobipy.Model()
    native.Params.LazyConstraints = 1
    x = native.addVar(ub=10, vtype="I", obj=-1)

    def on_event(model, where):
        if where == gurobipy.GRB.Callback.MIPSOL:
            model.cbLazy(x <= 6)

    native.optimize(on_event)


def several_objectives():
    """Two objectives by priority: 4242 y is reported, x was maximised first."""
    native = gurobipy.Model()
    x, y = native.addVar(ub=1), native.addVar(ub=1)
    native.addConstr(x + y <= 1)
    native.ModelSense = gurobipy.GRB.MAXIMIZE
    native.setObjectiveN(x, 0, priority=1)
    native.setObjectiveN(GUESS * y, 1, priority=2)
    native.optimize()
