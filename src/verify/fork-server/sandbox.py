"""Fences in a forked child: resource limits, no privileges, Landlock, seccomp. Each step can only be undone by exec,
which is refused.

Does NOT cover: timing side channels, what the kernel tells through allowed calls (uname, sysinfo), and wear of
memory bandwidth or caches by neighbours. Without Landlock a program can read every file that this user can.
"""

import ctypes
import errno
import os
import resource
import signal
import struct

import landlock
import namespaces
import seccomp
import syscalls

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534

# Files kept open times the size of each bounds what a program can hide in unlinked files: 2 GiB.
OPEN_FILES = 64
FILE_BYTES = 32 << 20

STRENGTH = {"none": 0, "seccomp": 1, "namespaces+seccomp": 2, "landlock+seccomp": 3}

libc = ctypes.CDLL(None, use_errno=True)
# capset(this process, nothing), but for the call's number
NO_CAPABILITIES = (
    ctypes.create_string_buffer(struct.pack("Ii", CAPABILITY_VERSION_3, 0), 8),
    ctypes.create_string_buffer(24),
)
FILTER = seccomp.compile_filter() if syscalls.MACHINE in syscalls.NUMBERS else b""


def available_isolation() -> str:
    """The strongest isolation that this host offers to a process without privileges."""
    if not seccomp.is_available():
        return "none"
    if landlock.abi() > 0:
        return "landlock+seccomp"
    return "namespaces+seccomp" if namespaces.is_available() else "seccomp"


class IsolationUnavailable(Exception):
    """The host does not offer what was asked for."""


def check_available(isolation: str) -> None:
    offered = available_isolation()
    if STRENGTH[isolation] > STRENGTH[offered]:
        raise IsolationUnavailable(offered)
    if isolation == "namespaces+seccomp" and not namespaces.is_available():
        raise IsolationUnavailable("seccomp")


def set_limits(memory_bytes: int, cpu_seconds: int) -> None:
    """Address space rather than data: RLIMIT_DATA does not count shared anonymous memory."""
    limits = {
        resource.RLIMIT_AS: (memory_bytes, memory_bytes),
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (FILE_BYTES, FILE_BYTES),
        resource.RLIMIT_NOFILE: (OPEN_FILES, OPEN_FILES),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
    }
    for limit, values in limits.items():
        resource.setrlimit(limit, values)


def can_nobody_read_interpreter() -> bool:
    """Whether the account `nobody` reaches the interpreter; a Python below /root, say, is closed to it."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            os.listdir(os.path.dirname(os.__file__))
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def drop_privileges(user: int | None) -> None:
    """To `user` where one is given, and out of every capability in any case."""
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if libc.syscall(syscalls.number("capset"), *NO_CAPABILITIES) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def die_with_parent(parent: int) -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the call
        os._exit(errno.ESRCH)


def enter(isolation: str, ruleset: int, user: int | None, parent: int, memory_bytes: int, cpu_seconds: int) -> None:
    """Everything, in the order that lets each step still be taken. `parent` is the fork server's process number."""
    set_limits(memory_bytes, cpu_seconds)
    if isolation == "none":
        die_with_parent(parent)
        return
    drop_privileges(user)
    die_with_parent(parent)  # after the change of user, which clears it
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if ruleset >= 0:
        landlock.enter(ruleset)
    seccomp.install(FILTER)
