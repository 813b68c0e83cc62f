import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EvomError } from '../../src/errors.ts';
import type { Isolation } from '../../src/types.ts';
import { Verifier } from '../../src/verify/verifier.ts';
import { optimumOf } from './programs.ts';
import { pythonThat } from './python-wrapper.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evom-isolation-'));
});
afterEach(() => {
  delete process.env['EVOM_PYTHON'];
  rmSync(folder, { recursive: true, force: true });
});

const LOOK = `import os
def can(action):
    try:
        action()
        return "yes"
    except OSError:
        return "no"
def fork():
    if os.fork() == 0:
        os._exit(0)
    os.wait()
print("read", can(lambda: open("/etc/hostname")), "fork", can(fork), "write", can(lambda: open("x", "w")))
`;

/** A host whose probes say that it lacks these. */
function hostWithout(...fences: ('landlock' | 'namespaces' | 'seccomp')[]): void {
  const lies = {
    landlock: 'import landlock\nlandlock.abi = lambda: 0',
    namespaces: 'import namespaces\nnamespaces.is_available = lambda: False',
    seccomp: 'import seccomp\nseccomp.is_available = lambda: False',
  };
  process.env['EVOM_PYTHON'] = pythonThat(folder, fences.map((fence) => lies[fence]).join('\n'));
}

/** The reason why this host cannot play the part; null where it can. */
async function lacks(isolation: Isolation): Promise<string | null> {
  await using verifier = new Verifier({ jobs: 1, isolation });
  try {
    await verifier.solverState('highs');
    return null;
  } catch (error) {
    if (error instanceof EvomError && error.code === 'isolation-unavailable') return error.message;
    throw error;
  }
}

describe('isolation', () => {
  it.for<[Isolation, string]>([
    ['landlock+seccomp', 'read no fork no write yes\n'],
    ['namespaces+seccomp', 'read no fork no write yes\n'],
    ['seccomp', 'read yes fork no write yes\n'],
    ['none', 'read yes fork yes write yes\n'],
  ])('%s fences as it says, and every observation names it', async ([isolation, stdout], { skip }) => {
    const reason = await lacks(isolation);
    if (reason !== null) skip(reason);
    await using verifier = new Verifier({ jobs: 1, isolation });
    expect(await verifier.observe({ id: 'x', solver: 'highs', program: LOOK })).toMatchObject({ isolation, stdout });
    expect(await verifier.observe({ id: 'x', solver: 'highs', program: optimumOf(7) })).toMatchObject({
      isolation,
      outcome: 'solved',
      objective: 7,
    });
  });

  it.for<[Isolation, Isolation, Parameters<typeof hostWithout>]>([
    ['landlock+seccomp', 'namespaces+seccomp', ['landlock']],
    ['landlock+seccomp', 'seccomp', ['landlock', 'namespaces']],
    ['namespaces+seccomp', 'seccomp', ['landlock', 'namespaces']],
    ['landlock+seccomp', 'none', ['seccomp']],
    ['seccomp', 'none', ['seccomp']],
  ])('%s is refused where the host offers %s, which the message names', async ([asked, offered, lacking], { skip }) => {
    const reason = await lacks(offered);
    if (reason !== null) skip(reason);
    hostWithout(...lacking);
    await using verifier = new Verifier({ jobs: 1, isolation: asked });
    const running = verifier.observe({ id: 'x', solver: 'highs', program: optimumOf(7) });
    await expect(running).rejects.toMatchObject({
      boundary: 'sandbox',
      code: 'isolation-unavailable',
      message: expect.stringContaining(`pass \`--isolation ${offered}\``),
    });
  });

  it.for<Isolation>(['landlock+seccomp', 'namespaces+seccomp', 'seccomp'])(
    '%s lets a program change neither mode, owner, time nor size of files that it may only read',
    async (isolation, { skip }) => {
      const reason = await lacks(isolation);
      if (reason !== null) skip(reason);
      const file = join(folder, 'file');
      writeFileSync(file, 'text');
      const { mode, uid, mtimeMs, size } = statSync(file);
      const device = statSync('/dev/null').mode;
      const attempts = [
        'os.chmod(path, 0o777)',
        'os.chown(path, 1, 1)',
        'os.utime(path, (1, 1))',
        'os.truncate(path, 1)',
        'os.open(path, os.O_RDONLY | os.O_TRUNC)',
        'os.fchmod(0, 0o600)',
      ];
      const lines = attempts.map((attempt) => `try:\n    ${attempt}\nexcept OSError:\n    refused += 1`);
      await using verifier = new Verifier({ jobs: 1, isolation });
      const program = ['import os', `path = "${file}"`, 'refused = 0', ...lines, 'print(refused)'].join('\n');
      const { stdout } = await verifier.observe({ id: 'x', solver: 'highs', program });
      expect(stdout).toBe(`${attempts.length}\n`);
      expect(statSync(file)).toMatchObject({ mode, uid, mtimeMs, size });
      expect(statSync('/dev/null').mode).toBe(device);
    },
  );

  it.for<Isolation>(['landlock+seccomp', 'seccomp'])(
    '%s leaves a program no descriptor but its own, whatever Node inherited',
    async (isolation) => {
      const inherited = [6, 9, 200, 300, 900].map((target) => `os.dup2(os.open("/etc/passwd", 0), ${target})`);
      process.env['EVOM_PYTHON'] = pythonThat(folder, inherited.join('\n'));
      await using verifier = new Verifier({ jobs: 1, isolation });
      const program = `import os
def is_open(descriptor):
    try:
        return bool(os.fstat(descriptor))
    except OSError:
        return False
print([descriptor for descriptor in range(2000) if is_open(descriptor)])`;
      const { stdout } = await verifier.observe({ id: 'x', solver: 'highs', program });
      expect(stdout).toBe('[0, 1, 2, 3]\n');
    },
  );

  it('weaker isolation runs where the host offers no more', async () => {
    hostWithout('landlock', 'namespaces');
    await using verifier = new Verifier({ jobs: 1, isolation: 'seccomp' });
    expect(await verifier.observe({ id: 'x', solver: 'highs', program: optimumOf(7) })).toMatchObject({
      isolation: 'seccomp',
      outcome: 'solved',
    });
  });
});
