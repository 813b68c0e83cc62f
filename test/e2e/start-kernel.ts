/** The whole kernel as a process, as Jupyter starts it, with a front end to it. */

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConnection } from '../../kernel/wire/connection.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { freePort } from '../free-port.ts';
import { connect, type Peer } from '../kernel/peer.ts';

export interface StartedKernel {
  readonly pid: number;
  readonly peer: Peer;
  readonly exit: Promise<unknown>;
}

/** `folder`: where it runs, and its mark in the environment of all that comes of it. */
export async function startKernel(folder: string): Promise<StartedKernel> {
  const path = join(folder, `connection-${Math.random()}.json`);
  const ports: Record<string, number> = {};
  for (const channel of ['shell', 'control', 'iopub', 'stdin', 'hb']) ports[`${channel}_port`] = await freePort();
  writeFileSync(
    path,
    JSON.stringify({ ...ports, ip: '127.0.0.1', key: 'k', transport: 'tcp', signature_scheme: 'hmac-sha256' }),
  );
  const kernel = spawn(process.execPath, [join(PACKAGE_ROOT, 'kernel/main.ts'), path], {
    cwd: folder,
    env: { ...process.env, ...markOf(folder) },
    stdio: 'inherit',
  });
  const exit = new Promise((resolve) => kernel.once('exit', resolve));
  return { pid: kernel.pid as number, peer: await connect(readConnection(path)), exit };
}

/** What marks processes as coming from a kernel that runs in `folder`. */
export function markOf(folder: string): Readonly<Record<string, string>> {
  return { EVOM_TEST_FOLDER: folder };
}

/** Processes that carry the folder's mark: the kernel's, its child's, and what cells started. */
export function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`EVOM_TEST_FOLDER=${folder}`);
    } catch {
      return false; // it is gone
    }
  });
}
