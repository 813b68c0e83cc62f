"""Namespaces: a root folder that holds what programs may read and nothing else, and no network. For hosts without
Landlock whose users may make namespaces. Entered once, by the fork server; its children inherit it.

Covers: opening, listing and even `stat` of files outside; every network but an empty one of its own. Does NOT cover:
other processes of this user, which stay visible to system calls (seccomp refuses those), or bugs in mounting.
"""

import ctypes
import os

import landlock
import syscalls

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x20000, 0x08000000, 0x10000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
# Flags that a remount in a user namespace may not drop; statvfs tells them by the numbers of mount(2).
LOCKED = MS_NOSUID | MS_NODEV | 8 | 1024 | 2048  # and noexec, noatime, nodiratime

libc = ctypes.CDLL(None, use_errno=True)


def is_available() -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            unshare()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def enter(scratch: str, readable: list[str]) -> None:
    """`scratch` stays writable at its own path; `readable`, interpreter and libraries stay readable."""
    unshare()
    check(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "/")
    root = f"{scratch}.root"
    os.makedirs(root)
    check(libc.mount(b"tmpfs", root.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, b"size=1m"), root)
    for path in sorted({*landlock.readable_paths(readable), "/dev/null"}):
        if os.path.exists(path):
            bind(path, root, is_writable=path == "/dev/null")
    bind(scratch, root, is_writable=True)
    os.chdir(root)
    check(libc.syscall(syscalls.number("pivot_root"), b".", b"."), "pivot_root")
    check(libc.umount2(b".", MNT_DETACH), "old root")
    os.chdir(scratch)


def unshare() -> None:
    kinds = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC
    if libc.unshare(kinds) == 0:
        return  # root in full
    user, group = os.getuid(), os.getgid()
    check(libc.unshare(kinds | CLONE_NEWUSER), "unshare")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def bind(path: str, root: str, is_writable: bool) -> None:
    """`path` at its own place below `root`; links on the way are followed once, so that both names lead there."""
    real = os.path.realpath(path)
    target = root + path
    if os.path.isdir(real):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT))
    check(libc.mount(real.encode(), target.encode(), None, MS_BIND | MS_REC, None), path)
    if not is_writable:
        flags = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | (os.statvfs(target).f_flag & LOCKED)
        check(libc.mount(None, target.encode(), None, flags, None), path)


def check(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
