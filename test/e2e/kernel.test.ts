/** The whole kernel, as Jupyter starts it. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installKernel, uninstallKernel } from '../../kernel/install.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import type { Peer } from '../kernel/peer.ts';
import { processesOf, startKernel } from './start-kernel.ts';

const folder = mkdtempSync(join(tmpdir(), 'evom-kernel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
    const { peer, pid, exit } = await startKernel(folder);
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
    const { peer, pid } = await startKernel(folder);
    await execute(peer, "const sleeper = require('node:child_process').spawn('sleep', ['100'])");
    await peer.send('execute_request', { code: 'for (;;);' });
    await sleep(300);
    expect(processesOf(folder).length).toBeGreaterThan(2);
    process.kill(pid, 'SIGKILL');
    peer.close();
    await expect.poll(() => processesOf(folder), { timeout: 5000 }).toEqual([]);
  });

  test('that is shut down ends, and nothing is left', async () => {
    const { peer, exit } = await startKernel(folder);
    await execute(peer, '1');
    await peer.request('shutdown_request', { restart: false }, 'control');
    await exit;
    peer.close();
    await expect.poll(() => processesOf(folder), { timeout: 5000 }).toEqual([]);
  });
});
