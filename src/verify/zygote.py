"""The fork server of one solver: imports it once, forks a fenced child for each program.

Usage: zygote.py HOOK.py OPTIONS-JSON; frames on standard input and output, described in protocol.ts.

Two rules keep programs apart. No program's text or output ever stays in this process's memory, which every later
child inherits: programs come in through one buffer that is wiped, logs and reports are files in memory that the kernel
copies to the wire. And Node sends no more requests than there are free slots, so there is no queue to read.

Exit status, processor time and peak memory come from the kernel; what the child says about its solves is a claim.
"""

import collections
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
import sandbox
from report import Report

SCRATCH_BYTES = 128 << 20
SCRATCH_ENTRIES = 2000
# How often a running program's processor time and scratch folder are looked at.
WATCH_SECONDS = 0.05
CPU_CLOCK = 2  # CPUCLOCK_SCHED of the kernel's posix-timers: a process's processor time


class Job:
    """A running program. Its log and report are files in memory, so that writing them wakes nobody."""

    def __init__(self, request: dict) -> None:
        self.id = request["id"]
        self.cpu_ms = request["cpuMs"]
        self.wall_ms = request["wallMs"]
        self.memory_bytes = request["memoryBytes"]
        self.log_bytes = request["logBytes"]
        self.threads = request["threads"]
        self.program = os.memfd_create("program", os.MFD_CLOEXEC)
        self.log = os.memfd_create("log", os.MFD_CLOEXEC)
        self.report = os.memfd_create("report", os.MFD_CLOEXEC)
        fcntl.fcntl(self.log, fcntl.F_SETFL, os.O_APPEND)  # shared by standard output and error
        self.pid = self.process = -1
        self.started = 0.0
        self.killed: str | None = None
        self.slot: Slot | None = None

    def close(self) -> None:
        for descriptor in (self.program, self.log, self.report, self.process):
            if descriptor >= 0:
                os.close(descriptor)


class Slot:
    """A place to run one program at a time: its scratch folder and the rule set that lets it write there."""

    def __init__(self, folder: str, server: "Server") -> None:
        self.folder = folder
        os.makedirs(folder, 0o700)
        if server.user is not None:
            os.chown(folder, server.user, server.user)
        is_fenced = server.isolation == "landlock+seccomp"
        self.ruleset = landlock.build_ruleset(folder, server.readable) if is_fenced else -1

    def empty(self) -> None:
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    remove_tree(entry.path)
                else:
                    os.unlink(entry.path)

    def is_overfull(self) -> bool:
        total = entries = 0
        for folder, _, names in os.walk(self.folder):
            entries += 1 + len(names)
            if entries > SCRATCH_ENTRIES:
                return True
            for name in names:
                try:
                    total += os.lstat(os.path.join(folder, name)).st_blocks * 512
                except OSError:
                    pass
        return total > SCRATCH_BYTES


