"""SCIP's hook: reports each `Model.optimize` and exports the original problem."""

import pyscipopt
from report import export, number, through_file

MODULES = ("pyscipopt",)


def version() -> str:
    model = pyscipopt.Model()
    return f"{model.getMajorVersion()}.{model.getMinorVersion()}.{model.getTechVersion()}"


def install(report) -> None:
    def read(arguments, named, result, claim) -> None:
        model = arguments[0]
        claim["rawStatus"] = model.getStatus()
        if model.getNSols():
            claim["objective"] = number(model.getObjVal())

        # SCIP's MPS writer ends the process at a nonlinear constraint; its own format holds it.
        is_nonlinear = any(constraint.getConshdlrName() == "nonlinear" for constraint in model.getConss(False))
        form = "cip" if is_nonlinear else "mps"

        def write(path: str) -> None:
            model.writeProblem(path, genericnames=True, verbose=False)

        export(claim, form, lambda: through_file(form, write))

    for name in ("optimize", "optimizeNogil", "solveConcurrent"):
        if hasattr(pyscipopt.Model, name):
            report.observe(pyscipopt.Model, name, "pyscipopt", read)


def warm_up() -> None:
    model = pyscipopt.Model()
    model.hideOutput()
    x = model.addVar(vtype="I", ub=3)
    model.addCons(2 * x <= 5)
    model.setObjective(x, "maximize")
    model.optimize()
    model.getVal(x)


def resolve(path: str) -> None:
    """Solves an exported model again; the hook reports the result."""
    model = pyscipopt.Model()
    model.readProblem(path)
    model.optimize()
