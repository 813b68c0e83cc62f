"""HiGHS's hook: reports each solve through highspy and exports the model."""

import highspy
from report import export, number, through_file

MODULES = ("highspy",)


def version() -> str:
    return highspy.Highs().version()


def install(report) -> None:
    def prepare(arguments, named) -> None:
        solver = arguments[0]
        if report.threads and solver.getOptionValue("threads")[1] == 0:
            solver.setOptionValue("threads", report.threads)

    def read(arguments, named, result, claim) -> None:
        solver = arguments[0]
        claim["rawStatus"] = solver.modelStatusToString(solver.getModelStatus())
        info = solver.getInfo()
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            claim["objective"] = number(info.objective_function_value)
        export(claim, "mps", lambda: through_file("mps", lambda path: write_without_names(solver, path)))

    for name in ("run", "solve", "optimize", "minimize", "maximize"):
        report.observe(highspy.Highs, name, "highspy", read, prepare)


def write_without_names(solver, path: str) -> None:
    """A copy with generic names: spaces and line ends in a name break the file silently."""
    model = solver.getModel()
    model.lp_.col_names_, model.lp_.row_names_ = [], []
    plain = highspy.Highs()
    plain.silent()
    plain.passModel(model)
    plain.writeModel(path)


def warm_up() -> None:
    """Nothing: a solve with more than one thread in this process would make every child hang."""


def resolve(path: str) -> None:
    """Solves an exported model again; the hook reports the result."""
    solver = highspy.Highs()
    if solver.readModel(path) == highspy.HighsStatus.kError:
        raise ValueError("HiGHS cannot read the exported model")
    solver.run()
