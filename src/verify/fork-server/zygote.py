"""The fork server: imports one solver once, forks a fenced child for each program, one program at a time.

Usage: zygote.py HOOK.py OPTIONS-JSON; frames on standard input and output, described in protocol.ts.

One rule keeps programs apart: no program's text or output ever stays in this process's memory, which every later child
inherits. Programs come in through one buffer that is wiped; logs and reports are files in memory that the kernel copies
to the wire.

Exit status, processor time and peak memory come from the kernel; what the child says about its solves is a claim.
"""

import ctypes
import fcntl
import gc
import importlib.util
import json
import os
import select
import signal
import struct
import sys
import time
import traceback

import child
import file_mappings
import landlock
import namespaces
import sandbox
from report import Report
from scratch_folder import ScratchFolder

# How often a running program's processor time and scratch folder are looked at.
WATCH_SECONDS = 0.05
# More than any solver starts; the stacks of many more would take the machine down before the memory limit counts them.
MAX_THREADS = 512
# New objects before a program's first garbage collection, which costs 200 page faults; most programs end before it.
COLLECT_AFTER = 50_000
CPU_CLOCK = 2  # CPUCLOCK_SCHED of the kernel's posix-timers: a process's processor time


class Wire:
    """Frames from and to Node, on descriptors of its own, so that a library's chatter cannot corrupt them."""

    def __init__(self) -> None:
        self.input = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, child.FIRST_OWN)
        self.output = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, child.FIRST_OWN)

    def read_header(self) -> dict | None:
        """None at the end of the wire."""
        size = self._read_exactly(4)
        return json.loads(self._read_exactly(struct.unpack("<I", size)[0])) if size else None

    def read_into(self, target: int, size: int) -> None:
        """A body, into a file, through one buffer that is wiped."""
        buffer = bytearray(min(size, 1 << 16))
        view = memoryview(buffer)
        while size > 0:
            count = os.readv(self.input, [view[: min(size, len(buffer))]])
            if count == 0:
                raise EOFError("the wire ended inside a program")
            os.write(target, view[:count])
            size -= count
        ctypes.memset((ctypes.c_char * len(buffer)).from_buffer(buffer), 0, len(buffer))

    def send(self, header: dict, ranges: tuple[tuple[int, int, int], ...] = ()) -> None:
        """A header, then ranges (descriptor, from, size) of files that the kernel copies to the wire."""
        body = json.dumps(header).encode()
        data = memoryview(struct.pack("<I", len(body)) + body)
        while data:
            data = data[os.write(self.output, data) :]
        for descriptor, offset, size in ranges:
            while size > 0:
                count = os.sendfile(self.output, descriptor, offset, size)
                offset += count
                size -= count

    def _read_exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = os.read(self.input, size - len(data))
            if not part:
                return b""
            data += part
        return data


class Job:
    """The running program: its limits, its process, and why it was killed."""

    def __init__(self, request: dict) -> None:
        self.id = request["id"]
        self.cpu_ms = request["cpuMs"]
        self.wall_ms = request["wallMs"]
        self.memory_bytes = request["memoryBytes"]
        self.log_bytes = request["logBytes"]
        self.threads = request["threads"]
        self.pid = self.process = -1
        self.started = 0.0
        self.killed: str | None = None

    def kill(self, reason: str) -> None:
        if self.killed is None:
            self.killed = reason
            signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """Processor time of all threads so far."""
        return time.clock_gettime((~self.pid << 3) | CPU_CLOCK)

    def thread_count(self) -> int:
        """0 where /proc is not to be seen, as in namespaces."""
        try:
            return os.stat(f"/proc/{self.pid}/task").st_nlink - 2
        except OSError:
            return 0

    def watch(self, scratch: ScratchFolder) -> None:
        elapsed = time.monotonic() - self.started
        if elapsed > self.wall_ms / 1e3:
            self.kill("wall")
        elif elapsed > WATCH_SECONDS:
            if self.cpu_seconds() > self.cpu_ms / 1e3:
                self.kill("cpu")
            elif self.thread_count() > MAX_THREADS:
                self.kill("threads")
            elif scratch.is_overfull():
                self.kill("scratch")


