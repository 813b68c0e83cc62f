import type { Attack } from './attack.ts';
import { python } from './program.ts';
import { RESOURCE_LIMITS } from './resource-limits.ts';

/** Holding on to time, threads, processes or descriptors beyond the limits. */
export const resourcesTime: readonly Attack[] = (
  [
    {
      name: 'cpu-loop',
      what: 'An endless loop is stopped at the processor limit.',
      outcomes: ['time'],
      program: () => python`
        tried()
        while True:
            pass
      `,
    },
    {
      name: 'cpu-loop-in-c',
      what: 'One endless call into C, which no Python signal handler interrupts, is stopped.',
      outcomes: ['time'],
      program: () => python`
        tried()
        pow(3, 10**8)
        sum(range(10**12))
      `,
    },
    {
      name: 'cpu-in-eight-threads',
      what: 'The time of all threads counts together.',
      outcomes: ['time'],
      program: () => python`
        import hashlib
        block = b"x" * (1 << 20)
        def burn():
            while True:
                hashlib.sha256(block)
        tried()
        for _ in range(8):
            in_thread(burn)
        burn()
      `,
    },
    {
      name: 'solver-without-end',
      what: 'A solver that searches on inside C is stopped, whatever time limit it was given.',
      outcomes: ['time', 'licence', 'solved', 'no-solve', 'uncertified', 'memory'],
      certifiable: 'any',
      program: () => python`
        model = Model()
        items = [model.variable(f"b{i}", high=1, integer=True) for i in range(60)]
        for row in range(6):
            model.equals([(1 + (i * (row + 3) * 7919) % 9973, v) for i, v in enumerate(items)], 150001 + row * 17)
        model.objective([((i * 17) % 23 + 1, v) for i, v in enumerate(items)])
        model.seconds(1e6)
        tried()
        while True:
            model.solve()
      `,
    },
    {
      name: 'sleep',
      what: 'Sleeping, which takes no processor time, is stopped at the wall limit.',
      outcomes: ['time'],
      program: () => python`
        tried()
        time.sleep(1000)
      `,
    },
    {
      name: 'sleep-in-own-session',
      what: 'A program that tries to leave its session and its group is stopped all the same.',
      outcomes: ['time'],
      program: () => python`
        import signal
        tried()
        for leave in (lambda: os.setsid(), lambda: os.setpgid(0, 0), lambda: os.setpgid(0, os.getppid())):
            try:
                leave()
            except OSError as error:
                say(error)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True:
            time.sleep(1000)
      `,
    },
    {
      name: 'false-events',
      what: 'No descriptor of the fork server is left to wake it with false events, or to keep it from waking.',
      outcomes: ['time'],
      program: () => python`
        import select
        readable, writable = os.pipe()
        os.write(writable, b"x")
        tried()
        for descriptor in [number for number in range(256) if number not in (0, 1, 2, 3, readable, writable)]:
            for data in range(4, 52):
                kept = os.dup(readable)
                event = struct.pack("=IQ" if not ARM else "IxxxxQ", select.EPOLLIN, data)
                if library.epoll_ctl(descriptor, 1, kept, ctypes.create_string_buffer(event)) == 0:
                    leak(f"an event with {data} through descriptor {descriptor}")
                else:
                    os.close(kept)
        time.sleep(1000)
      `,
    },
    {
      name: 'ignore-every-signal',
      what: 'Ignoring every signal, and handling the rest, delays nothing.',
      outcomes: ['time'],
      program: () => python`
        import signal
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        tried()
        while True:
            pass
      `,
    },
    {
      name: 'stop-itself',
      what: 'A stopped process is ended at the wall limit.',
      outcomes: ['time', 'blocked', 'exception', 'no-solve'],
      program: () => python`
        import signal
        tried()
        for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN):
            call("tgkill", os.getpid(), os.getpid(), int(number))
            signal.raise_signal(number)
        time.sleep(1000)
      `,
    },
    {
      name: 'kill-itself',
      what: 'A program that ends itself by any signal is an observation like any other.',
      outcomes: ['exception', 'memory', 'time', 'output', 'blocked', 'no-solve'],
      program: () => python`
        import signal
        tried()
        numbers = [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGSYS]
        call("tgkill", os.getpid(), os.getpid(), int(numbers[os.getpid() % len(numbers)]))
      `,
    },
    {
      name: 'regular-expression',
      what: 'A pattern that backtracks without end is stopped.',
      outcomes: ['time'],
      program: () => python`
        import re
        tried()
        re.match(r"(a+)+$", "a" * 40 + "b")
      `,
    },
    {
      name: 'recursion',
      what: 'Recursion without end, in Python or in C, ends the program only.',
      outcomes: ['exception', 'memory', 'time'],
      program: () => python`
        sys.setrecursionlimit(10**9)
        tried()
        nest = []
        for _ in range(10**6):
            nest = [nest]
        def deeper():
            deeper()
        if os.getpid() % 2:
            repr(nest)
        deeper()
      `,
    },
    {
      name: 'thread-bomb',
      what: 'Threads with tiny stacks run into a limit before the machine does.',
      outcomes: ['time', 'memory', 'exception', 'no-solve', 'blocked'],
      program: () => python`
        threading.stack_size(32768)
        tried()
        hold, count = threading.Event(), 0
        try:
            while count < 40000:
                threading.Thread(target=hold.wait, daemon=True).start()
                count += 1
                if count == 4000:
                    leak(f"{count} threads")
        except RuntimeError as error:
            say(count, error)
        say("threads", count)
        os._exit(0)
      `,
    },
    {
      name: 'fork-bomb',
      what: 'No program makes a process.',
      program: () => python`
        tried()
        try:
            while True:
                if os.fork() == 0:
                    leak("a child")
                    time.sleep(3)
        except OSError as error:
            say(error)
      `,
    },
    {
      name: 'descriptors',
      what: 'Open descriptors run into their limit.',
      outcomes: ['exception', 'no-solve', 'blocked'],
      program: () => python`
        tried()
        kept = []
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
            if len(kept) > 1024:
                leak(len(kept))
      `,
    },
    {
      name: 'raise-own-limits',
      what: 'Limits cannot be raised again.',
      outcomes: ['time', 'memory', 'blocked', 'exception'],
      program: () => python`
        import resource
        tried()
        for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
            try:
                resource.setrlimit(limit, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
                leak(limit)
            except (OSError, ValueError) as error:
                say(error)
        while True:
            pass
      `,
    },
  ] satisfies readonly Omit<Attack, 'group' | 'limits'>[]
).map((attack) => ({ certifiable: 'nothing', ...attack, group: 'resources', limits: RESOURCE_LIMITS }));