class Server:
    def __init__(self, hook_path: str, options: dict) -> None:
        self.pid = os.getpid()
        self.isolation = options["isolation"]
        sandbox.check_available(self.isolation)
        self.readable = options["readable"]
        self.scratch = options["scratch"]
        os.makedirs(self.scratch, 0o711, exist_ok=True)
        self.cores = os.cpu_count() or 1
        self.report = Report()
        # The wire leaves descriptors 0 and 1, so that a library's chatter cannot corrupt it.
        self.wire_in, self.wire_out = os.dup(0), os.dup(1)
        null = os.open("/dev/null", os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)
        self.hook = load_hook(hook_path)
        self.hook.install(self.report)
        self.warm_up()
        can_drop = self.isolation != "none" and os.getuid() == 0 and sandbox.can_nobody_read_interpreter()
        self.user = sandbox.NOBODY if can_drop else None
        self.slots = [Slot(f"{self.scratch}/{index}", self) for index in range(options["slots"])]
        self.free = collections.deque(self.slots)
        self.jobs: dict[int, Job] = {}
        self.poll = select.epoll()
        self.poll.register(self.wire_in, select.EPOLLIN)

    def warm_up(self) -> None:
        """One solve, its report thrown away, so that programs inherit what every solve touches."""
        os.chdir(self.scratch)
        self.report.descriptor = os.memfd_create("report")
        self.hook.warm_up()
        os.close(self.report.descriptor)
        self.report.reset()

    def serve(self) -> None:
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            raise RuntimeError(f"{threads} threads before the first fork; a child would inherit locks without owners")
        child.inherit()
        file_mappings.share_with_children()
        gc.collect()
        gc.freeze()
        gc.disable()
        self.send({"ready": True, "version": self.hook.version(), "landlockAbi": landlock.abi()})
        is_open = True
        while is_open:
            for descriptor, _ in self.poll.poll(self.seconds_to_next_watch()):
                if descriptor == self.wire_in:
                    is_open = self.receive()
                else:
                    self.finish(self.jobs[descriptor])
            self.watch()
        self.close()

    def close(self) -> None:
        """Node is gone or wants no more: nothing may outlive this process."""
        for job in list(self.jobs.values()):
            self.kill(job, "shutdown")
            os.waitpid(job.pid, 0)
        remove_tree(self.scratch)

    # ---- requests and replies

    def receive(self) -> bool:
        """One request: a header and the program's text. False at the end of the wire."""
        header = self.read_exactly(4)
        if header is None:
            return False
        request = json.loads(self.read_exactly(struct.unpack("<I", header)[0]))
        if "cancel" in request:
            for job in self.jobs.values():
                if job.id == request["cancel"]:
                    self.kill(job, "cancelled")
            return True
        job = Job(request)
        self.read_into(job.program, request["programBytes"])
        os.write(job.program, b"\n")  # never empty: the child empties it to say that all fences stand
        self.start(job)
        return True

    def read_exactly(self, size: int) -> bytes | None:
        data = b""
        while len(data) < size:
            part = os.read(self.wire_in, size - len(data))
            if not part:
                return None
            data += part
        return data

    def read_into(self, target: int, size: int) -> None:
        """From the wire into a file, through one buffer that is wiped."""
        buffer = bytearray(min(size, 1 << 16))
        view = memoryview(buffer)
        while size > 0:
            count = os.readv(self.wire_in, [view[: min(size, len(buffer))]])
            if count == 0:
                raise EOFError("the wire ended inside a program")
            os.write(target, view[:count])
            size -= count
        ctypes.memset((ctypes.c_char * len(buffer)).from_buffer(buffer), 0, len(buffer))

    def send(self, header: dict, files: tuple[tuple[int, int, int], ...] = ()) -> None:
        """A header, then ranges (descriptor, from, size) of files that the kernel copies to the wire."""
        body = json.dumps(header).encode()
        data = memoryview(struct.pack("<I", len(body)) + body)
        while data:
            data = data[os.write(self.wire_out, data) :]
        for descriptor, offset, size in files:
            while size > 0:
                count = os.sendfile(self.wire_out, descriptor, offset, size)
                offset += count
                size -= count

    # ---- a program's life

    def start(self, job: Job) -> None:
        job.slot = self.free.popleft()
        job.started = time.monotonic()
        job.pid = os.fork()
        if job.pid == 0:
            child.run(job, job.slot, self)
        job.process = os.pidfd_open(job.pid)
        self.jobs[job.process] = job
        self.poll.register(job.process, select.EPOLLIN)

    def kill(self, job: Job, reason: str) -> None:
        if job.killed is None:
            job.killed = reason
            signal.pidfd_send_signal(job.process, signal.SIGKILL)

    def finish(self, job: Job) -> None:
        if self.isolation == "none":
            try:  # without seccomp a program may have children; they share its process group unless they left it
                os.killpg(job.pid, signal.SIGKILL)
            except OSError:
                pass
        _, status, usage = os.wait4(job.pid, 0)
        wall = time.monotonic() - job.started
        self.poll.unregister(job.process)
        del self.jobs[job.process]
        log_size, report_size = os.fstat(job.log).st_size, os.fstat(job.report).st_size
        head = log_size if log_size <= job.log_bytes else job.log_bytes // 2
        tail = 0 if log_size <= job.log_bytes else job.log_bytes - head
        free = os.statvfs(job.slot.folder)
        self.send(
            {
                "id": job.id,
                "started": os.fstat(job.program).st_size == 0,
                "exitCode": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
                "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
                "killed": job.killed,
                "wallMs": wall * 1e3,
                "cpuMs": (usage.ru_utime + usage.ru_stime) * 1e3,
                "peakBytes": usage.ru_maxrss * 1024,
                "logBytes": log_size,
                "scratchFreeBytes": free.f_bavail * free.f_frsize,
                "headBytes": head,
                "tailBytes": tail,
                "reportBytes": report_size,
            },
            ((job.log, 0, head), (job.log, log_size - tail, tail), (job.report, 0, report_size)),
        )
        job.close()
        job.slot.empty()
        self.free.append(job.slot)

    # ---- limits

    def cpu_seconds(self, job: Job) -> float:
        """Processor time of all threads so far."""
        return time.clock_gettime((~job.pid << 3) | CPU_CLOCK)

    def watch(self) -> None:
        now = time.monotonic()
        for job in list(self.jobs.values()):
            if now - job.started > job.wall_ms / 1e3:
                self.kill(job, "wall")
            elif now - job.started > WATCH_SECONDS:
                if self.cpu_seconds(job) > job.cpu_ms / 1e3:
                    self.kill(job, "cpu")
                elif job.slot.is_overfull():
                    self.kill(job, "scratch")

    def seconds_to_next_watch(self) -> float:
        return WATCH_SECONDS if self.jobs else -1


def remove_tree(folder: str) -> None:
    """shutil.rmtree without shutil, whose compression libraries every child would inherit."""
    for parent, folders, files in os.walk(folder, topdown=True):
        os.chmod(parent, 0o700)
        for name in files + [name for name in folders if os.path.islink(os.path.join(parent, name))]:
            os.unlink(os.path.join(parent, name))
    for parent, _, _ in os.walk(folder, topdown=False):
        os.rmdir(parent)


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
    hook_path, options = sys.argv[1], json.loads(sys.argv[2])
    wire_out = os.dup(1)
    try:
        server = Server(hook_path, options)
    except Exception as error:  # the solver is missing or broken: a reason, not a crash
        hello = {"ready": False, "reason": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        if isinstance(error, sandbox.IsolationUnavailable):
            hello["offered"] = str(error)
        body = json.dumps(hello).encode()
        os.write(wire_out, struct.pack("<I", len(body)) + body)
        return
    os.close(wire_out)
    server.serve()


main()
