/** JupyterLab with the built extension, in folders of its own. Where Notebook 7 is installed the same server has it too. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installKernel } from '../../kernel/install.ts';
import { freePort } from '../free-port.ts';
import { BUILT_EXTENSION } from './find-browser.ts';
import { findJupyter } from './find-jupyter.ts';

export interface LabServer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface LabServerOptions {
  /** Extensions that are switched off, as `jupyter labextension disable` does. */
  readonly disabled?: readonly string[];
  /** Further folders like `<prefix>/share/jupyter`. */
  readonly jupyterPath?: readonly string[];
}

/** What a test does not want: news, and cells that are not drawn because they are out of sight. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  'apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false },
  'notebook-extension/tracker': { windowingMode: 'none' },
};
/** Under a name that no installation has: it can be removed, and there is no other in its place. */
export const KERNEL = 'evom-tests';
const START_MS = 60_000;

/** A prefix with the extension and the kernel; a copy, as the extension may be built anew meanwhile. */
export function installPrefix(prefix: string): void {
  const place = join(prefix, 'share/jupyter/labextensions/@evom');
  mkdirSync(place, { recursive: true });
  cpSync(BUILT_EXTENSION, join(place, 'labextension'), { recursive: true });
  installKernel({ name: KERNEL, place: { kind: 'prefix', folder: prefix } });
}

/** Where JupyterLab looks for notebooks. */
export function notebookFolder(root: string): string {
  const folder = join(root, 'notebooks');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** `root` gets folders for notebooks, settings and everything else that Jupyter writes. */
export async function startLab(
  root: string,
  prefix: string,
  { disabled = [], jupyterPath = [] }: LabServerOptions = {},
): Promise<LabServer> {
  for (const [name, settings] of Object.entries(SETTINGS))
    writeJson(join(root, 'settings/@jupyterlab', `${name}.jupyterlab-settings`), settings);
  const disabledExtensions = Object.fromEntries(disabled.map((name) => [name, true]));
  writeJson(join(root, 'config/labconfig/page_config.json'), { disabledExtensions });
  const environment = environmentOf(root, prefix);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(
    findJupyter(),
    [
      ...['-m', 'jupyterlab', '--no-browser', '--allow-root', `--ServerApp.root_dir=${notebookFolder(root)}`],
      ...[`--ServerApp.port=${port}`, '--ServerApp.port_retries=0', '--IdentityProvider.token='],
      ...[KERNEL, 'python3'].map((name) => `--KernelSpecManager.allowed_kernelspecs=${name}`),
      ...['--LabApp.expose_app_in_browser=True', '--JupyterNotebookApp.expose_app_in_browser=True'],
    ],
    {
      env: {
        ...process.env,
        ...environment,
        JUPYTER_PATH: [environment['JUPYTER_PATH'], ...jupyterPath].join(delimiter),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
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

function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
