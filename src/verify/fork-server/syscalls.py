"""System calls by name: what an untrusted program may call, and each name's number on x86-64 and arm64.

The numbers are the kernel's published ABI (arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h) and never
change. A name that one machine lacks (arm64 has no `open`, only `openat`) is left out of that machine's table.
Whoever adds a name to ALLOWED should ask: can it reach another process, a file outside the rules, or the network?
Landlock does not look at modes, owners and times, and before ABI 3 (Linux 6.2) not at truncation: so neither `chmod`
nor `truncate` is allowed.
"""

import platform

ALLOWED = frozenset(
    """
    access alarm arch_prctl brk chdir clock_getres clock_gettime clock_nanosleep close creat dup dup2 dup3
    epoll_create1 epoll_ctl epoll_pwait epoll_wait eventfd eventfd2 exit exit_group faccessat faccessat2 fadvise64
    fchdir fcntl fdatasync flock fstat fstatfs fsync ftruncate futex get_mempolicy get_robust_list getcpu getcwd
    getdents getdents64 getegid geteuid getgid getitimer getpgrp getpid getppid getpriority getrandom getrlimit
    getrusage gettid gettimeofday getuid lseek lstat madvise mbind membarrier mincore mkdir mkdirat mmap mprotect
    mremap msync munmap nanosleep newfstatat open openat pipe pipe2 poll ppoll pread64 pselect6 pwrite64 read
    readlink readlinkat readv rename renameat renameat2 rmdir rseq rt_sigaction rt_sigprocmask rt_sigreturn
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler sched_yield
    select set_mempolicy set_robust_list set_tid_address setitimer sigaltstack stat statfs statx sysinfo time times
    umask uname unlink unlinkat write writev
    """.split()
)

