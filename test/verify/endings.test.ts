import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/types.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { optimumOf, SLEEP, SPIN } from './programs.ts';

let verifier: Verifier;
beforeAll(() => {
  verifier = new Verifier({ jobs: 2, limits: { cpuMs: 1_000, wallMs: 3_000, memoryBytes: 1 << 30 } });
});
afterAll(() => verifier.close());

const observe = (program: string): Promise<Observation> => verifier.observe({ id: 'x', solver: 'highs', program });
const expectHonest = async (): Promise<void> => {
  expect(await observe(optimumOf(7))).toMatchObject({ outcome: 'solved', objective: 7, stdout: 'done\n' });
};

describe('a program that ends badly has its outcome, and its neighbours and followers are none the worse', () => {
  it.each<[string, string, Partial<Observation>]>([
    [
      'an exception',
      'x = 1\n1 / 0',
      { outcome: 'exception', error: { type: 'ZeroDivisionError', message: 'division by zero', line: 2 }, exitCode: 1 },
    ],
    ['a syntax error', 'x = (', { outcome: 'exception', exitCode: 1 }],
    ['a missing name of the API', 'import highspy\nhighspy.Higs()', { outcome: 'missing-api', detail: 'highspy.Higs' }],
    ['sys.exit(3)', 'import sys\nsys.exit(3)', { outcome: 'no-solve', exitCode: 3 }],
    ['os._exit(5)', 'import os\nos._exit(5)', { outcome: 'no-solve', exitCode: 5 }],
    ['a segmentation fault', 'import ctypes\nctypes.string_at(0)', { outcome: 'exception', signal: 11 }],
    ['abort', 'import os\nos.abort()', { outcome: 'exception', signal: 6 }],
    ['endless recursion', 'def f():\n    f()\nf()', { outcome: 'exception' }],
    [
      'a stack overflow in C',
      'import json, sys\nsys.setrecursionlimit(10**9)\njson.loads("[" * 10**6)',
      { signal: 11 },
    ],
    ['MemoryError', 'x = bytearray(8 << 30)', { outcome: 'memory' }],
    ['an endless loop', SPIN, { outcome: 'time', detail: expect.stringContaining('the limit is 1000 ms') }],
    ['a long sleep', SLEEP, { outcome: 'time', detail: expect.stringContaining('still running') }],
    [
      'a loop that ignores signals',
      `import signal\nfor s in range(1, 65):\n    try:\n        signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError):\n        pass\n${SPIN}`,
      { outcome: 'time' },
    ],
    [
      'a loop in a thread',
      `import threading\nthreading.Thread(target=lambda: exec('while True: pass')).start()\n${SPIN}`,
      { outcome: 'time' },
    ],
    ['a fork', 'import os\nos.fork()', { outcome: 'blocked' }],
    ['a closed report', 'import os\nos.close(3)\n1 / 0', {}],
    ['a closed log', 'import os\nos.close(1); os.close(2)\nprint("x")', {}],
    ['garbage in the report', 'import os\nos.write(3, b"garbage")', { outcome: 'no-solve' }],
    ['a flood on the log', 'while True:\n    print("x" * 10000)', { outcome: 'output' }],
    [
      'an exception whose text is broken',
      'class E(Exception):\n    def __str__(self):\n        raise RuntimeError("no text")\nraise E()',
      {},
    ],
    [
      'an exception with a name of 1 MB',
      'raise type("E" * 2**20, (Exception,), {})("x" * 2**20)',
      { outcome: 'exception' },
    ],
    ['a null byte', 'print("a")\0', { outcome: 'exception' }],
    ['no text at all', '', { outcome: 'no-solve', exitCode: 0, stdout: '' }],
    ['a lone surrogate', 'print("\ud800")', {}],
  ])('%s', async (_, program, expected) => {
    const [observation] = await Promise.all([observe(program), expectHonest()]);
    expect(observation).toMatchObject(expected);
    expect(observation.outcome).not.toBe('solved');
    expect(observation.outcome).not.toBe('infra');
    await Promise.all([expectHonest(), expectHonest()]);
  });

  it('keeps the beginning and the end of a long log', async () => {
    const { stdout, stdoutBytes } = await observe(
      'print("first")\nfor _ in range(100000): print("x" * 50)\nprint("last")',
    );
    expect(stdout.startsWith('first\n')).toBe(true);
    expect(stdout.endsWith('last\n')).toBe(true);
    expect(stdoutBytes).toBe(6 + 100_000 * 51 + 5);
    expect(stdout.length).toBeLessThan(verifier.limits.logBytes + 100);
  });
});

describe('one program leaves nothing for the next', () => {
  it.each<[string, string]>([
    [
      'the log’s offset and flags',
      'import fcntl, os\nfcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)\nos.lseek(1, (32 << 20) - 1, 0)',
    ],
    [
      'the mode of its files',
      'import os\nfor d in range(4):\n    try:\n        os.fchmod(d, 0o600)\n    except OSError:\n        pass',
    ],
    ['the mode of its folder', 'import os\nos.chmod(".", 0)'],
    [
      'files, also in folders that are closed',
      'import os\nos.makedirs("a/b/c")\nopen("a/b/c/f", "w").write("x")\nopen("f", "w").close()\nos.chmod("a/b", 0)',
    ],
    ['a file in place of the export', 'import os\nos.makedirs("._evom_export.mps/x")'],
    ['a changed folder', 'import os\nos.mkdir("d")\nos.chdir("d")'],
    ['a changed module', 'import highspy\nhighspy.Highs.maximize = None'],
    ['a seeded generator', 'import random\nrandom.seed(5)'],
  ])('%s', async (_, program) => {
    const look = [
      'import fcntl, os, random',
      'flags = [fcntl.fcntl(d, fcntl.F_GETFL) for d in range(4)]',
      'modes = [oct(os.fstat(d).st_mode) for d in range(4)]',
      'print(flags, modes, os.lseek(1, 0, 1), os.listdir("."), oct(os.stat(".").st_mode), random.random())',
    ].join('\n');
    await using alone = new Verifier({ jobs: 1 });
    const observeAlone = (text: string) => alone.observe({ id: 'x', solver: 'highs', program: text });
    const before = await observeAlone(look);
    expect(before.stdout).toContain('[]');
    await observeAlone(program);
    expect((await observeAlone(look)).stdout).toBe(before.stdout);
    await observeAlone(program);
    expect(await observeAlone(optimumOf(7))).toMatchObject({ outcome: 'solved', objective: 7, stdout: 'done\n' });
  });
});
