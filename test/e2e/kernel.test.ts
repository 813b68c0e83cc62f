/** The whole kernel, as Jupyter starts it. */

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installKernel, uninstallKernel } from '../../kernel/install.ts';
import { readConnection } from '../../kernel/wire/connection.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { connect, type Peer } from '../kernel/peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-kernel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startKernel(): Promise<{ readonly pid: number; readonly peer: Peer; readonly exit: Promise<unknown> }> {
  const path = join(folder, `connection-${Math.random()}.json`);
  const ports: Record<string, number> = {};
  for (const channel of ['shell', 'control', 'iopub', 'stdin', 'hb']) ports[`${channel}_port`] = await freePort();
  writeFileSync(
    path,
    JSON.stringify({ ...ports, ip: '127.0.0.1', key: 'k', transport: 'tcp', signature_scheme: 'hmac-sha256' }),
  );
  const kernel = spawn(process.execPath, [join(PACKAGE_ROOT, 'kernel/main.ts'), path], {
    cwd: folder,
    env: { ...process.env, EVOM_TEST_FOLDER: folder },
    stdio: 'inherit',
  });
  const exit = new Promise((resolve) => kernel.once('exit', resolve));
  return { pid: kernel.pid as number, peer: await connect(readConnection(path)), exit };
}

/** Processes that know the tests' folder: the kernel's, its child's, and what cells started. */
function processesHere(): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`EVOM_TEST_FOLDER=${folder}`);
    } catch {
      return false; // it is gone
    }
  });
}

describe('installed', () => {
  beforeAll(() => {
    installKernel({ name: 'evom', place: { kind: 'prefix', folder } });
  });

  test("it passes Jupyter's own conformance suite, all 13 tests of it", async () => {
    const script = join(PACKAGE_ROOT, 'test/kernel/conformance/test_kernel.py');
    const { stderr } = await promisify(execFile)(findPython(), [script], {
      cwd: folder,
      env: { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') },
    });
    expect(stderr).toMatch(/Ran 13 tests.*\n\nOK\n/);
  }, 120_000);

  test('and uninstalled, nothing is left', () => {
    expect(uninstallKernel({ name: 'evom', place: { kind: 'prefix', folder } })).toContain('kernels/evom');
    expect(readdirSync(join(folder, 'share/jupyter/kernels'))).toEqual([]);
  });
});

describe('a kernel', () => {
  const execute = (peer: Peer, code: string) => peer.request('execute_request', { code });

  test('runs a cell with a type error, and says what is wrong below it', async () => {
    const { peer, pid, exit } = await startKernel();
    const { reply } = await execute(peer, 'const n: number = "text"; n');
    expect(reply.content['status']).toBe('ok');
    const remark = await peer.until(
      ({ header, content }) => header.msg_type === 'stream' && content['name'] === 'stderr',
    );
    expect(remark.content['text']).toContain("Type 'string' is not assignable to type 'number'");
    peer.close();
    process.kill(pid);
    await exit;
  });

  test('that is killed takes everything with it, also a loop and what a cell started', async () => {
    const { peer, pid } = await startKernel();
    await execute(peer, "const sleeper = require('node:child_process').spawn('sleep', ['100'])");
    await peer.send('execute_request', { code: 'for (;;);' });
    await sleep(300);
    expect(processesHere().length).toBeGreaterThan(2);
    process.kill(pid, 'SIGKILL');
    peer.close();
    await expect.poll(processesHere, { timeout: 5000 }).toEqual([]);
  });

  test('that is shut down ends, and nothing is left', async () => {
    const { peer, exit } = await startKernel();
    await execute(peer, '1');
    await peer.request('shutdown_request', { restart: false }, 'control');
    await exit;
    peer.close();
    await expect.poll(processesHere, { timeout: 5000 }).toEqual([]);
  });
});
