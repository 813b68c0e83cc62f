"""The two arms of `npm run bench -- verify` that are not ours, as people write them.

Usage: arms.py subprocess|in-process PROGRAMS.json JOBS. Prints JSON: wall time of each program and of all, processor
time, peak memory. Neither arm fences, limits or certifies anything.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor


def run_subprocess(program: str) -> float:
    """ORLM's way: a file and a fresh interpreter for each program."""
    started = time.perf_counter()
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(program)
        file.flush()
        subprocess.run([sys.executable, file.name], capture_output=True, text=True, timeout=60)
    return (time.perf_counter() - started) * 1e3


def run_in_process(program: str) -> float:
    started = time.perf_counter()
    try:
        exec(compile(program, "program.py", "exec"), {"__name__": "__main__"})
    except BaseException:
        pass
    return (time.perf_counter() - started) * 1e3


def fork_in_process(programs: list[str], jobs: int) -> list[float]:
    """The floor: `jobs` processes that import the solver once and run their share without any isolation."""
    pipes = []
    for index in range(jobs):
        read, write = os.pipe()
        if os.fork() == 0:
            times = [run_in_process(program) for program in programs[index::jobs]]
            sys.stdout.flush()
            os.write(write, json.dumps(times).encode())
            os._exit(0)
        os.close(write)
        pipes.append(read)
    times = []
    for read in pipes:
        with open(read) as pipe:
            times += json.loads(pipe.read())
    for _ in range(jobs):
        os.wait()
    return times


def main() -> None:
    arm, path, jobs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(path) as file:
        request = json.load(file)
    programs = request["programs"]
    output = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if arm == "in-process":
        for module in request["modules"]:  # outside the clock: the floor is the solver's own work
            __import__(module)
    started = time.perf_counter()
    if arm == "subprocess":
        with ThreadPoolExecutor(jobs) as pool:
            times = list(pool.map(run_subprocess, programs))
    else:
        times = fork_in_process(programs, jobs)
    wall = (time.perf_counter() - started) * 1e3
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = (usage[1].ru_utime + usage[1].ru_stime) * 1e3
    result = {"wallMs": wall, "timesMs": times, "cpuMs": cpu, "peakBytes": usage[1].ru_maxrss * 1024}
    os.write(output, json.dumps(result).encode())


main()
