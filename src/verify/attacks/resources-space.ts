import type { Outcome } from '../../types.ts';
import type { Attack } from './attack.ts';
import { python } from './program.ts';
import { RESOURCE_LIMITS } from './resource-limits.ts';

const MEMORY: readonly Outcome[] = ['memory', 'time', 'blocked', 'exception', 'output'];

/** Holding on to memory, disk or the log beyond the limits. */
export const resourcesSpace: readonly Attack[] = (
  [
    {
      name: 'memory-by-bytes',
      what: 'Three GiB in one piece are refused.',
      outcomes: MEMORY,
      program: () => python`
        tried()
        block = bytearray(3 << 30)
        leak(len(block))
      `,
    },
    {
      name: 'memory-by-arrays',
      what: 'Memory taken array by array ends at the limit.',
      outcomes: MEMORY,
      program: () => python`
        import numpy
        tried()
        kept = []
        while True:
            kept.append(numpy.zeros(10_000_000))
            if len(kept) * 80_000_000 > 2.2 * 2**30:
                leak(f"{len(kept) * 80} MB")
      `,
    },
    {
      name: 'memory-by-shared-mappings',
      what: 'Shared anonymous memory counts like any other.',
      outcomes: MEMORY,
      program: () => python`
        import mmap
        tried()
        kept, block = [], b"x" * (64 << 20)
        while True:
            kept.append(mmap.mmap(-1, 64 << 20))
            kept[-1].write(block)
            if len(kept) * 64 > 2300:
                leak(f"{len(kept) * 64} MiB")
      `,
    },
    {
      name: 'memory-by-memory-files',
      what: 'Files in memory cannot be made.',
      outcomes: MEMORY,
      program: () => python`
        tried()
        kept = []
        while True:
            kept.append(os.memfd_create("x"))
            os.posix_fallocate(kept[-1], 0, 1 << 30)
            leak(f"{len(kept)} GiB")
      `,
    },
    {
      name: 'memory-by-the-report',
      what: 'Report and log are files in memory too, and bounded.',
      outcomes: MEMORY,
      program: () => python`
        tried()
        os.pwrite(3, b"x", (31 << 20))
        for at in range(1 << 20, 400 << 20, 1 << 20):
            os.pwrite(1, b"x" * (1 << 20), at)
        leak("400 MiB of log")
      `,
    },
    {
      name: 'disk-by-many-files',
      what: 'A scratch folder that fills up is stopped.',
      outcomes: ['output', 'time', 'exception'],
      program: () => python`
        tried()
        for index in range(100000):
            with open(f"f{index}", "wb") as file:
                file.write(b"x" * (8 << 20))
            if index > 150:
                leak(f"{index * 8} MiB")
      `,
    },
    {
      name: 'disk-by-unlinked-files',
      what: 'Files without a name are bounded by the descriptors that hold them.',
      outcomes: ['output', 'time', 'exception', 'memory'],
      program: () => python`
        tried()
        kept, block = [], b"x" * (1 << 20)
        while True:
            kept.append(open("f", "wb", buffering=0))
            os.unlink("f")
            for _ in range(31):
                kept[-1].write(block)
            say(len(kept) * 31, "MiB")
            if len(kept) > 70:
                leak(f"{len(kept) * 31} MiB")
      `,
    },
    {
      name: 'many-inodes',
      what: 'Files without content are counted too.',
      outcomes: ['output', 'time', 'exception'],
      program: () => python`
        tried()
        os.mkdir("d")
        index = 0
        while True:
            os.close(os.open(f"d/{index}", os.O_CREAT | os.O_WRONLY))
            index += 1
            if index > 200000:
                leak(f"{index} files")
      `,
    },
    {
      name: 'deep-folders',
      what: 'Folders nested deeper than a path can name are emptied like any others.',
      outcomes: ['output', 'time', 'exception', 'no-solve'],
      program: () => python`
        tried()
        for _ in range(4000):
            os.mkdir("d")
            os.chdir("d")
        open("x", "w").close()
      `,
    },
    {
      name: 'deep-folders-quietly',
      what: 'A nest of folders just below the entry limit is emptied as well.',
      outcomes: ['output', 'time', 'exception', 'no-solve'],
      program: () => python`
        tried()
        for _ in range(1900):
            os.mkdir("d")
            os.chdir("d")
        time.sleep(0.3)
      `,
    },
    {
      name: 'locked-folders',
      what: 'Folders that are closed to their reader are emptied, and the scratch folder itself stays open.',
      program: () => python`
        tried()
        for folder in ("a", "a/b", "a/b/c"):
            os.mkdir(folder, 0o300)  # may be entered and written, not listed
            open(folder + "/x", "w").close()
        os.mkdir("a/b/c/d", 0)
        for folder in ("a/b/c", "a/b", "a", "."):
            try:
                os.chmod(folder, 0)
            except OSError as error:
                say(error)
      `,
    },
    {
      name: 'sparse-file',
      what: 'One giant file without content runs into the file size limit.',
      outcomes: ['output', 'exception', 'blocked'],
      program: () => python`
        tried()
        with open("f", "wb") as file:
            file.truncate(1 << 40)
        leak(os.stat("f").st_size)
      `,
    },
    {
      name: 'log-flood',
      what: 'A gigabyte of standard output is cut off.',
      outcomes: ['output', 'time', 'exception'],
      program: () => python`
        tried()
        block = "x" * (1 << 20)
        for _ in range(1024):
            print(block, flush=True)
        leak("1 GiB")
      `,
      judge: ({ stdout }) => (stdout.length > 70_000 ? `${stdout.length} characters of log kept` : null),
    },
    {
      name: 'error-flood',
      what: 'A gigabyte of standard error in small pieces is cut off.',
      outcomes: ['output', 'time', 'exception'],
      program: () => python`
        tried()
        while True:
            os.write(2, b"\x00\xff\n" * 20000)
      `,
      judge: ({ stdout }) => (stdout.length > 200_000 ? `${stdout.length} characters of log kept` : null),
    },
  ] satisfies readonly Omit<Attack, 'group' | 'limits'>[]
).map((attack) => ({ certifiable: 'nothing', ...attack, group: 'resources', limits: RESOURCE_LIMITS }));