# fmt: off
NUMBERS = {
    "x86_64": {
        "access": 21, "alarm": 37, "arch_prctl": 158, "brk": 12, "capset": 126, "chdir": 80, "chmod": 90,
        "clock_getres": 229, "clock_gettime": 228, "clock_nanosleep": 230, "clone": 56, "clone3": 435, "close": 3,
        "close_range": 436, "creat": 85, "dup": 32, "dup2": 33, "dup3": 292, "epoll_create1": 291, "epoll_ctl": 233,
        "epoll_pwait": 281, "epoll_wait": 232, "eventfd": 284, "eventfd2": 290, "exit": 60, "exit_group": 231,
        "faccessat": 269, "faccessat2": 439, "fadvise64": 221, "fchdir": 81, "fchmod": 91, "fchmodat": 268,
        "fcntl": 72, "fdatasync": 75, "flock": 73, "fstat": 5, "fstatfs": 138, "fsync": 74, "ftruncate": 77,
        "futex": 202, "get_mempolicy": 239, "get_robust_list": 274, "getcpu": 309, "getcwd": 79, "getdents": 78,
        "getdents64": 217, "getegid": 108, "geteuid": 107, "getgid": 104, "getitimer": 36, "getpgrp": 111,
        "getpid": 39, "getppid": 110, "getpriority": 140, "getrandom": 318, "getrlimit": 97, "getrusage": 98,
        "gettid": 186, "gettimeofday": 96, "getuid": 102, "ioctl": 16, "landlock_add_rule": 445,
        "landlock_create_ruleset": 444, "landlock_restrict_self": 446, "lseek": 8, "lstat": 6, "madvise": 28,
        "mbind": 237, "membarrier": 324, "mincore": 27, "mkdir": 83, "mkdirat": 258, "mmap": 9, "mprotect": 10,
        "mremap": 25, "msync": 26, "munmap": 11, "nanosleep": 35, "newfstatat": 262, "open": 2, "openat": 257,
        "pipe": 22, "pipe2": 293, "pivot_root": 155, "poll": 7, "ppoll": 271, "prctl": 157, "pread64": 17,
        "prlimit64": 302,
        "pselect6": 270, "pwrite64": 18, "read": 0, "readlink": 89, "readlinkat": 267, "readv": 19, "rename": 82,
        "renameat": 264, "renameat2": 316, "rmdir": 84, "rseq": 334, "rt_sigaction": 13, "rt_sigprocmask": 14,
        "rt_sigreturn": 15, "sched_get_priority_max": 146, "sched_get_priority_min": 147, "sched_getaffinity": 204,
        "sched_getparam": 143, "sched_getscheduler": 145, "sched_yield": 24, "seccomp": 317, "select": 23,
        "set_mempolicy": 238, "set_robust_list": 273, "set_tid_address": 218, "setitimer": 38, "sigaltstack": 131,
        "stat": 4, "statfs": 137, "statx": 332, "sysinfo": 99, "tgkill": 234, "time": 201, "times": 100,
        "truncate": 76, "umask": 95, "uname": 63, "unlink": 87, "unlinkat": 263, "write": 1, "writev": 20,
    },
    "aarch64": {
        "brk": 214, "capset": 91, "chdir": 49, "clock_getres": 114, "clock_gettime": 113, "clock_nanosleep": 115,
        "clone": 220, "clone3": 435, "close": 57, "close_range": 436, "dup": 23, "dup3": 24, "epoll_create1": 20,
        "epoll_ctl": 21, "epoll_pwait": 22, "eventfd2": 19, "exit": 93, "exit_group": 94, "faccessat": 48,
        "faccessat2": 439, "fadvise64": 223, "fchdir": 50, "fchmod": 52, "fchmodat": 53, "fcntl": 25,
        "fdatasync": 83, "flock": 32, "fstat": 80, "fstatfs": 44, "fsync": 82, "ftruncate": 46, "futex": 98,
        "get_mempolicy": 236, "get_robust_list": 100, "getcpu": 168, "getcwd": 17, "getdents64": 61, "getegid": 177,
        "geteuid": 175, "getgid": 176, "getitimer": 102, "getpid": 172, "getppid": 173, "getpriority": 141,
        "getrandom": 278, "getrlimit": 163, "getrusage": 165, "gettid": 178, "gettimeofday": 169, "getuid": 174,
        "ioctl": 29, "landlock_add_rule": 445, "landlock_create_ruleset": 444, "landlock_restrict_self": 446,
        "lseek": 62, "madvise": 233, "mbind": 235, "membarrier": 283, "mincore": 232, "mkdirat": 34, "mmap": 222,
        "mprotect": 226, "mremap": 216, "msync": 227, "munmap": 215, "nanosleep": 101, "newfstatat": 79,
        "openat": 56, "pipe2": 59, "pivot_root": 41, "ppoll": 73, "prctl": 167, "pread64": 67, "prlimit64": 261,
        "pselect6": 72,
        "pwrite64": 68, "read": 63, "readlinkat": 78, "readv": 65, "renameat": 38, "renameat2": 276, "rseq": 293,
        "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139, "sched_get_priority_max": 125,
        "sched_get_priority_min": 126, "sched_getaffinity": 123, "sched_getparam": 121, "sched_getscheduler": 120,
        "sched_yield": 124, "seccomp": 277, "set_mempolicy": 237, "set_robust_list": 99, "set_tid_address": 96,
        "setitimer": 103, "sigaltstack": 132, "statfs": 43, "statx": 291, "sysinfo": 179, "tgkill": 131,
        "times": 153, "truncate": 45, "umask": 166, "uname": 160, "unlinkat": 35, "write": 64, "writev": 66,
    },
}
# fmt: on

# AUDIT_ARCH_* of linux/audit.h: seccomp filters check it first, so that no other ABI slips past the numbers.
AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

MACHINE = platform.machine()


def number(name: str) -> int:
    """The call's number here; KeyError where this machine is not supported or lacks the call."""
    return NUMBERS[MACHINE][name]
