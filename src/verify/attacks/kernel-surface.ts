import type { Attack } from './attack.ts';
import { python } from './program.ts';

/** Reaching other processes, more privilege or more of the kernel than a model needs. */
export const kernelSurface: readonly Attack[] = (
  [
    {
      name: 'trace-the-parent',
      what: 'The fork server cannot be traced.',
      program: () => python`
        attempt("ptrace", 16, os.getppid(), 0, 0)
        attempt("ptrace", 0x4206, os.getppid(), 0, 0)
        attempt("ptrace", 0, 0, 0, 0)
      `,
    },
    {
      name: 'read-the-parent',
      what: 'Memory of other processes can be neither read nor written.',
      program: (_solver, { nodePid }) => python`
        here = ctypes.create_string_buffer(64)
        piece = struct.pack("QQ", ctypes.addressof(here), 64)
        local, remote = ctypes.create_string_buffer(piece), ctypes.create_string_buffer(piece)
        for process in (os.getppid(), ${nodePid}):
            attempt("process_vm_readv", process, local, 1, remote, 1, 0)
            attempt("process_vm_writev", process, local, 1, remote, 1, 0)
      `,
    },
    {
      name: 'kill-others',
      what: 'No signal reaches the fork server, Node, the group or everybody.',
      program: (_solver, { nodePid }) => python`
        for target in (${nodePid}, 0, -1, 1, -os.getppid()):
            attempt("kill", target, 0)
        for number in (0, 9, 19):
            attempt("kill", os.getppid(), number)
      `,
    },
    {
      name: 'kill-others-by-thread',
      what: 'Nor by the calls that name a thread or queue a signal.',
      program: (_solver, { nodePid }) => python`
        information = ctypes.create_string_buffer(struct.pack("iii", 9, 0, -1) + bytes(116))
        for target, signal in ((os.getppid(), 9), (${nodePid}, 0), (1, 0)):
            attempt("tgkill", target, target, signal)
            attempt("tkill", target, signal)
            attempt("rt_sigqueueinfo", target, signal, information)
            attempt("rt_tgsigqueueinfo", target, target, signal, information)
        import fcntl
        for command, value in ((8, os.getppid()), (8, -os.getppid()), (10, 9)):
            refused(lambda: fcntl.fcntl(3, command, value))
      `,
    },
    {
      name: 'process-descriptors',
      what: 'No descriptor of a process, and none of its descriptors.',
      program: () => python`
        attempt("pidfd_open", os.getppid(), 0)
        attempt("pidfd_getfd", 3, 0, 0)
        attempt("pidfd_send_signal", 3, 9, None, 0)
        attempt("process_madvise", 3, None, 0, 0, 0)
      `,
    },
    {
      name: 'limits-of-the-parent',
      what: 'Limits, priority and processors of other processes stay as they are.',
      program: () => python`
        limit = ctypes.create_string_buffer(struct.pack("QQ", 1, 1))
        attempt("prlimit64", os.getppid(), 0, limit, None)
        attempt("prlimit64", os.getppid(), 7, None, limit)
        attempt("prlimit64", 0, 7, limit, None)
        attempt("setpriority", 0, os.getppid(), 19)
        attempt("sched_setaffinity", os.getppid(), 8, ctypes.create_string_buffer(struct.pack("Q", 1)))
      `,
    },
    {
      name: 'namespaces',
      what: 'No new namespaces, which would give privileges in them.',
      program: () => python`
        for flags in (0x10000000, 0x00020000, 0x40000000, 0x20000000, 0x10020000):
            attempt("unshare", flags)
        attempt("setns", 3, 0)
      `,
    },
    {
      name: 'mount',
      what: 'Nothing can be mounted, moved or unmounted.',
      program: () => python`
        attempt("mount", b"none", b".", b"tmpfs", 0, None)
        attempt("umount2", b".", 2)
        attempt("fsopen", b"tmpfs", 0)
        attempt("open_tree", -100, b"/", 1)
        attempt("move_mount", -100, b".", -100, b".", 0)
        attempt("swapon", b"x", 0)
      `,
    },
    {
      name: 'kernel-programs',
      what: 'No code in the kernel: BPF, modules, another kernel.',
      program: () => python`
        attempt("bpf", 0, ctypes.create_string_buffer(struct.pack("IIII", 2, 4, 8, 1) + bytes(112)), 128)
        attempt("init_module", None, 0, b"")
        attempt("delete_module", b"x", 0)
        attempt("kexec_load", 0, 0, None, 0)
        attempt("reboot", 0, 0, 0, None)  # without its magic numbers: refused even where the call is not
      `,
    },
    {
      name: 'performance-counters',
      what: 'No counters or logs that show other processes.',
      program: () => python`
        attempt("perf_event_open", ctypes.create_string_buffer(struct.pack("IIQ", 1, 128, 0) + bytes(112)), 0, -1, -1, 0)
        attempt("syslog", 3, ctypes.create_string_buffer(64), 64)
        attempt("fanotify_init", 0, 0)
      `,
    },
    {
      name: 'keys',
      what: 'The key rings of the kernel, which outlive a process, are closed.',
      program: () => python`
        attempt("add_key", b"user", b"evom-attack", b"x", 1, -4)
        attempt("keyctl", 0, -3, 1)
        attempt("request_key", b"user", b"x", None, 0)
      `,
    },
    {
      name: 'shared-memory-and-queues',
      what: 'No memory or queue that another process could open.',
      program: () => python`
        attempt("shmget", 4242, 4096, 0o1666)
        attempt("shmat", 0, None, 0)
        attempt("mq_open", b"evom-attack", 0o102, 0o666, None)
        attempt("memfd_create", b"x", 0)
        attempt("memfd_secret", 0)
      `,
    },
    {
      name: 'user-page-faults',
      what: 'Page faults of the kernel cannot be held up.',
      program: () => python`
        attempt("userfaultfd", 0)
        attempt("userfaultfd", 1)
      `,
    },
    {
      name: 'replace-the-filter',
      what: 'The system call filter stays, and no more lenient one joins it.',
      program: () => python`
        allow_all = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
        filter = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", 1, ctypes.addressof(allow_all)))
        attempt("seccomp", 1, 8, filter)
        attempt("seccomp", 1, 0, filter)
        attempt("prctl", 22, 2, filter, 0, 0)
        refused(lambda: os.open("/etc/passwd", os.O_RDONLY))
      `,
    },
    {
      name: 'process-options',
      what: 'Death with the parent, no dumps and no new privileges cannot be taken back.',
      program: () => python`
        for option, value in ((1, 0), (4, 1), (38, 0), (36, 1), (8, 1), (24, 7), (35, 1), (0x59616D61, -1), (47, 1)):
            attempt("prctl", option, value, 0, 0, 0)
      `,
    },
    {
      name: 'personality',
      what: 'Address layout and ABI of the process stay as they are.',
      program: () => python`
        attempt("personality", 0x0040000)
        attempt("personality", 0xFFFFFFFF)
        attempt("modify_ldt", 1, ctypes.create_string_buffer(16), 16)
        attempt("iopl", 3)
        attempt("ioperm", 0, 8, 1)
      `,
    },
    {
      name: 'clone',
      what: 'No process by any of the calls that make one.',
      program: () => python`
        for name, flags in (("clone", 17), ("clone", 0x00008011), ("clone", 0x10000011), ("vfork", 0)):
            tried(name)
            result = call(name, flags, 0, 0, 0, 0) if call_number(name) > 0 else -38
            if result == 0:
                leak("a child")
                os._exit(0)
            if result > 0:
                leak(f"{name} gave {result}")
        arguments = ctypes.create_string_buffer(struct.pack("QQQQQQQQ", 0, 0, 0, 0, 17, 0, 0, 0))
        if call("clone3", arguments, 64) == 0:
            leak("a child")
            os._exit(0)
      `,
    },
    {
      name: 'execute',
      what: 'No other program can be executed, not even one from memory.',
      program: () => python`
        import subprocess
        refused(lambda: os.execv("/bin/sh", ["sh", "-c", "echo LEAK executed"]))
        refused(lambda: os.execv(sys.executable, ["python", "-c", "print('LEAK executed')"]))
        refused(lambda: subprocess.run(["/bin/sh", "-c", "echo LEAK executed"]))
        refused(lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "echo LEAK executed"], {}))
        attempt("execveat", 3, b"", None, None, 0x1000)
        if os.system("echo LEAK executed") == 0:
            leak("a shell")
      `,
    },
    {
      name: 'other-users',
      what: 'The user cannot be changed.',
      program: () => python`
        attempt("setresuid", 0, 0, 0)
        attempt("setuid", 0)
        refused(lambda: os.setgroups([0]))
        refused(lambda: os.open("/proc/1/mem", os.O_RDWR))
      `,
    },
    {
      name: 'x32-calls',
      what: 'The calls of the x32 ABI do not slip past the filter.',
      outcomes: ['blocked', 'no-solve'],
      program: () => python`
        tried()
        if not ARM:
            result = library.syscall(ctypes.c_long(0x40000000 + 41), 1, 1, 0)
            if result >= 0:
                leak(result)
      `,
    },
    {
      name: 'i386-calls',
      what: 'The calls of the i386 ABI do not slip past the filter.',
      outcomes: ['blocked', 'no-solve', 'exception'],
      program: () => python`
        import mmap
        tried()
        if not ARM:
            code = mmap.mmap(-1, 4096, prot=7)
            code.write(b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3")  # push rbx; mov eax, 20 (getpid); int 0x80; pop rbx; ret
            run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
            if run() == os.getpid():
                leak("int 0x80")
      `,
    },
    {
      name: 'terminal-input',
      what: 'Nothing can be typed into a terminal.',
      program: () => python`
        import fcntl
        for descriptor in range(4):
            refused(lambda: fcntl.ioctl(descriptor, 0x5412, b"x"))
            refused(lambda: fcntl.ioctl(descriptor, 0x540E, 0))
            refused(lambda: fcntl.ioctl(descriptor, 0x541C, bytes([3])))
      `,
    },
    {
      name: 'timers-that-signal',
      what: 'No timer that signals somebody else.',
      program: () => python`
        event = ctypes.create_string_buffer(struct.pack("Qiii", 0, 9, 4, os.getppid()) + bytes(44))
        attempt("timer_create", 1, event, ctypes.create_string_buffer(8))
      `,
    },
    {
      name: 'leave-the-session',
      what: 'Session and group cannot be left for the fork server’s.',
      program: () => python`
        attempt("setpgid", 0, os.getppid())
        attempt("setsid")
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ certifiable: 'nothing', ...attack, group: 'kernel surface' }));
