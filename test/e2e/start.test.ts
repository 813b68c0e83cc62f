/** `npm start` and `npm stop`: a JupyterLab that is found again, that only its token opens, and that ends when told. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addressOf, findLab, startLab, stopLab } from '#binder/lab-server.mjs';
import { freePort } from '../free-port.ts';
import { ROOT } from './cli.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The project's environment under another name, so that a JupyterLab in use is left alone. */
function otherEnvironment(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evom-start-'));
  folders.push(folder);
  for (const name of readdirSync(join(ROOT, '.venv')))
    if (!name.startsWith('jupyterlab')) symlinkSync(join(ROOT, '.venv', name), join(folder, name));
  return folder;
}

describe('JupyterLab', () => {
  const venv = otherEnvironment();
  afterAll(() => stopLab(venv));

  test('answers to its token alone, is found again, and ends when it is told to', async () => {
    expect(await findLab(venv)).toBeNull();
    const { url, exited } = await startLab(venv, { root: ROOT, port: await freePort() });
    expect(await findLab(venv)).toMatchObject({ url });
    const contents = new URL(url);
    contents.pathname = '/api/contents/README.md';
    expect((await fetch(contents)).status).toBe(200);
    contents.search = '';
    expect((await fetch(contents)).status).toBe(403);
    expect(addressOf(url, 'notebooks/a.ipynb')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/lab\/tree\/notebooks\/a\.ipynb\?token=/,
    );
    expect(await stopLab(venv)).toBe(true);
    await exited;
    expect(await findLab(venv)).toBeNull();
    expect(await stopLab(venv)).toBe(false);
  });

  test('that cannot have its port says so', async () => {
    const port = await freePort();
    const { exited } = await startLab(venv, { root: ROOT, port });
    await expect(startLab(otherEnvironment(), { root: ROOT, port })).rejects.toThrow(/port/);
    await stopLab(venv);
    await exited;
  });
});

test.each([
  [['--bogus'], /bogus/],
  [['--port', 'x'], /--port to be a number.*`x`/],
])('`npm start -- %s` is refused with what is known', (flags, message) => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'binder/start.mjs'), ...flags], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('[--demo] [--headless] [--no-browser] [--port N]');
});
