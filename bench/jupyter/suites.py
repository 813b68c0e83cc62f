"""Both conformance suites on one kernel: suites.py FOLDER NAME

FOLDER holds the suites, NAME is a kernelspec's. Prints one JSON document: rows of `check`, `verdict`, `why` by suite.
"""

import json
import os
import sys
import unittest

folder, name = sys.argv[1:]
os.environ["KERNEL"] = name
sys.path.insert(0, folder)

import test_kernel  # noqa: E402
from testbed import run_testbed  # noqa: E402


class Rows(unittest.TestResult):
    """What became of each test; the first thing that goes wrong in it is why."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, dict] = {}

    def startTest(self, test) -> None:
        super().startTest(test)
        self._tell(test, "pass", "")

    def addFailure(self, test, error) -> None:
        self._tell(test, "fail", f"{error[0].__name__}: {error[1]}")

    addError = addFailure

    def addSkip(self, test, reason) -> None:
        self._tell(test, "unsupported", reason)

    def addSubTest(self, test, subtest, error) -> None:
        if error:
            self.addFailure(test, error)

    def _tell(self, test, verdict: str, why: str) -> None:
        check = test.id().split(" ")[0].rsplit(".", 1)[-1]  # parts of a test have its name and a space
        if self.rows.get(check, {"verdict": "pass"})["verdict"] == "pass":
            self.rows[check] = {"check": check, "verdict": verdict, "why": " ".join(why.split())}


def run_jupyter_kernel_test() -> list[dict]:
    result = Rows()
    unittest.defaultTestLoader.loadTestsFromModule(test_kernel).run(result)
    return list(result.rows.values())


def attempt(run) -> list[dict]:
    """A kernel that does not start has passed nothing, and the other suite is still run."""
    try:
        return run()
    except Exception as reason:
        return [{"check": "start", "verdict": "fail", "why": f"{type(reason).__name__}: {reason}"}]


suites = {"jupyter_kernel_test": attempt(run_jupyter_kernel_test), "kernel-testbed": attempt(lambda: run_testbed(name))}
print(json.dumps(suites))
