"""COPT's hook: reports each `Model.solve` and `solveLP` and exports the model."""

import os

import coptpy
from coptpy import COPT
from report import export, number

MODULES = ("coptpy", "coptcore")

NOT_SET = -1


def version() -> str:
    return f"{COPT.VERSION_MAJOR}.{COPT.VERSION_MINOR}.{COPT.VERSION_TECHNICAL}"


def install(report) -> None:
    def prepare(arguments, named) -> None:
        model = arguments[0]
        if report.threads and model.getParam(COPT.Param.Threads) == NOT_SET:
            quietly(lambda: model.setParam(COPT.Param.Threads, report.threads))

    def read(arguments, named, result, claim) -> None:
        model = arguments[0]
        claim["rawStatus"] = str(model.status)
        if model.hasmipsol or model.haslpsol:
            claim["objective"] = number(model.objval)
        export(claim, "mps", lambda: model.writeMpsStr().getData())

    report.observe(coptpy.Model, "solve", "coptpy", read, prepare)
    report.observe(coptpy.Model, "solveLP", "coptpy", read, prepare)


def quietly(action) -> None:
    """Runs `action` without the line that it would print."""
    kept = os.dup(1)
    os.dup2(0, 1)  # descriptor 0 is /dev/null
    try:
        action()
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def warm_up() -> None:
    """The first environment freezes COPT's working directory; it is the programs' own already."""
    model = coptpy.Envr().createModel()
    model.setParam(COPT.Param.Threads, 1)
    x = model.addVar(vtype=COPT.INTEGER, ub=3)
    y = model.addVar(vtype=COPT.INTEGER, ub=3)
    model.addConstr(2 * x + y <= 5)
    model.addConstr(2 * x + 3 * y <= 7)
    model.setObjective(3 * x + 2 * y, COPT.MAXIMIZE)
    model.solve()
    model.getVars()


def resolve(path: str) -> None:
    """Solves an exported model again; the hook reports the result."""
    model = coptpy.Envr().createModel()
    model.read(path)
    model.solve()
