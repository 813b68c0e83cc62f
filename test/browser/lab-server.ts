/** JupyterLab of the project's Python environment, with the built extension, in folders of its own. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installKernel } from '../../kernel/install.ts';
import { findPython } from '../../src/python-environment.ts';
import { freePort } from '../free-port.ts';
import { BUILT_EXTENSION } from './find-browser.ts';

export interface LabServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** What a test does not want: news, and cells that are not drawn because they are out of sight. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false },
  'notebook-extension/tracker': { windowingMode: 'none' },
};
const START_MS = 60_000;

/** A prefix with the extension and the kernel `evom`; a copy, as the extension may be built anew meanwhile. */
export function installPrefix(prefix: string): void {
  const place = join(prefix, 'share/jupyter/labextensions/@evom');
  mkdirSync(place, { recursive: true });
  cpSync(BUILT_EXTENSION, join(place, 'labextension'), { recursive: true });
  installKernel({ name: 'evom', place: { kind: 'prefix', folder: prefix } });
}

/** Where JupyterLab looks for notebooks. */
export function notebookFolder(root: string): string {
  const folder = join(root, 'notebooks');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** `root` gets folders for notebooks, settings and everything else that Jupyter writes. */
export async function startLab(root: string, prefix: string): Promise<LabServer> {
  const folder = notebookFolder(root);
  for (const [name, settings] of Object.entries(SETTINGS)) {
    const file = join(root, 'settings/@jupyterlab', `${name}.jupyterlab-settings`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(settings));
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(
    findPython(),
    [
      ...['-m', 'jupyterlab', '--no-browser', '--allow-root', `--ServerApp.root_dir=${folder}`],
      ...[
        `--ServerApp.port=${port}`,
        '--ServerApp.port_retries=0',
        '--IdentityProvider.token=',
        '--LabApp.expose_app_in_browser=True',
      ],
    ],
    { env: { ...process.env, ...environmentOf(root, prefix) }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const limit = performance.now() + START_MS;
  while (!(await answers(`${url}/api/status`))) {
    if (server.exitCode !== null || performance.now() > limit)
      throw new Error(`JupyterLab has not started: ${said.slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async stop() {
      server.kill('SIGTERM');
      const patience = setTimeout(() => server.kill('SIGKILL'), 10_000);
      await exit;
      clearTimeout(patience);
    },
  };
}

/** Nothing of the user's own is read or written. */
export function environmentOf(root: string, prefix: string): Readonly<Record<string, string>> {
  return {
    JUPYTER_PATH: join(prefix, 'share/jupyter'),
    JUPYTER_CONFIG_DIR: join(root, 'config'),
    JUPYTER_DATA_DIR: join(root, 'data'),
    JUPYTERLAB_SETTINGS_DIR: join(root, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(root, 'workspaces'),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
