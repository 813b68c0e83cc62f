import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { availableParallelism, release, tmpdir, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { findPython } from '../python-environment.ts';
import type { Isolation } from '../types.ts';
import { solverRows } from '../verify/solver-rows.ts';
import { EXIT_CODES } from './exit-code.ts';

/** One thing that was looked at: is it as needed, and what was found or what to do. */
interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Check this machine: Node, Python, sandbox, scratch space, solvers. Exit code 1 where something lacks.',
    )
    .action(async () => {
      const host = hostChecks();
      const hasPython = host.every(({ what, ok }) => ok || what !== 'Python');
      const checks = [...host, ...(hasPython ? await solverChecks() : [])];
      for (const { what, ok, found } of checks) {
        console.log(`${ok ? 'ok     ' : 'LACKING'}  ${what.padEnd(8)}  ${found}`);
      }
      if (checks.some((check) => !check.ok)) process.exitCode = EXIT_CODES.failure;
    });
}

function hostChecks(): Check[] {
  const python = check('Python', findPython);
  return [
    check('Node', () => process.versions.node, Number(process.versions.node.split('.')[0]) >= 24),
    check('machine', describeMachine),
    check('scratch', describeScratch),
    python,
    ...(python.ok ? [sandboxCheck()] : []),
  ];
}

/** A look that throws is a check that failed, with its message. */
function check(what: string, look: () => string, ok = true): Check {
  try {
    return { what, ok, found: look() };
  } catch (error) {
    return { what, ok: false, found: error instanceof Error ? error.message : String(error) };
  }
}

function describeMachine(): string {
  return `${process.platform} ${release()} ${process.arch}, ${availableParallelism()} processors, ${gibibytes(totalmem())}`;
}

function describeScratch(): string {
  const folder = process.platform === 'linux' ? '/dev/shm' : tmpdir();
  const { bavail, bsize } = statfsSync(folder);
  return `${gibibytes(bavail * bsize)} free in ${folder}`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

function sandboxCheck(): Check {
  const looked = check('sandbox', availableIsolation);
  if (!looked.ok) return { ...looked, found: `not looked at: ${looked.found}` };
  if (looked.found === ('landlock+seccomp' satisfies Isolation)) return looked;
  return { ...looked, ok: false, found: `${looked.found}: untrusted programs are refused; see --isolation` };
}

/** The strongest isolation that this host offers. */
function availableIsolation(): string {
  const folder = fileURLToPath(new URL('../verify/fork-server', import.meta.url));
  const program = 'import sandbox; print(sandbox.available_isolation())';
  const options = { cwd: folder, env: { PYTHONPATH: folder }, encoding: 'utf8' } as const;
  return execFileSync(findPython(), ['-B', '-c', program], options).trim();
}

async function solverChecks(): Promise<Check[]> {
  const rows = await solverRows();
  return rows.map(({ solver, installed, version, startMs, reason }) => ({
    what: solver,
    ok: installed,
    found: installed ? `${version}, starts in ${startMs} ms` : `${reason}`,
  }));
}
