# ruff: noqa: F821  prelude.py comes first
"""HiGHS behind the few verbs that the attacks use."""

import highspy

API, OPTIMAL, INFEASIBLE = "highspy", "Optimal", "Infeasible"
EXPORT_FILE = "._evom_export.mps"
SOLVE = (highspy.Highs, "run")


class Native(highspy.Highs):
    def writeModel(self, path):
        run_tamper()
        return super().writeModel(path)

    def getModel(self):
        run_tamper()
        return super().getModel()

    def getLp(self):
        run_tamper()
        return super().getLp()


class Liar(Native):
    def getInfo(self):
        information = super().getInfo()
        information.objective_function_value = 4242.0
        return information


class Model:
    def __init__(self, native=Native):
        self.native = native()

    def variable(self, name="", low=0, high=highspy.kHighsInf, integer=False):
        kind = highspy.HighsVarType.kInteger if integer else highspy.HighsVarType.kContinuous
        return self.native.addVariable(low, high, 0, kind, name or None)

    def at_most(self, terms, right, name=""):
        self.native.addConstr(self.native.qsum(c * v for c, v in terms) <= right, name or None)

    def equals(self, terms, right, name=""):
        self.native.addConstr(self.native.qsum(c * v for c, v in terms) == right, name or None)

    def objective(self, terms, offset=0, maximise=True):
        sense = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        self.native.setObjective(self.native.qsum(c * v for c, v in terms) + offset, sense)

    def offset(self, value):
        self.native.changeObjectiveOffset(value)

    def integrality(self, variable, on):
        kind = highspy.HighsVarType.kInteger if on else highspy.HighsVarType.kContinuous
        self.native.changeColIntegrality(variable.index, kind)

    def gap(self, value):
        self.native.setOptionValue("mip_rel_gap", value)
        self.native.setOptionValue("mip_heuristic_effort", 0.0)

    def seconds(self, value):
        self.native.setOptionValue("time_limit", float(value))

    def solve(self):
        self.native.run()

    def value(self):
        return self.native.getObjectiveValue()


def exotic():
    """A feature that the export may lose: a quadratic objective, minimum (x - 3)^2 - 2 = -2."""
    native = highspy.Highs()
    native.addVariable(lb=-10, ub=10, obj=-6.0)
    hessian = highspy.HighsHessian()
    hessian.dim_ = 1
    hessian.start_ = [0, 1]
    hessian.index_ = [0]
    hessian.value_ = [2.0]
    native.passHessian(hessian)
    native.changeObjectiveOffset(7.0)
    native.run()


def cut_by_callback():
    """The search is stopped at its first solutions."""
    model = honest_model()

    def stop(event):
        event.interrupt()

    model.native.cbMipInterrupt.subscribe(stop)
    model.native.cbMipImprovingSolution.subscribe(stop)
    model.solve()


def several_objectives():
    """Two objectives by priority."""
    native = highspy.Highs()
    native.addVariable(ub=1)
    native.addVariable(ub=1)
    native.addRow(0, 1, 2, [0, 1], [1.0, 1.0])
    native.setOptionValue("blend_multi_objectives", False)
    for coefficients, priority in (([-1.0, 0.0], 1), ([0.0, -float(GUESS)], 2)):
        objective = highspy.HighsLinearObjective()
        objective.weight, objective.priority, objective.offset = 1, priority, 0
        objective.abs_tolerance = objective.rel_tolerance = 0
        objective.coefficients = coefficients
        native.addLinearObjective(objective)
    native.run()