class Server:
    def __init__(self, wire: Wire, hook_path: str, options: dict) -> None:
        self.wire = wire
        self.pid = os.getpid()
        self.isolation = options["isolation"]
        sandbox.check_available(self.isolation)
        can_drop = self.isolation != "none" and os.getuid() == 0 and sandbox.can_nobody_read_interpreter()
        self.user = sandbox.NOBODY if can_drop else None
        self.scratch = ScratchFolder(options["scratch"], self.user)
        os.chdir(self.scratch.path)
        sys.path[0] = self.scratch.path
        child.place_files()
        child.open_streams()
        self.readable = options["readable"]
        self.has_ruleset = self.isolation == "landlock+seccomp"
        if self.has_ruleset:
            child.place(landlock.build_ruleset(self.scratch.path, self.readable), child.RULESET)
        self.report = Report()
        self.hook = load_hook(hook_path)
        self.hook.install(self.report)
        file_mappings.forget_start_up()
        self.hook.warm_up()
        self.clear()
        self.job: Job | None = None
        self.poll = make_poll()
        self.poll.register(wire.input, select.EPOLLIN)

    def serve(self) -> None:
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            raise RuntimeError(f"{threads} threads before the first fork; a child would inherit locks without owners")
        file_mappings.share_with_children()
        if self.isolation == "namespaces+seccomp":
            namespaces.enter(self.scratch.path, self.readable)
        gc.collect()
        gc.freeze()
        gc.disable()
        gc.set_threshold(COLLECT_AFTER)
        self.wire.send({"ready": True, "version": self.hook.version(), "landlockAbi": landlock.abi()})
        is_open = True
        while is_open:
            for descriptor, _ in self.poll.poll(WATCH_SECONDS if self.job else -1):
                if descriptor == self.wire.input:
                    is_open = self.receive()
                elif self.job and descriptor == self.job.process:
                    self.finish(self.job)
            if self.job:
                self.job.watch(self.scratch)

    def receive(self) -> bool:
        """A program to run, or the cancelling of the one that runs. False at the end of the wire."""
        request = self.wire.read_header()
        if request is None:
            return False
        if "cancel" in request:
            if self.job and self.job.id == request["cancel"]:
                self.job.kill("cancelled")
            return True
        if self.job:
            raise RuntimeError("a second program came while one is running")
        self.wire.read_into(child.PROGRAM, request["programBytes"])
        os.write(child.PROGRAM, b"\n")  # never empty: the child empties it to say that all fences stand
        self.start(Job(request))
        return True

    def start(self, job: Job) -> None:
        job.started = time.monotonic()
        job.pid = os.fork()
        if job.pid == 0:
            child.run(job, self)
        job.process = os.pidfd_open(job.pid)
        self.job = job
        self.poll.register(job.process, select.EPOLLIN)

    def finish(self, job: Job) -> None:
        self.end_process_group(job)
        ended, status, usage = os.wait4(job.pid, os.WNOHANG)
        if not ended:
            return
        wall = time.monotonic() - job.started
        self.poll.unregister(job.process)
        os.close(job.process)
        self.job = None
        log_size, report_size = os.fstat(child.LOG).st_size, os.fstat(child.REPORT).st_size
        head = log_size if log_size <= job.log_bytes else job.log_bytes // 2
        tail = 0 if log_size <= job.log_bytes else job.log_bytes - head
        self.scratch.empty()  # before the reply: whoever has it may look for what a program left
        header = {
            "id": job.id,
            "started": os.fstat(child.PROGRAM).st_size == 0,
            "exitCode": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
            "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            "killed": job.killed,
            "wallMs": wall * 1e3,
            "cpuMs": (usage.ru_utime + usage.ru_stime) * 1e3,
            "peakBytes": usage.ru_maxrss * 1024,
            "logBytes": log_size,
            "scratchFreeBytes": self.scratch.free_bytes(),
            "headBytes": head,
            "tailBytes": tail,
            "reportBytes": report_size,
        }
        ranges = ((child.LOG, 0, head), (child.LOG, log_size - tail, tail), (child.REPORT, 0, report_size))
        self.wire.send(header, ranges)
        self.clear()

    def clear(self) -> None:
        """Nothing of one program is there for the next."""
        child.place_files()
        self.report.reset()

    def close(self) -> None:
        """Node is gone or wants no more: nothing may outlive this process."""
        if self.job:
            self.job.kill("shutdown")
            self.end_process_group(self.job)
            os.waitpid(self.job.pid, 0)
        self.scratch.remove()

    def end_process_group(self, job: Job) -> None:
        """Without seccomp a program may have children; they share its process group unless they left it."""
        if self.isolation == "none":
            try:
                os.killpg(job.pid, signal.SIGKILL)
            except OSError:
                pass


def make_poll() -> select.epoll:
    """Among the server's own descriptors: a child that kept it could change what this process waits for."""
    low = select.epoll()
    own = fcntl.fcntl(low.fileno(), fcntl.F_DUPFD_CLOEXEC, child.FIRST_OWN)
    low.close()
    return select.epoll.fromfd(own)


def load_hook(path: str):
    """A solver's hook by file, whatever its name: `copt.py` must not be importable as `copt` by programs."""
    sys.path.append(os.path.dirname(path))  # last: `ortools.py` must not hide the package
    try:
        specification = importlib.util.spec_from_file_location("evom_hook", path)
        module = importlib.util.module_from_spec(specification)
        sys.modules["evom_hook"] = module
        specification.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(os.path.dirname(path))


def main() -> None:
    os.setsid()  # an interrupt from the terminal is Node's to handle
    child.close_all_from(3)  # what Node's own parent left open is nobody's here
    errors = fcntl.fcntl(2, fcntl.F_DUPFD_CLOEXEC, child.FIRST_OWN)
    wire = Wire()
    try:
        server = Server(wire, sys.argv[1], json.loads(sys.argv[2]))
    except Exception as error:  # the solver is missing or broken: a reason, not a crash
        hello = {"ready": False, "reason": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        if isinstance(error, sandbox.IsolationUnavailable):
            hello["offered"] = str(error)
        wire.send(hello)
        return
    try:
        server.serve()
    except BaseException:
        os.write(errors, traceback.format_exc().encode())
        raise
    finally:
        server.close()


main()
