"""One forked child: descriptors, scratch folder, fences, then the program. It never returns."""

import ctypes
import gc
import linecache
import os
import random
import resource
import signal
import sys
import traceback
import types

import sandbox

PROGRAM_NAME = "program.py"
# Descriptors, the same in the fork server and in its children: 0 is nothing, 1 and 2 are the log.
LOG, REPORT, PROGRAM, RULESET = 1, 3, 4, 5
# Where the fork server's own begin.
FIRST_OWN = 10

# Python's words and COPT's. Gurobi's AttributeError for a value that is not there yet says "Unable to retrieve".
NO_SUCH_NAME = ("has no attribute", "Invalid attribute name")

libc = ctypes.CDLL(None)


def place_files() -> None:
    """New for each program: an old one keeps the offset, flags and mode that a program gave it, and the next would see
    them. Log and report are files in memory, so that a chatty solver wakes nobody."""
    place(os.open("/dev/null", os.O_RDWR), 0)
    for name, target in (("log", LOG), ("report", REPORT), ("program", PROGRAM)):
        place(os.memfd_create(name), target)
    os.dup2(LOG, 2)


def close_all_from(first: int) -> None:
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def open_streams() -> None:
    """Made once, in the fork server."""
    sys.stdin = open(0, closefd=False)
    sys.stdout = open(1, "w", buffering=1 << 16, closefd=False, errors="replace")
    sys.stderr = open(2, "w", buffering=1, closefd=False, errors="replace")
    sys.argv = [PROGRAM_NAME]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it; a log beyond its limit should end the program


def place(descriptor: int, target: int) -> None:
    if descriptor != target:
        os.dup2(descriptor, target)
        os.close(descriptor)


def run(job, server) -> None:
    """`job`: the limits; `server`: report, hook, isolation."""
    code = 1
    try:
        source = prepare(job, server)
        code = execute(source, server)
    except BaseException:
        os.write(LOG, traceback.format_exc().encode())
    finally:
        os._exit(code & 255)  # whatever a program makes of its last moments, it never becomes a fork server


def prepare(job, server) -> str:
    os.setsid()
    source = os.pread(PROGRAM, os.fstat(PROGRAM).st_size, 0).decode("utf-8", errors="replace")
    close_all_from(RULESET + 1 if server.has_ruleset else RULESET)
    server.report.threads = job.threads
    random.seed(0)
    gc.enable()
    ruleset = RULESET if server.has_ruleset else -1
    sandbox.enter(server.isolation, ruleset, server.user, server.pid, job.memory_bytes, job.cpu_ms // 1000 + 2)
    # The fork server takes an emptied program file as the mark that all fences stand; nothing can undo the mark.
    os.ftruncate(PROGRAM, 0)
    os.close(PROGRAM)
    return source


def execute(source: str, server) -> int:
    """Runs the program as `__main__`; its exit code, or 1 after an exception, which is reported."""
    module = types.ModuleType("__main__")
    module.__dict__.update(__builtins__=__builtins__, __file__=PROGRAM_NAME)
    sys.modules["__main__"] = module
    linecache.cache[PROGRAM_NAME] = (len(source), None, source.splitlines(True), PROGRAM_NAME)
    code = 0
    try:
        exec(compile(source, PROGRAM_NAME, "exec"), module.__dict__)
    except SystemExit as request:
        code = request.code if isinstance(request.code, int) else 0 if request.code is None else 1
    except BaseException as error:
        code = 1
        report_error(error, server)
    flush()
    return code


def report_error(error: BaseException, server) -> None:
    try:
        own_frames = error.__traceback__.tb_next if error.__traceback__ else None
        sys.stderr.write("".join(traceback.format_exception(type(error), error, own_frames)))
        server.report.record_error(error, program_line(error), missing_name(error, server.hook.MODULES))
    except BaseException:
        pass  # a program that broke even this has no claim


def program_line(error: BaseException) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == PROGRAM_NAME:
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == PROGRAM_NAME]
    return lines[-1] if lines else None


def missing_name(error: BaseException, modules: tuple[str, ...]) -> str | None:
    """The name that the program expected of the solver's API and that does not exist, else None."""

    def is_solvers(module: str | None) -> bool:
        return module is not None and module.split(".")[0] in modules

    if isinstance(error, ImportError):
        return f"{error.name}: {error}" if is_solvers(error.name) else None
    if isinstance(error, AttributeError) and any(words in str(error) for words in NO_SUCH_NAME):
        owner = error.obj
        if isinstance(owner, types.ModuleType):
            return f"{owner.__name__}.{error.name}" if is_solvers(owner.__name__) else None
        kind = owner if isinstance(owner, type) else type(owner)
        if is_solvers(kind.__module__):
            return f"{kind.__module__}.{kind.__name__}.{error.name}"
        for module in modules:  # raised in C, without the object
            if f"{module}." in str(error):
                return str(error)
    return None


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    libc.fflush(None)
