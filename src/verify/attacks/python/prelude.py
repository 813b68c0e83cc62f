# ruff: noqa: F821  the adapter of one solver, which follows, defines the rest
"""In front of every attack: how it speaks, forges reports and makes raw system calls. Runs inside the sandbox.

`say` writes past Python's buffers, so that a killed program has still spoken. `TRIED` marks that the attack proper
began; `LEAK` that it got through, with what it got.
"""

import ctypes
import json
import os
import platform
import struct
import sys
import threading
import time

GUESS = 4242  # the pretend problem's answer, which no honest solve here gives
ARM = platform.machine() == "aarch64"
library = ctypes.CDLL(None, use_errno=True)
library.syscall.restype = ctypes.c_long

# name: (x86-64, arm64); -1 where the machine lacks the call
NUMBERS = {
    "add_key": (248, 217), "bpf": (321, 280), "chroot": (161, 51), "clone": (56, 220), "clone3": (435, 435),
    "delete_module": (176, 106), "execveat": (322, 281), "fanotify_init": (300, 262), "fsopen": (430, 430),
    "init_module": (175, 105), "io_uring_setup": (425, 425), "ioperm": (173, -1), "iopl": (172, -1),
    "kexec_load": (246, 104), "keyctl": (250, 219), "kill": (62, 129), "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "mknodat": (259, 33), "modify_ldt": (154, -1), "mount": (165, 40),
    "move_mount": (429, 429), "mq_open": (240, 180), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "open_tree": (428, 428), "perf_event_open": (298, 241), "personality": (135, 92), "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pivot_root": (155, 41), "prctl": (157, 167),
    "prlimit64": (302, 261), "process_madvise": (440, 440), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "reboot": (169, 142), "request_key": (249, 218),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "sched_setaffinity": (203, 122),
    "seccomp": (317, 277), "setns": (308, 268), "setpgid": (109, 154), "setpriority": (141, 140),
    "setresuid": (117, 147),
    "setsid": (112, 157), "setuid": (105, 146), "shmat": (30, 196), "shmget": (29, 194), "socket": (41, 198),
    "socketpair": (53, 199), "swapon": (167, 224), "syslog": (103, 116), "tgkill": (234, 131),
    "timer_create": (222, 107),
    "tkill": (200, 130), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282), "vfork": (58, -1),
}  # fmt: skip


def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode(errors="replace"))


def tried(what=""):
    say("TRIED", what)


def leak(what):
    say("LEAK", repr(what)[:200])


def call_number(name):
    return NUMBERS[name][ARM]


def call(name, *arguments):
    """A raw system call: its result, or minus the error."""
    ctypes.set_errno(0)
    passed = [ctypes.c_long(part) if isinstance(part, int) else part for part in arguments]
    result = library.syscall(ctypes.c_long(call_number(name)), *passed)
    return -ctypes.get_errno() if result == -1 else result


def attempt(name, *arguments):
    """A call that must not succeed; its result."""
    tried(name)
    if call_number(name) < 0:
        return -38  # this machine lacks it
    result = call(name, *arguments)
    if result >= 0:
        leak(f"{name} gave {result}")
    return result


def refused(action):
    """Runs `action`; what it returns is a leak, an OSError is the fence at work."""
    tried()
    try:
        leak(action())
    except OSError as error:
        say("refused:", error)


def report_bytes(document):
    model = b""
    if isinstance(document, dict) and document.get("solve"):
        solve = dict(document["solve"])
        model = (solve.pop("model", None) or "").encode()
        document = {**document, "solve": {**solve, "modelBytes": len(model)}}
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return struct.pack("<I", len(body)) + body + model


def forge(document):
    """Replaces the report on descriptor 3, in the shape that the hook writes."""
    tried("report")
    data = report_bytes(document)
    os.ftruncate(3, 0)
    offset = 0
    while offset < len(data):
        offset += os.pwrite(3, data[offset:], offset)


def read_report():
    size = struct.unpack("<I", os.pread(3, 4, 0))[0]
    document = json.loads(os.pread(3, size, 4))
    if document.get("solve"):
        document["solve"]["model"] = os.pread(3, document["solve"]["modelBytes"], 4 + size).decode()
    return document


def claim(objective, model=None, **changes):
    """A report of one optimal solve."""
    solve = {"api": API, "rawStatus": OPTIMAL, "objective": objective, "format": "mps", "model": model}
    solve.update(changes)
    return {"solveCount": 1, "solve": solve, "error": None}


def find_report():
    """The hook's own object, by walking the heap."""
    import gc

    gc.unfreeze()  # the fork server froze what it had: hidden, not gone
    for item in gc.get_objects():
        if type(item).__name__ == "Report" and hasattr(item, "solve_count"):
            return item
    raise LookupError("the hook's report is out of reach")


def pinned_mps(value):
    """A complete, consistent model whose only feasible objective is `value`."""
    return (
        f"NAME pinned\nROWS\n N OBJ\n E R0\nCOLUMNS\n X OBJ 1 R0 1\nRHS\n RHS R0 {value}\nBOUNDS\n FR BND X\nENDATA\n"
    )


def in_thread(action):
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


TAMPER = []


def before_export(action):
    """Runs `action` once, between the end of the next solve and the export of its model."""
    TAMPER.append(action)


def run_tamper():
    while TAMPER:
        TAMPER.pop()()


def solve_and_tamper(model):
    """What is said during the export is thrown away, so it is said afterwards whether anything was tampered with."""
    model.solve()
    if not TAMPER:
        tried()


def honest_model():
    """max 45x + 80y + 21.5z + 3, x and y integer; its optimum is 2268."""
    model = Model()
    x, y = model.variable("chairs", integer=True), model.variable("tables", integer=True)
    z = model.variable("benches", high=40)
    model.at_most([(5, x), (20, y), (3, z)], 400, "wood")
    model.at_most([(10, x), (15, y), (4, z)], 450, "labour")
    model.at_most([(2, y), (-1, x)], 0, "mix")
    model.objective([(45, x), (80, y), (21.5, z)], 3)
    return model


def honest():
    model = honest_model()
    model.solve()
    return model


def unused():
    """Names that attacks use and this file does not."""
    return sys, time
