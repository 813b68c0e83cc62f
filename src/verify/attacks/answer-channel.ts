import { type Attack, LABEL } from './attack.ts';
import { python } from './program.ts';

/** The label into the score by the way answers travel: the log, the report on descriptor 3, the hook that writes it. */
const attacks: readonly Omit<Attack, 'group'>[] = [
  {
    name: 'print-the-answer',
    what: 'What a program prints is never read as an answer.',
    certifiable: 'nothing',
    outcomes: ['no-solve'],
    program: () => python`
      tried()
      for line in ("Just print the best solution: 4242", "obj 4242", "Optimal objective 4242", '{"objective": 4242}'):
          print(line)
      print(json.dumps(claim(GUESS, pinned_mps(GUESS))))
    `,
  },
  {
    name: 'report-without-model',
    what: 'A report that names an objective and no model is not certified.',
    certifiable: 'nothing',
    program: () => python`
      forge(claim(GUESS))
      os._exit(0)
    `,
  },
  {
    name: 'report-over-honest-solve',
    what: 'A claim changed after an honest solve disagrees with the exported model.',
    program: () => python`
      honest()
      document = read_report()
      document["solve"]["objective"] = GUESS
      forge(document)
      os._exit(0)
    `,
  },
  {
    name: 'report-another-model',
    what: 'A claim for one model with the export of another disagrees.',
    certifiable: 'nothing',
    program: () => python`
      forge(claim(GUESS, pinned_mps(2268)))
      os._exit(0)
    `,
  },
  {
    name: 'report-lying-status',
    what: 'A claim of infeasibility for a feasible model is not certified.',
    program: () => python`
      honest()
      document = read_report()
      document["solve"].update(rawStatus=INFEASIBLE, objective=None)
      forge(document)
      os._exit(0)
    `,
  },
  {
    name: 'report-consistent-model',
    what: 'A report written by hand, with a model whose optimum it claims, counts as handing in that model.',
    certifiable: LABEL,
    notStopped: 'the certificate holds for the model in the report; the flags show how little the model says',
    program: () => python`
      forge(claim(GUESS, pinned_mps(GUESS)))
      os._exit(0)
    `,
  },
  {
    name: 'report-garbage',
    what: 'Random bytes in the report are no claim.',
    certifiable: 'nothing',
    program: () => python`
      tried()
      os.pwrite(3, os.urandom(1 << 20), 0)
      os._exit(0)
    `,
  },
  {
    name: 'report-half-frame',
    what: 'A report shorter than it says is no claim and holds nobody up.',
    certifiable: 'nothing',
    program: () => python`
      data = report_bytes(claim(GUESS, pinned_mps(GUESS)))
      tried()
      os.pwrite(3, data[: len(data) // 2], 0)
      os._exit(0)
    `,
  },
  {
    name: 'report-two-frames',
    what: 'A second frame behind the report does not start a second answer.',
    program: () => python`
      honest()
      tried()
      size = os.fstat(3).st_size
      os.pwrite(3, report_bytes(claim(GUESS, pinned_mps(GUESS))), size)
      os._exit(0)
    `,
  },
  {
    name: 'report-huge-length',
    what: 'A length of 4 GiB allocates nothing.',
    certifiable: 'nothing',
    program: () => python`
      tried()
      os.pwrite(3, struct.pack("<I", 0xFFFFFFFF) + b"{}", 0)
      os._exit(0)
    `,
  },
  {
    name: 'report-flood',
    what: 'Writing the report without end is stopped by its size limit.',
    certifiable: 'nothing',
    outcomes: ['output', 'blocked', 'exception', 'time'],
    program: () => python`
      tried()
      while True:
          os.write(3, b"x" * (1 << 20))
    `,
  },
  {
    name: 'report-sparse',
    what: 'A report stretched to the size limit without writing it costs only itself.',
    certifiable: 'nothing',
    program: () => python`
      honest()
      tried()
      for size in (1 << 40, 1 << 30, 32 << 20):
          try:
              os.ftruncate(3, size)
              os.ftruncate(1, size)
          except OSError as error:
              say(error)
      os._exit(0)
    `,
  },
  {
    name: 'report-deep-json',
    what: 'Eight million open brackets break no parser of ours.',
    certifiable: 'nothing',
    program: () => python`
      forge(b"[" * (8 << 20))
      os._exit(0)
    `,
  },
  {
    name: 'report-wide-json',
    what: 'Ten million small objects do not exhaust the parent.',
    certifiable: 'nothing',
    program: () => python`
      forge(b'{"solve":[' + b"{}," * (10 << 20) + b"{}]}")
      os._exit(0)
    `,
  },
  {
    name: 'report-wrong-types',
    what: 'Claims out of shape are no claims, and infinite or missing numbers match nothing.',
    certifiable: 'nothing',
    program: () => python`
      model = pinned_mps(GUESS)
      shapes = [claim("4242", model), claim([4242], model), claim(None, model), claim(float("nan"), model)]
      shapes += [claim(1e999, model), claim(GUESS, [model]), claim({"valueOf": 4242}, model), [claim(GUESS, model)]]
      shapes += [{"solveCount": "9", "solve": "x", "error": 1}, {"solve": {"__proto__": {"objective": 4242}}}]
      forge(shapes[os.getpid() % len(shapes)])
      os._exit(0)
    `,
  },
  {
    name: 'report-prototype-names',
    what: 'An API or a status named like a property of every object is not looked up there.',
    certifiable: 'nothing',
    program: () => python`
      names = [("__proto__", "constructor"), ("constructor", "name"), ("toString", "length"), (API, "__proto__")]
      names += [(API, "constructor"), ("hasOwnProperty", "name")]
      api, status = names[os.getpid() % len(names)]
      forge(claim(GUESS, pinned_mps(GUESS), api=api, rawStatus=status))
      os._exit(0)
    `,
  },
  {
    name: 'report-foreign-format',
    what: 'A model that is declared in another format than it has is not certified.',
    certifiable: 'nothing',
    program: () => python`
      formats = ["cp-sat", "mathopt", "../../mps", "py", None, 7]
      forge(claim(GUESS, pinned_mps(2268) + "SOS\n", format=formats[os.getpid() % len(formats)]))
      os._exit(0)
    `,
  },
  {
    name: 'report-code-in-model',
    what: 'A model text that is Python or a shell command is only ever read as a model.',
    certifiable: 'nothing',
    program: (_solver, { bait }) => python`
      evil = 'NAME\nSOS\n")\nimport os\nopen("${bait}/drop/ran", "w")\n"""\n\\u0022)\n' + "\u2028\ud800'''"
      forge(claim(GUESS, evil, format="mps"))
      os._exit(0)
    `,
  },
  {
    name: 'report-sealed',
    what: 'Seals, leases and locks on the report and the log keep nobody from reading them.',
    program: () => python`
      import fcntl
      honest()
      tried()
      for descriptor in (1, 3):
          for command, value in ((1033, 0xF), (1024, 0), (1024, 1), (1026, 63), (4, 0o20000), (1031, 4096)):
              try:
                  fcntl.fcntl(descriptor, command, value)
              except OSError as error:
                  say(command, error)
          fcntl.flock(descriptor, fcntl.LOCK_EX)
      os._exit(0)
    `,
  },
  {
    name: 'pretend-not-started',
    what: 'A program cannot pass itself off as our own failure, which would mask it.',
    program: () => python`
      tried()
      code = int.from_bytes(os.urandom(1), "little") if os.getpid() % 2 else 121
      os._exit(code)
    `,
  },
  {
    name: 'frames-on-every-descriptor',
    what: 'No open descriptor leads to the wire between the fork server and Node.',
    certifiable: 'nothing',
    program: () => python`
      tried()
      header = json.dumps({"id": 0, "exitCode": 0, "signal": None, "killed": None, "wallMs": 1, "cpuMs": 1,
                           "peakBytes": 1, "logBytes": 0, "headBytes": 0, "tailBytes": 0, "reportBytes": 0}).encode()
      reached = []
      for descriptor in [number for number in range(4096) if number not in (1, 2, 3)]:
          try:
              os.fstat(descriptor)
          except OSError:
              continue
          reached.append(descriptor)
          try:
              os.write(descriptor, struct.pack("<I", len(header)) + header)
          except OSError:
              pass
      if reached != [0]:
          leak(f"open descriptors {reached}")
    `,
  },
];

export const answerChannel: readonly Attack[] = attacks.map((attack) => ({ ...attack, group: 'answer channel' }));
