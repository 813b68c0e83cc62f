"""A kernel is restarted as Jupyter does it: idle, and in the middle of a loop. restart.py NAME prints JSON.

Of each of the three lives: what a variable of the first is there, the cell's number, and the processes of the kernel
and of its engine.
"""

import json
import sys

from kernel_under_test import KernelUnderTest


def life_of(kernel: KernelUnderTest) -> dict:
    executed = kernel.execute("JSON.stringify([typeof kept, process.ppid, process.pid])")
    [result] = executed.contents("execute_result")
    kept, kernel_process, engine_process = json.loads(result["data"]["text/plain"].strip("'"))
    count = executed.reply["content"]["execution_count"]
    return {"kept": kept, "count": count, "processes": [kernel_process, engine_process]}


kernel = KernelUnderTest(sys.argv[1])
kernel.execute("const kept = 1")
lives = [life_of(kernel)]
kernel.restart()
lives.append(life_of(kernel))
kernel.send("shell", "execute_request", {"code": "for (;;);"})
kernel.listen(0.5)
kernel.restart()
lives.append(life_of(kernel))
kernel.ask("control", "shutdown_request", {"restart": False})
kernel.ends_within(10)
kernel.close()
print(json.dumps(lives))
