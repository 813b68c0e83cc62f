import type { Attack } from './attack.ts';
import { python } from './program.ts';

/** Reading what is not the program's, writing where others look. */
export const files: readonly Attack[] = (
  [
    {
      name: 'read-bait',
      what: 'A readable file outside the rules cannot be read.',
      program: (_solver, { bait }) => python`
        refused(lambda: open("${bait}/secret.txt").read())
      `,
    },
    {
      name: 'read-system-files',
      what: 'Accounts, host names and mounts of the machine cannot be read.',
      program: () => python`
        for path in ("/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/hostname", "/proc/mounts", "/proc/self/mountinfo",
                     "/proc/net/tcp", "/proc/1/cmdline", "/sys/kernel/notes", "/var/log/dpkg.log", "/root/.bashrc"):
            refused(lambda: (path, open(path, "rb").read()[:40]))
      `,
    },
    {
      name: 'read-repository',
      what: 'The folder that holds the judges and the problems can be neither listed nor read.',
      program: (_solver, { repository }) => python`
        refused(lambda: os.listdir("${repository}"))
        refused(lambda: open("${repository}/package.json").read()[:40])
        refused(lambda: open("${repository}/src/verify/fork-server/zygote.py").read()[:40])
      `,
    },
    {
      name: 'list-folders',
      what: 'Homes, temporary folders and the root cannot be listed.',
      program: () => python`
        for path in ("/", "/root", "/home", "/tmp", "/dev/shm", "/proc", "/proc/self/fd", "/var/tmp", "/dev", "/run"):
            refused(lambda: (path, os.listdir(path)))
      `,
    },
    {
      name: 'read-other-scratch',
      what: 'The scratch folders of other programs can be neither listed nor entered.',
      program: () => python`
        here = os.getcwd()
        refused(lambda: os.listdir(".."))
        refused(lambda: os.listdir("../.."))
        for index in range(8):
            other = os.path.join(os.path.dirname(here), str(index))
            if other != here:
                refused(lambda: os.listdir(other))
                refused(lambda: open(other + "/x", "w"))
      `,
    },
    {
      name: 'read-process-files',
      what: 'Environment, memory and descriptors of any process are closed, the own ones too.',
      program: (_solver, { nodePid }) => python`
        for process in (os.getppid(), ${nodePid}, 1, "self"):
            for name in ("environ", "mem", "maps", "cmdline", "stack", "root/etc/passwd", "cwd"):
                refused(lambda: (process, name, open(f"/proc/{process}/{name}", "rb").read(40)))
      `,
    },
    {
      name: 'write-process-files',
      what: 'No process can be changed through /proc.',
      program: () => python`
        for path in (f"/proc/{os.getppid()}/mem", "/proc/self/mem", f"/proc/{os.getppid()}/oom_score_adj",
                     "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/self/attr/current", "/proc/sysrq-trigger"):
            refused(lambda: (path, os.open(path, os.O_WRONLY)))
      `,
    },
    {
      name: 'secrets-in-environment',
      what: 'The environment holds nothing of the user.',
      program: () => python`
        tried()
        usual = {"PATH", "HOME", "LANG", "LC_CTYPE", "LD_BIND_NOW", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS",
                 "GLIBC_TUNABLES", "PYTHONHASHSEED", "PWD", "GRB_LICENSE_FILE", "COPT_LICENSE_DIR", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"}
        odd = {name: value for name, value in os.environ.items() if name not in usual}
        if odd:
            leak(odd)
        if os.environ.get("HOME") not in (None, "/nonexistent"):
            leak(os.environ["HOME"])
      `,
    },
    {
      name: 'symbolic-link',
      what: 'A link out of the scratch folder cannot be followed.',
      program: (_solver, { bait }) => python`
        def follow():
            os.symlink("${bait}/secret.txt", "link")
            return open("link").read()
        refused(follow)
        def climb():
            os.symlink("${bait}/drop", "folder")
            open("folder/file", "w").close()
            return os.listdir("folder")
        refused(climb)
      `,
    },
    {
      name: 'hard-link',
      what: 'A hard link to a file outside cannot be made, nor to the own report.',
      program: (_solver, { bait }) => python`
        def link(source, target):
            os.link(source, target)
            return open(target).read(40)
        refused(lambda: link("${bait}/secret.txt", "link"))
        refused(lambda: link("/proc/self/fd/3", "link"))
        open("mine", "w").close()
        refused(lambda: link("mine", "${bait}/drop/link"))
      `,
    },
    {
      name: 'write-outside',
      what: 'A folder that is open to everyone is closed to a program.',
      program: (_solver, { bait }) => python`
        refused(lambda: open("${bait}/drop/file", "w").write("x"))
        refused(lambda: open("${bait}/secret.txt", "a").write("x"))
        refused(lambda: os.mkdir("${bait}/drop/folder"))
        refused(lambda: os.truncate("${bait}/secret.txt", 0))
        refused(lambda: os.unlink("${bait}/secret.txt"))
        refused(lambda: open("/tmp/evom-attack-was-here", "w").write("x"))
        refused(lambda: open("/dev/shm/evom-attack-was-here", "w").write("x"))
      `,
    },
    {
      name: 'change-outside',
      what: 'Mode, owner and times of files outside cannot be changed.',
      program: (_solver, { bait }) => python`
        refused(lambda: os.chmod("${bait}/secret.txt", 0o600))
        refused(lambda: os.chown("${bait}/secret.txt", os.getuid(), os.getgid()))
        refused(lambda: os.utime("${bait}/secret.txt", (0, 0)))
        refused(lambda: os.setxattr("${bait}/secret.txt", "user.x", b"x"))
      `,
    },
    {
      name: 'write-interpreter',
      what: 'The Python environment that the next program runs on cannot be changed.',
      program: () => python`
        import json as module
        for folder in (sys.prefix, sys.base_prefix, os.path.dirname(module.__file__), os.path.dirname(os.__file__)):
            refused(lambda: os.open(folder + "/evom-attack-was-here", os.O_CREAT | os.O_WRONLY))
            refused(lambda: os.mkdir(folder + "/evom-attack-was-here"))
        refused(lambda: os.open(module.__file__, os.O_WRONLY))
        refused(lambda: os.rename(folder + "/evom-attack-was-here", folder + "/evom-attack-moved"))
      `,
    },
    {
      name: 'dot-dot',
      what: 'Paths with dots lead nowhere outside.',
      program: () => python`
        os.mkdir("d")
        for path in ("../file", "d/../../file", "./../../file", "d/../../../../tmp/evom-attack-was-here"):
            refused(lambda: open(path, "w").write("x"))
        def upwards():
            os.chdir("..")
            return os.listdir(".")
        refused(upwards)
      `,
    },
    {
      name: 'rename-outside',
      what: 'Files cannot be moved in or out of the scratch folder.',
      program: (_solver, { bait }) => python`
        open("mine", "w").close()
        refused(lambda: os.rename("mine", "${bait}/drop/mine"))
        refused(lambda: os.rename("${bait}/secret.txt", "stolen"))
        refused(lambda: os.rename(os.getcwd(), os.getcwd() + "x"))
        refused(lambda: os.rmdir(os.getcwd()))
      `,
    },
    {
      name: 'handles-by-number',
      what: 'Files cannot be opened by their inode.',
      program: () => python`
        handle = struct.pack("Ii", 128, 0) + bytes(128)
        mount = ctypes.create_string_buffer(4)
        attempt("name_to_handle_at", -100, b".", ctypes.create_string_buffer(handle), mount, 0)
        attempt("open_by_handle_at", -100, ctypes.create_string_buffer(struct.pack("IiIIQ", 8, 1, 2, 0, 0)), 0)
      `,
    },
    {
      name: 'change-root',
      what: 'The root and the working folder cannot be moved to see more.',
      program: () => python`
        attempt("chroot", b".")
        attempt("pivot_root", b".", b".")
        def outside():
            os.chdir("/root")
            return os.listdir(".")
        refused(outside)
        refused(lambda: os.open("/", os.O_RDONLY | os.O_DIRECTORY))
        def by_descriptor():
            os.fchdir(os.open("/tmp", os.O_PATH))
            return os.listdir(".")
        refused(by_descriptor)
      `,
    },
    {
      name: 'make-devices',
      what: 'Devices, pipes and sockets with a name cannot be made.',
      program: () => python`
        attempt("mknodat", -100, b"disk", 0o060666, 0xFE00)
        attempt("mknodat", -100, b"memory", 0o020666, 0x0101)
        attempt("mknodat", -100, b"pipe", 0o010666, 0)
        refused(lambda: open("/dev/mem", "rb").read(1))
        refused(lambda: open("/dev/kmsg", "w").write("x"))
        refused(lambda: open("/dev/tty", "w").write("x"))
        refused(lambda: open("/dev/ptmx", "r+b"))
      `,
    },
    {
      name: 'what-is-left-over',
      what: 'A scratch folder starts empty, whoever had it before.',
      program: () => python`
        tried()
        left = os.listdir(".")
        if left:
            leak(left)
        for index in range(20):
            os.makedirs(f"{index}/{index}")
            open(f"{index}/{index}/file", "w").write("left by " + str(os.getpid()))
        open(".hidden", "w").close()
        open("na\nme \udcff", "w").close()
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ certifiable: 'nothing', ...attack, group: 'files' }));
