"""Landlock: which files a program may reach. Built once in the fork server, entered in each child.

Covers: opening, listing, making, removing and truncating files outside the rules; TCP (kernel ABI 4); signals and
abstract sockets to processes outside (ABI 6). Does NOT cover: `stat` of a known path (names and sizes can be asked
for), files already open, or kernels before 5.13, which have no Landlock.
"""

import ctypes
import os
import stat
import struct
import sys

import syscalls

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG, REFER, TRUNCATE, IOCTL_DEV = 1 << 7, 1 << 8, 1 << 13, 1 << 14, 1 << 15
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = READ_FILE | READ_DIR
SCRATCH = READ | WRITE_FILE | REMOVE_FILE | REMOVE_DIR | MAKE_REG | MAKE_DIR | TRUNCATE

VERSION_FLAG, RULE_PATH_BENEATH = 1, 1

# What an interpreter and five solvers read while they run.
SYSTEM_PATHS = (
    "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/share/zoneinfo", "/usr/share/locale", "/etc/localtime",
    "/etc/os-release", "/etc/ld.so.cache", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/dev/urandom", "/dev/zero",
)  # fmt: skip

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(name: str, *arguments: object) -> int:
    result = libc.syscall(syscalls.number(name), *arguments)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result


def abi() -> int:
    """The kernel's Landlock version; 0 where it has none."""
    try:
        return call("landlock_create_ruleset", None, 0, VERSION_FLAG)
    except (OSError, KeyError):
        return 0


def readable_paths(further: list[str]) -> set[str]:
    return {sys.prefix, sys.base_prefix, *SYSTEM_PATHS, *further}


def build_ruleset(scratch: str, readable: list[str]) -> int:
    """A rule set's descriptor: read the interpreter and `readable`, write `scratch` alone."""
    version = abi()
    handled = (1 << 13) - 1
    for since, access in ((2, REFER), (3, TRUNCATE), (5, IOCTL_DEV)):
        if version >= since:
            handled |= access
    handled_network = 3 if version >= 4 else 0  # bind and connect
    scoped = 3 if version >= 6 else 0  # abstract sockets and signals
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    attributes = struct.pack("QQQ", handled, handled_network, scoped)[:size]
    ruleset = call("landlock_create_ruleset", ctypes.create_string_buffer(attributes, size), size, 0)
    rules = [(path, READ) for path in readable_paths(readable)]
    rules += [("/dev/null", READ_FILE | WRITE_FILE), (scratch, SCRATCH)]
    for path, access in rules:
        allow(ruleset, path, access & handled)
    return ruleset


def allow(ruleset: int, path: str, access: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a path that this system lacks needs no rule
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            access &= ON_FILES
        attributes = struct.pack("=Qi", access, descriptor)
        buffer = ctypes.create_string_buffer(attributes, len(attributes))
        call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, buffer, 0)
    finally:
        os.close(descriptor)


def enter(ruleset: int) -> None:
    """Restricts this process for good. Needs no_new_privs."""
    call("landlock_restrict_self", ruleset, 0)
    os.close(ruleset)
