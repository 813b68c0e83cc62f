/** JupyterLab with notebooks in it, and a browser to look at them. Without vitest, as a benchmark takes it too. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './find-browser.ts';
import { type LabPage, type OpenOptions, openNotebook } from './lab-page.ts';
import { installPrefix, type LabServerOptions, notebookFolder, startLab } from './lab-server.ts';

/** Before JupyterLab starts. */
export interface LabPlace {
  /** Of all that this Jupyter reads and writes. */
  readonly root: string;
  /** Holds the extension and the kernel. */
  readonly prefix: string;
  readonly notebooks: string;
}

export interface LabSession extends LabPlace {
  readonly url: string;
  readonly browser: Browser;
  /** In a page and a context of its own. */
  open(notebook: string, options?: OpenOptions): Promise<LabPage>;
  stop(): Promise<void>;
}

export interface LabSessionOptions extends LabServerOptions {
  /** Writes notebooks. */
  readonly prepare: (place: LabPlace) => Promise<void> | void;
}

export async function startLabSession(root: string, options: LabSessionOptions): Promise<LabSession> {
  const place: LabPlace = { root, prefix: join(root, 'prefix'), notebooks: notebookFolder(root) };
  installPrefix(place.prefix);
  await options.prepare(place);
  const server = await startLab(root, place.prefix, options);
  const browser = await launchBrowser();
  return {
    ...place,
    url: server.url,
    browser,
    open: (notebook, how) => openNotebook(browser, server.url, notebook, how),
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

/** From now on there is Python's kernel alone. */
export function removeKernel({ prefix }: LabPlace): void {
  rmSync(join(prefix, 'share/jupyter/kernels'), { recursive: true });
}
