/** The checks of the public suite runtimed/kernel-testbed, written anew, on the kernel as it is installed. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { installKernel } from '../../kernel/install.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { findPython } from '../../src/python-environment.ts';
import { testFolder } from './cli.ts';

const folder = testFolder();

test('the kernel passes all 26 checks of the kernel test bed', async () => {
  installKernel({ name: 'evom', place: { kind: 'prefix', folder } });
  const script = join(PACKAGE_ROOT, 'test/kernel/conformance/testbed.py');
  const { stdout } = await promisify(execFile)(findPython(), [script, 'evom', '--json'], {
    cwd: folder,
    env: { ...process.env, JUPYTER_PATH: join(folder, 'share', 'jupyter') },
    timeout: 100_000,
  }).catch((failure: { readonly stdout: string }) => failure);
  const rows = JSON.parse(stdout) as readonly { readonly check: string; readonly verdict: string }[];
  expect(rows.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(rows).toHaveLength(26);
}, 120_000);
