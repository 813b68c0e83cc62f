"""What a program's process tells about its solves: one document on descriptor 3, rewritten after each solve.

Layout: u32 little-endian size of the JSON, the JSON, the exported model's text. Everything in it is a CLAIM: a program
shares this process and can undo any hook or write the document itself. Nothing here is trusted; Node re-solves the
exported model and compares.
"""

import _thread
import ctypes
import gc
import json
import os
import signal
import struct
import sys

DESCRIPTOR = 3
# The largest model. A larger one is reported as not exportable.
MAX_MODEL_BYTES = 24 << 20
MESSAGE_LENGTH = 2000

libc = ctypes.CDLL(None)
# Not through `threading`, whose work after each fork costs every child 160 page faults.
MAIN_THREAD = _thread.get_ident()


class Report:
    """The claims of one process. `threads`: the solver threads of a program that does not ask for a number."""

    def __init__(self) -> None:
        self.threads = 1
        self._depth = 0
        self.reset()

    def reset(self) -> None:
        self.solve_count = 0
        self.solve: dict | None = None
        self.error: dict | None = None

    def write(self) -> None:
        model = b""
        solve = dict(self.solve) if self.solve else None
        if solve:
            model = (solve.pop("model") or "").encode(errors="replace")
            if len(model) > MAX_MODEL_BYTES:
                solve["exportError"] = f"the exported model takes {len(model)} bytes, more than {MAX_MODEL_BYTES}"
                model = b""
            solve["modelBytes"] = len(model)
        document = {"solveCount": self.solve_count, "solve": solve, "error": self.error}
        body = json.dumps(document, default=str).encode(errors="replace")
        data = memoryview(struct.pack("<I", len(body)) + body + model)
        offset = 0
        while offset < len(data):
            offset += os.pwrite(DESCRIPTOR, data[offset:], offset)
        os.ftruncate(DESCRIPTOR, offset)

    def observe(self, owner, name: str, api: str, read, prepare=None) -> None:
        """Replaces the solve call `owner.name` by one that reports.

        `read(target, result, claim, arguments)` fills the claim after a solve that returned; `prepare(target,
        arguments)` runs before it. A solve inside a solve (one entry point calling another) is reported once.
        """
        original = getattr(owner, name)

        def observed(*arguments, **named):
            if self._depth:
                return original(*arguments, **named)
            self._depth += 1
            try:
                if prepare:
                    prepare(arguments, named)
                result = original(*arguments, **named)
                self._record(api, lambda claim: read(arguments, named, result, claim))
                return result
            finally:
                self._depth -= 1

        observed.__name__ = name
        observed.__doc__ = original.__doc__
        replace_attribute(owner, name, observed)

    def _record(self, api: str, read) -> None:
        claim: dict = {"api": api, "rawStatus": "", "objective": None, "format": None, "model": None}
        limit_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN) if on_main_thread() else None
        try:
            read(claim)
        except BaseException as error:  # a claim that cannot be read is a claim without a model
            claim["exportError"] = f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH]
        finally:
            if limit_signal is not None:
                signal.signal(signal.SIGXFSZ, limit_signal)
        self.solve_count += 1
        self.solve = claim
        self.write()

    def record_error(self, error: BaseException, line: int | None, missing: str | None) -> None:
        self.error = {
            "type": type(error).__name__[:MESSAGE_LENGTH],
            "message": str(error)[:MESSAGE_LENGTH],
            "line": line,
            "missing": missing and missing[:MESSAGE_LENGTH],
            "errno": error.errno if isinstance(error, OSError) else None,
            "bases": [base.__name__[:MESSAGE_LENGTH] for base in type(error).__mro__[:20]],
        }
        self.write()


def on_main_thread() -> bool:
    return _thread.get_ident() == MAIN_THREAD


def replace_attribute(owner, name: str, value) -> None:
    """setattr, also on the immutable types of extension modules."""
    try:
        setattr(owner, name, value)
    except TypeError:
        gc.get_referents(owner.__dict__)[0][name] = value
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(owner))


def export(claim: dict, form: str, write) -> None:
    """Puts the model's text into the claim; `write()` returns it. Its chatter on standard output is discarded."""
    sys.stdout.flush()
    libc.fflush(None)
    kept = os.dup(1)
    os.dup2(0, 1)  # descriptor 0 is /dev/null, open for writing too
    try:
        claim["model"] = write()
        claim["format"] = form
    except BaseException as error:
        claim["exportError"] = f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH]
    finally:
        sys.stdout.flush()
        libc.fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


def through_file(suffix: str, write) -> str:
    """The text that `write(path)` puts into a file in the scratch folder."""
    path = f"._evom_export.{suffix}"
    try:
        write(path)
        with open(path, errors="replace") as file:
            return file.read()
    finally:
        try:
            os.unlink(path)
        except OSError:
            pass


def number(value) -> float | None:
    """A finite float, or None: JSON has no infinity."""
    try:
        value = float(value)
    except (TypeError, ValueError):
        return None
    return value if -1e308 < value < 1e308 else None
