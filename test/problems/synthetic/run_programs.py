"""Runs reference programs in one process and says what each printed: a JSON list on stdin, a JSON list in argv[1].

Trusted programs only: no sandbox. The solvers write their logs to standard output, so results go to a file.
"""

import json
import sys


def run(program: str) -> dict:
    printed = []
    try:
        exec(program, {"print": lambda *values: printed.append([str(value) for value in values])})
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"printed": printed}


results = [run(program) for program in json.load(sys.stdin)]
with open(sys.argv[1], "w") as file:
    json.dump(results, file)
