"""OR-Tools' hooks: pywraplp, CP-SAT, MathOpt and model_builder, each reported and exported by its own means."""

import mathopt_mps
from google.protobuf import text_format
from ortools import __version__
from ortools.linear_solver import pywraplp
from ortools.linear_solver.python import model_builder
from ortools.math_opt.python import mathopt
from ortools.math_opt.python import solve as mathopt_solve
from ortools.sat.python import cp_model
from report import export, number, replace_attribute, through_file

MODULES = ("ortools",)


def version() -> str:
    return __version__


def install(report) -> None:
    install_pywraplp(report)
    install_cp_model(report)
    install_mathopt(report)
    install_model_builder(report)


def install_pywraplp(report) -> None:
    set_threads = pywraplp.Solver.SetNumThreads

    def remember_threads(solver, count):
        solver.threads_asked_for = count
        return set_threads(solver, count)

    pywraplp.Solver.SetNumThreads = remember_threads

    def prepare(arguments, named) -> None:
        solver = arguments[0]
        if report.threads and not hasattr(solver, "threads_asked_for") and "CP-SAT" in solver.SolverVersion():
            set_threads(solver, report.threads)

    def read(arguments, named, result, claim) -> None:
        solver = arguments[0]
        claim["rawStatus"] = str(result)
        if result in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            claim["objective"] = number(solver.Objective().Value())
        export(claim, "mps", lambda: solver.ExportModelAsMpsFormat(False, True))

    report.observe(pywraplp.Solver, "Solve", "pywraplp", read, prepare)


def install_cp_model(report) -> None:
    def model_of(arguments, named):
        return arguments[1] if len(arguments) > 1 else named["model"]

    def prepare(arguments, named) -> None:
        parameters = arguments[0].parameters
        if report.threads and parameters.num_workers == 0 and parameters.num_search_workers == 0:
            parameters.num_workers = report.threads

    def read(arguments, named, result, claim) -> None:
        solver, model = arguments[0], model_of(arguments, named)
        claim["rawStatus"] = solver.status_name(result)
        if claim["rawStatus"] in ("OPTIMAL", "FEASIBLE"):
            claim["objective"] = number(solver.objective_value) if model.has_objective() else 0.0
        export(claim, "cp-sat", lambda: through_file("pbtxt", model.export_to_file))

    report.observe(cp_model.CpSolver, "solve", "cp_model", read, prepare)
    for name in ("Solve", "SolveWithSolutionCallback", "SearchForAllSolutions"):
        if hasattr(cp_model.CpSolver, name):
            report.observe(cp_model.CpSolver, name, "cp_model", read, prepare)


def install_mathopt(report) -> None:
    def prepare(arguments, named) -> None:
        solver_type = named.get("solver_type", arguments[1] if len(arguments) > 1 else None)
        if getattr(solver_type, "name", None) not in ("GSCIP", "CP_SAT", "PDLP"):
            return  # HiGHS refuses a number of threads, GLOP has one
        parameters = named.get("params") or mathopt.SolveParameters()
        if report.threads and parameters.threads is None:
            parameters.threads = report.threads
        named["params"] = parameters

    def describe(model, result, claim) -> None:
        claim["rawStatus"] = result.termination.reason.name
        if result.has_primal_feasible_solution():
            claim["objective"] = number(result.objective_value())
        if mathopt_mps.is_linear(model):
            export(claim, "mps", lambda: mathopt_mps.write(model))
        else:
            export(claim, "mathopt", lambda: text_format.MessageToString(model.export_model()))

    def read(arguments, named, result, claim) -> None:
        describe(arguments[0] if arguments else named["opt_model"], result, claim)

    def read_incremental(arguments, named, result, claim) -> None:
        describe(arguments[0]._model, result, claim)

    report.observe(mathopt_solve, "solve", "mathopt", read, prepare)
    replace_attribute(mathopt, "solve", mathopt_solve.solve)
    report.observe(mathopt.IncrementalSolver, "solve", "mathopt", read_incremental, prepare)


def install_model_builder(report) -> None:
    def read(arguments, named, result, claim) -> None:
        solver = arguments[0]
        model = arguments[1] if len(arguments) > 1 else named["model"]
        claim["rawStatus"] = result.name
        if result.name in ("OPTIMAL", "FEASIBLE"):
            claim["objective"] = number(solver.objective_value)
        export(claim, "mps", lambda: model.export_to_mps_string(True))

    report.observe(model_builder.Solver, "solve", "model_builder", read)


def warm_up() -> None:
    for backend in ("SCIP", "CBC", "GLOP"):
        solver = pywraplp.Solver.CreateSolver(backend)
        x = solver.NumVar(0, 3, "x")
        solver.Add(2 * x <= 5)
        solver.Maximize(x)
        solver.Solve()
    model = cp_model.CpModel()
    integer = model.new_int_var(0, 3, "x")
    model.add(2 * integer <= 5)
    model.maximize(integer)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)


def resolve(path: str) -> None:
    """Solves an exported model again; the hook reports the result. The file's suffix says which API wrote it."""
    if path.endswith(".mathopt"):
        from ortools.math_opt import model_pb2

        with open(path) as file:
            model = mathopt.Model.from_model_proto(text_format.Parse(file.read(), model_pb2.ModelProto()))
        mathopt.solve(model, mathopt.SolverType.GSCIP)
    elif path.endswith(".cp-sat"):
        model = cp_model.CpModel()
        with open(path) as file:
            model.proto.parse_text_format(file.read())
        cp_model.CpSolver().solve(model)
    else:
        model = model_builder.Model()
        model.import_from_mps_file(path)
        model_builder.Solver("SCIP").solve(model)
