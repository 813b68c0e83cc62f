"""The seccomp filter: an allow-list of system calls, compiled to classic BPF.

Covers: which calls a program may make, and the few whose arguments decide (threads yes, processes no; signals to
itself only; no change of limits). Does NOT cover: which files an allowed `open` may reach (Landlock does), how much
an allowed call may use (resource limits do), or bugs in the kernel's own allowed calls.
"""

import ctypes
import errno
import os
import struct

import syscalls

# linux/bpf_common.h: load a word, compare, return.
LOAD_WORD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_SET, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
# linux/seccomp.h
ALLOW, KILL_PROCESS, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
SET_MODE_FILTER = 1
X32_BIT = 0x40000000

CLONE_THREAD = 0x00010000
PR_SET_NAME = 15
# fcntl commands that make the kernel send signals to another process.
SIGNALLING_FCNTL = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX
OPEN_MODE = 3  # O_ACCMODE: read, write or both
# Where the flags of these calls are.
FLAGS_OF_OPEN = {"open": 1, "openat": 2}
# Stands for the program's own process number until the filter is installed.
PID_PLACEHOLDER = 0x7FFFFFFE


def refuse(error: int) -> int:
    return ERRNO | error


def instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value & 0xFFFFFFFF)


def argument(index: int) -> bytes:
    """Load the low half of the call's argument; `struct seccomp_data` has six 64-bit ones from byte 16."""
    return instruction(LOAD_WORD, 16 + 8 * index)


def on_call(name: str, body: list[bytes]) -> list[bytes]:
    """`body` for this call, every path of which returns; nothing where the machine lacks the call."""
    if name not in syscalls.NUMBERS[syscalls.MACHINE]:
        return []
    return [instruction(JUMP_EQUAL, syscalls.number(name), 0, len(body)), *body]


def allow_if_argument(index: int, value: int, otherwise: int, test: int = JUMP_EQUAL) -> list[bytes]:
    return [argument(index), instruction(test, value, 0, 1), instruction(RETURN, ALLOW), instruction(RETURN, otherwise)]


def allow_ranges() -> list[bytes]:
    """The allow-list as ranges of numbers, which is about a third of the comparisons."""
    table = syscalls.NUMBERS[syscalls.MACHINE]
    numbers = sorted(table[name] for name in syscalls.ALLOWED if name in table)
    for name in ("fcntl", *FLAGS_OF_OPEN):
        if name in table:
            numbers.remove(table[name])
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    code = []
    for first, last in ranges:
        code += [
            instruction(JUMP_GREATER_EQUAL, first, 0, 2),
            instruction(JUMP_GREATER_EQUAL, last + 1, 1, 0),
            instruction(RETURN, ALLOW),
        ]
    return code


def compile_filter() -> bytes:
    """The whole filter, with PID_PLACEHOLDER where the program's process number belongs."""
    not_permitted = refuse(errno.EPERM)
    fcntl = [argument(1)]
    for command in SIGNALLING_FCNTL:
        fcntl += [instruction(JUMP_EQUAL, command, 0, 1), instruction(RETURN, not_permitted)]
    fcntl.append(instruction(RETURN, ALLOW))
    code = [
        instruction(LOAD_WORD, 4),  # architecture
        instruction(JUMP_EQUAL, syscalls.AUDIT_ARCHITECTURE[syscalls.MACHINE], 1, 0),
        instruction(RETURN, KILL_PROCESS),
        instruction(LOAD_WORD, 0),  # call number
        instruction(JUMP_GREATER_EQUAL, X32_BIT, 0, 1),
        instruction(RETURN, KILL_PROCESS),
        *allow_ranges(),
        *on_call("fcntl", fcntl),
        *on_call("open", open_unless_truncating(FLAGS_OF_OPEN["open"])),
        *on_call("openat", open_unless_truncating(FLAGS_OF_OPEN["openat"])),
        *on_call("clone", allow_if_argument(0, CLONE_THREAD, not_permitted, JUMP_SET)),
        # The C library falls back to clone on ENOSYS; clone3's flags lie in memory, where a filter cannot look.
        *on_call("clone3", [instruction(RETURN, refuse(errno.ENOSYS))]),
        *on_call("ioctl", [instruction(RETURN, refuse(errno.ENOTTY))]),
        *on_call("tgkill", allow_if_argument(0, PID_PLACEHOLDER, not_permitted)),
        *on_call("prlimit64", read_own_limits(not_permitted)),
        *on_call("prctl", allow_if_argument(0, PR_SET_NAME, not_permitted)),
        instruction(RETURN, not_permitted),
    ]
    return b"".join(code)


def open_unless_truncating(flags: int) -> list[bytes]:
    """Not O_RDONLY with O_TRUNC, which empties a file that may only be read: Landlock overlooks it before its ABI 3."""
    return [
        argument(flags),
        instruction(AND, OPEN_MODE | os.O_TRUNC),
        instruction(JUMP_EQUAL, os.O_TRUNC, 0, 1),
        instruction(RETURN, refuse(errno.EPERM)),
        instruction(RETURN, ALLOW),
    ]


def read_own_limits(not_permitted: int) -> list[bytes]:
    """prlimit64(0, …, NULL, …): its own process (argument 0), and no new limits (argument 2)."""
    deny = instruction(RETURN, not_permitted)
    is_zero = instruction(JUMP_EQUAL, 0, 1, 0)
    low, high = 16 + 8 * 2, 16 + 8 * 2 + 4
    return [
        argument(0), is_zero, deny,
        instruction(LOAD_WORD, low), is_zero, deny,
        instruction(LOAD_WORD, high), is_zero, deny,
        instruction(RETURN, ALLOW),
    ]  # fmt: skip


class Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def install(code: bytes) -> None:
    """Puts the filter on this process for good. Needs no_new_privs. Raises OSError where the kernel refuses."""
    code = code.replace(struct.pack("I", PID_PLACEHOLDER), struct.pack("I", os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.syscall(syscalls.number("seccomp"), SET_MODE_FILTER, 0, ctypes.byref(program)) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"seccomp: {os.strerror(error)}")


def is_available() -> bool:
    """Whether the kernel knows seccomp filters: a null program fails with EFAULT where it does."""
    if syscalls.MACHINE not in syscalls.NUMBERS:
        return False
    libc.syscall(syscalls.number("seccomp"), SET_MODE_FILTER, 0, None)
    return ctypes.get_errno() == errno.EFAULT
