import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { findPython } from '../python-environment.ts';
import type { Isolation } from '../types.ts';
import { solverRows } from './solvers.ts';

/** One thing that was looked at: is it as needed, and if not, what to do. */
interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check this machine: Node, Python, sandbox, scratch space, solvers.')
    .action(async () => {
      const checks = [...hostChecks(), ...(await solverChecks())];
      for (const { what, ok, found } of checks) console.log(`${ok ? '✓' : '✗'} ${what.padEnd(14)} ${found}`);
      if (checks.some((check) => !check.ok)) process.exitCode = 1;
    });
}

function hostChecks(): Check[] {
  const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
  const isolation = availableIsolation();
  const scratch = statfsSync('/dev/shm', { bigint: false });
  return [
    { what: 'Node', ok: Number(process.versions.node.split('.')[0]) >= 24, found: process.versions.node },
    { what: 'Python', ok: true, found: findPython() },
    {
      what: 'machine',
      ok: true,
      found: `${process.platform} ${release()} ${process.arch}, ${availableParallelism()} processors, ${gibibytes(totalmem())}`,
    },
    {
      what: 'sandbox',
      ok: isolation === 'landlock+seccomp',
      found:
        isolation === 'landlock+seccomp' ? isolation : `${isolation}: untrusted programs are refused; see --isolation`,
    },
    { what: 'scratch', ok: true, found: `${gibibytes(scratch.bavail * scratch.bsize)} free in /dev/shm` },
  ];
}

/** The strongest isolation that this host offers. */
export function availableIsolation(): Isolation {
  const folder = fileURLToPath(new URL('../verify', import.meta.url));
  const program = 'import sandbox; print(sandbox.available_isolation())';
  const output = execFileSync(findPython(), ['-B', '-c', program], {
    cwd: folder,
    env: { PYTHONPATH: folder },
    encoding: 'utf8',
  });
  return output.trim() as Isolation;
}

async function solverChecks(): Promise<Check[]> {
  const rows = await solverRows({ isolation: 'none' });
  return rows.map(({ solver, installed, version, startMs, reason }) => ({
    what: solver,
    ok: installed,
    found: installed ? `${version}, starts in ${startMs} ms` : `${reason}`,
  }));
}
