"""Gurobi's hook: reports each `Model.optimize` (and `sync` after `optimizeAsync`) and exports the model."""

import gurobipy
from report import export, number, through_file

MODULES = ("gurobipy",)


def version() -> str:
    return ".".join(map(str, gurobipy.gurobi.version()))


def install(report) -> None:
    def prepare(arguments, named) -> None:
        model = arguments[0]
        if report.threads and model.Params.Threads == 0:
            quietly(model, "Threads", report.threads)

    def read(arguments, named, result, claim) -> None:
        model = arguments[0]
        claim["rawStatus"] = str(model.Status)
        if model.SolCount:
            claim["objective"] = number(model.ObjVal)
        export(claim, "mps", lambda: through_file("rew", model.write))  # .rew is MPS with generic names

    report.observe(gurobipy.Model, "optimize", "gurobipy", read, prepare)
    report.observe(gurobipy.Model, "sync", "gurobipy", read)


def quietly(model, parameter: str, value) -> None:
    """Sets a parameter without the line that it would print."""
    shown = model.Params.OutputFlag
    if shown:
        model.Params.OutputFlag = 0
    model.setParam(parameter, value)
    if shown:
        model.Params.OutputFlag = shown


def warm_up() -> None:
    """The first solve starts the licence and touches what every later one needs."""
    model = gurobipy.Model()
    model.Params.OutputFlag = 0
    model.Params.Threads = 1
    x = model.addVar(vtype="I", ub=3, name="x")
    model.addConstr(2 * x <= 5)
    model.setObjective(x, gurobipy.GRB.MAXIMIZE)
    model.optimize()


def resolve(path: str) -> None:
    """Solves an exported model again; the hook reports the result. Runs in a process that never saw the program."""
    model = gurobipy.read(path)
    model.Params.NonConvex = 2
    model.Params.DualReductions = 0
    model.optimize()
