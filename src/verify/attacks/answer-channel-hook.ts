import { type Attack, LABEL } from './attack.ts';
import { python } from './program.ts';

/** Puts a file of another model where the export is about to be. */
const PLANT = python`
  def plant():
      with open(EXPORT_FILE, "w") as file:
          file.write(pinned_mps(GUESS))
`;

/** The label into the score through the program's own process: the hook, the interpreter under it, its memory. */
export const answerChannelHook: readonly Attack[] = (
  [
    {
      name: 'hook-fields-rewritten',
      what: 'A claim set in the hook object itself still needs its model.',
      program: () => python`
        honest()
        tried()
        report = find_report()
        report.solve["objective"] = GUESS
        report.solve_count = 10**9
        report.write()
      `,
    },
    {
      name: 'hook-removed',
      what: 'A solve behind the back of the hook is no solve.',
      certifiable: 'nothing',
      program: () => python`
        import gc
        owner, name = SOLVE
        wrapped = getattr(owner, name)
        tried()
        original = [cell.cell_contents for cell in wrapped.__closure__ if callable(cell.cell_contents)]
        originals = [part for part in original if getattr(part, "__name__", "") == name] or original
        try:
            setattr(owner, name, originals[-1])
        except TypeError:
            gc.get_referents(owner.__dict__)[0][name] = originals[-1]
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(owner))
        model = Model()
        x = model.variable("x", high=GUESS)
        model.objective([(1, x)])
        model.solve()
        find_report().solve = None
        print("optimal", model.value())
      `,
    },
    {
      name: 'json-patched',
      what: 'An encoder that swaps the objective makes a claim that disagrees.',
      program: () => python`
        encode = json.dumps
        def dumps(document, **named):
            if isinstance(document, dict) and document.get("solve"):
                document["solve"]["objective"] = GUESS
            return encode(document, **named)
        json.dumps = dumps
        tried()
        honest()
      `,
    },
    {
      name: 'os-patched',
      what: 'A write that swaps the objective on its way out makes a claim that disagrees.',
      program: () => python`
        write = os.pwrite
        def pwrite(descriptor, data, offset):
            changed = bytes(data).replace(b'"objective": 2268.0', b'"objective": 4242.0')
            write(descriptor, changed.replace(b'"objective": 2267.9', b'"objective": 4242.9'), offset)
            return len(data)
        os.pwrite = pwrite
        tried()
        honest()
      `,
    },
    {
      name: 'builtins-patched',
      what: 'A float that always says the label makes a claim that disagrees.',
      program: () => python`
        import builtins
        true_float = float
        class Float(true_float):
            def __new__(cls, *value):
                return true_float.__new__(cls, GUESS)
        model = honest_model()
        tried()
        builtins.float = Float
        report = sys.modules.get("report")
        if report:
            report.number = lambda value: true_float(GUESS)
            report.float = Float
        model.solve()
      `,
    },
    {
      name: 'open-patched',
      what: 'A model text swapped while it is read disagrees with the claim.',
      program: () => python`
        import builtins, io
        true_open = builtins.open
        def swapped(path, *mode, **named):
            if "_evom" in str(path):
                return io.StringIO(pinned_mps(GUESS))
            return true_open(path, *mode, **named)
        tried()
        builtins.open = swapped
        honest()
      `,
    },
    {
      name: 'everything-patched',
      what: 'A claim and a model swapped together count as handing in that model.',
      certifiable: LABEL,
      notStopped: 'the certificate holds for the model that arrived; the flags show how little the model says',
      program: () => python`
        honest()
        tried()
        report = find_report()
        report.solve.update(objective=GUESS, model=pinned_mps(GUESS), format="mps")
        report.write()
      `,
    },
    {
      name: 'exit-handler',
      what: 'What runs at exit, in destructors or in a replaced standard output cannot change a claim into an answer.',
      program: () => python`
        import atexit
        def late():
            document = read_report()
            document["solve"]["objective"] = GUESS
            forge(document)
        class Output:
            write = flush = lambda self, *text: late()
        class Grave:
            def __del__(self):
                late()
        honest()
        tried()
        atexit.register(late)
        grave = Grave()
        sys.stdout = sys.stderr = Output()
        sys.exit(0)
      `,
    },
    {
      name: 'exception-with-side-effects',
      what: 'An exception whose text runs code ends the program like any other.',
      certifiable: 'nothing',
      program: () => python`
        class Trap(Exception):
            def __str__(self):
                forge(claim(GUESS, pinned_mps(2268)))
                os._exit(0)
        tried()
        raise Trap()
      `,
    },
    {
      name: 'thread-after-the-end',
      what: 'A thread that goes on writing after the main one ended wins nothing.',
      program: () => python`
        honest()
        document = read_report()
        document["solve"]["objective"] = GUESS
        data = report_bytes(document)
        def race():
            while True:
                os.ftruncate(3, len(data))
                os.pwrite(3, data, 0)
        tried()
        for _ in range(3):
            in_thread(race)
        time.sleep(0.05)
      `,
    },
    {
      name: 'export-raced',
      what: 'A thread that rewrites the exported file gives a model that disagrees with the claim.',
      program: () => python`
        ${PLANT}
        def race():
            while True:
                try:
                    plant()
                except OSError:
                    pass
        tried()
        sys.setswitchinterval(1e-5)
        in_thread(race)
        for _ in range(5):
            honest()
        os._exit(0)
      `,
    },
    {
      name: 'export-path-taken',
      what: 'A folder, a read-only file or a link where the export goes makes it fail, and leads nowhere.',
      program: (_solver, { bait }) => python`
        ${PLANT}
        tried()
        way = os.getpid() % 4
        try:
            if way == 0:
                os.mkdir(EXPORT_FILE)
            elif way == 1:
                plant()
                os.chmod(EXPORT_FILE, 0o444)
            elif way == 2:
                os.symlink("${bait}/secret.txt", EXPORT_FILE)
            else:
                os.symlink("${bait}/drop/export", EXPORT_FILE)
        except OSError as error:
            say(error)
        honest()
        print(find_report().solve)
      `,
    },
    {
      name: 'export-folder-moved',
      what: 'A working folder that changes or vanishes under the export makes it fail, no more.',
      program: () => python`
        os.makedirs("a/b")
        os.chdir("a/b")
        tried()
        os.rmdir("../b")
        honest()
      `,
    },
    {
      name: 'walk-the-frames',
      what: 'The frames and objects of the fork server hold no other program, no answer and no usable descriptor.',
      program: () => python`
        import gc
        tried()
        gc.unfreeze()
        frame, seen = sys._getframe(), []
        while frame:
            seen.append(frame.f_locals)
            frame = frame.f_back
        servers = [value for scope in seen for value in scope.values() if type(value).__name__ == "Server"]
        servers += [item for item in gc.get_objects() if type(item).__name__ == "Server"]
        for server in servers:
            for job in list(getattr(server, "jobs", {}).values()):
                for name, descriptor in vars(job).items():
                    if isinstance(descriptor, int) and name in ("program", "log", "report") and descriptor > 4:
                        try:
                            leak((name, os.pread(descriptor, 200, 0)))
                        except OSError as error:
                            say(name, error)
            try:
                server.send({"id": 0})
                leak("the wire")
            except (OSError, AttributeError) as error:
                say(error)
        mark = "can" + "ary-"
        for item in gc.get_objects():
            if isinstance(item, (dict, list, tuple)):
                for value in item.values() if isinstance(item, dict) else item:
                    if isinstance(value, (str, bytes)) and mark in str(value):
                        say("found", str(value)[:4000])
        honest()
      `,
    },
    {
      name: 'scan-own-memory',
      what: 'No page that a program inherits holds another program or what it printed.',
      program: () => python`
        source, sink = os.pipe()  # the kernel copies: a page that is not there is an error and no signal
        def page_at(address):
            if library.write(sink, ctypes.c_void_p(address), ctypes.c_size_t(4096)) != 4096:
                return None
            return os.read(source, 4096)
        tried()
        mark = b"can" + b"ary-"
        anchors = [id(object()), id(sys), id("x" * 5000), id([0] * 10**6), ctypes.addressof(ctypes.create_string_buffer(1 << 20))]
        for anchor in {place & ~4095 for place in anchors}:
            for step in (4096, -4096):
                address, missing = anchor, 0
                while missing < 64 and abs(address - anchor) < 48 << 20:
                    page = page_at(address)
                    missing = 0 if page else missing + 1
                    at = page.find(mark) if page else -1
                    if at >= 0:
                        say("found", page[at : at + 64])
                    address += step
        honest()
      `,
    },
  ] satisfies readonly Omit<Attack, 'group'>[]
).map((attack) => ({ ...attack, group: 'answer channel' }));
