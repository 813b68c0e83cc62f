"""Latencies of Jupyter kernels, taking turns: start, first cell, warm cells, completion, 100 000 lines, memory.

Usage: latency.py ROUNDS CELLS NAME...   (kernels by the names of their kernelspecs); prints one JSON document.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

# The same work in each language.
SNIPPETS = {
    "typescript": {
        "cell": lambda i: f"const v{i} = [{i}, 2, 3].map((x) => x * 2); v{i}[0]",
        "complete": "const text = 'abc'; text.sta",
        "lines": "for (let i = 0; i < 100000; i++) console.log(i)",
    },
    "python": {
        "cell": lambda i: f"v{i} = [x * 2 for x in [{i}, 2, 3]]; v{i}[0]",
        "complete": "text = 'abc'; text.sta",
        "lines": "for i in range(100000): print(i)",
    },
}


def milliseconds(since: float) -> float:
    return (time.perf_counter() - since) * 1e3


def execute(client, code: str) -> tuple[float, float, int]:
    """Milliseconds to the reply and to idle, and lines of output."""
    started = time.perf_counter()
    message = client.execute(code)
    while client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != message:
        pass
    replied = milliseconds(started)
    lines = 0
    while True:
        try:
            published = client.get_iopub_msg(timeout=5)
        except Empty:
            return replied, float("nan"), lines
        if published["parent_header"].get("msg_id") != message:
            continue
        if published["msg_type"] == "stream":
            lines += published["content"]["text"].count("\n")
        if published["content"].get("execution_state") == "idle":
            return replied, milliseconds(started), lines


def complete(client, code: str) -> float:
    started = time.perf_counter()
    message = client.complete(code, len(code))
    while client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != message:
        pass
    return milliseconds(started)


def memory(pid: int) -> float:
    """MiB of the process and all below it, shared pages counted by share."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        own = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
    return own + sum(memory(int(child)) for child in children)


def measure(name: str, cells: int) -> dict:
    manager = KernelManager(kernel_name=name)
    started = time.perf_counter()
    manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    ready = milliseconds(started)
    snippets = SNIPPETS["python" if manager.kernel_spec.language == "python" else "typescript"]
    first = execute(client, snippets["cell"](0))
    time.sleep(3)  # what starts in the background is there now
    warm = [execute(client, snippets["cell"](i)) for i in range(1, cells + 1)]
    completions = [complete(client, snippets["complete"]) for _ in range(20)]
    lines = execute(client, snippets["lines"])
    result = {
        "readyMs": ready,
        "firstCellMs": first[0],
        "cellReplyMs": statistics.median(reply for reply, _, _ in warm),
        "cellIdleMs": statistics.median(idle for _, idle, _ in warm),
        "lastCellsMs": statistics.median(reply for reply, _, _ in warm[-20:]),
        "completionMs": statistics.median(completions),
        "linesReceived": lines[2],
        "linesSeconds": lines[1] / 1e3,
        "memoryMiB": memory(manager.provisioner.pid),
    }
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return result


def main() -> None:
    rounds, cells, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    results = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            results[name].append(measure(name, cells))
    print(json.dumps({"load": os.getloadavg()[0], "results": results}))


main()
