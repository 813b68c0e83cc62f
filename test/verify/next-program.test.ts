import { afterAll, describe, expect, it } from 'vitest';
import { Verifier } from '../../src/verify/verifier.ts';

const HONEST = `
import highspy, os
print("first", os.listdir("."))
h = highspy.Highs()
h.setOptionValue("output_flag", False)
x = h.addVariable(ub=3)
h.addConstr(2 * x <= 5)
h.minimize(x)
h.maximize(x)
open("result.txt", "w").write("kept")
print("last", os.listdir("."))
`;

/** Each tries to leave something behind for the program that comes after it. */
const POISONS: Readonly<Record<string, string>> = {
  'the log without append, far into the file': `
import fcntl, os
fcntl.fcntl(1, fcntl.F_SETFL, 0)
os.ftruncate(1, 30 << 20)
os.lseek(1, 30 << 20, os.SEEK_SET)`,
  'the report in append mode': `
import fcntl, os
fcntl.fcntl(3, fcntl.F_SETFL, os.O_APPEND)
os.write(3, b"x" * 100)`,
  'a scratch folder that nobody may enter': `
import os
os.mkdir("a"); open("a/b", "w").write("left")
os.chmod("a", 0)
os.chmod(".", 0)`,
  'files, folders and links': `
import os
os.makedirs("x/y/z"); open("x/y/z/file", "w").write("left"); open("result.txt", "w").write("left")`,
  'modules and builtins of its own': `
import builtins, sys, highspy
builtins.print = lambda *a: None
highspy.Highs.maximize = None
sys.path.insert(0, "/nowhere")`,
};

describe('a program cannot change what the next one finds:', () => {
  const verifier = new Verifier({ jobs: 1 });
  afterAll(() => verifier.close());

  it.each(Object.entries(POISONS))('%s', async (name, program) => {
    const before = await verifier.observe({ id: 'before', solver: 'highs', program: HONEST });
    await verifier.observe({ id: name, solver: 'highs', program });
    const after = await verifier.observe({ id: 'after', solver: 'highs', program: HONEST });
    expect(before).toMatchObject({ outcome: 'solved', objective: 2.5, solveCount: 2 });
    expect(before.stdout).toBe("first []\nlast ['result.txt']\n");
    for (const field of ['outcome', 'objective', 'solveCount', 'stdout', 'stdoutBytes'] as const) {
      expect(after[field]).toEqual(before[field]);
    }
  });
});
