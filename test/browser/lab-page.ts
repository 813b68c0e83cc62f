/** A notebook in JupyterLab in a browser: opening it, changing the theme, and what must hold of what is drawn. */

import type { Browser, Page } from 'playwright-core';
import { axeSource } from './find-browser.ts';

export interface LabPage {
  readonly page: Page;
  /** Errors on the page's console so far. */
  readonly errors: readonly string[];
}

export interface OpenOptions {
  /** Default false: the question which kernel to take is answered with none. */
  readonly hasKernel?: boolean;
  /** Default JupyterLab. */
  readonly frontEnd?: 'lab' | 'notebook';
}

/** What JupyterLab itself complains of, whatever is open. */
const NOT_OURS = [
  /favicon/,
  /ResizeObserver loop/,
  /Failed to load resource.*(?:404|403)/,
  // Notebook 7.6's own settings, without any extension too.
  /TypeError: Cannot read properties of undefined \(reading 'schema'\)/,
  // A message of the kernel's process before a restart, which comes when the comm is closed already.
  /Comm not found for comm id/,
];
const SESSION = 'window.jupyterapp.shell.currentWidget?.context?.sessionContext';
const SIZE = { width: 1280, height: 900 };

/** `url`: a Jupyter server's. */
export async function openNotebook(
  browser: Browser,
  url: string,
  name: string,
  { hasKernel = false, frontEnd = 'lab' }: OpenOptions = {},
): Promise<LabPage> {
  const { page, errors } = await openPage(browser);
  const workspace = `w${Math.random().toString(36).slice(2)}`;
  await page.goto(frontEnd === 'lab' ? `${url}/lab/workspaces/${workspace}/tree/${name}` : `${url}/notebooks/${name}`);
  await page.waitForSelector('.jp-NotebookPanel .jp-Cell', { timeout: 60_000 });
  if (hasKernel) await untilIdle(page);
  else await chooseNoKernel(page);
  return { page, errors };
}

/** Answers JupyterLab's question. */
export async function chooseNoKernel(page: Page): Promise<void> {
  await page.locator('.jp-Dialog').getByRole('button', { name: 'No Kernel' }).click({ timeout: 60_000 });
}

/** An empty page that keeps what its console complains of. */
export async function openPage(browser: Browser): Promise<LabPage> {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  const errors: string[] = [];
  const note = (text: string): void => {
    if (!NOT_OURS.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on('console', (message) => message.type() === 'error' && note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  return { page, errors };
}

/** Until the open notebook's kernel has nothing to do. */
async function untilIdle(page: Page): Promise<void> {
  await page.waitForFunction(`${SESSION}?.session?.kernel?.status === 'idle'`, undefined, { timeout: 60_000 });
}

/** Runs a command of JupyterLab without waiting for what it returns. */
export async function command(page: Page, name: string, args: object = {}): Promise<void> {
  await page.evaluate(`void window.jupyterapp.commands.execute('${name}', ${JSON.stringify(args)})`);
}

export type Theme = 'JupyterLab Light' | 'JupyterLab Dark';

export const THEMES: readonly Theme[] = ['JupyterLab Light', 'JupyterLab Dark'];

export async function setTheme(page: Page, theme: Theme): Promise<void> {
  await command(page, 'apputils:change-theme', { theme });
  await page.waitForFunction(`document.body.dataset.jpThemeName === ${JSON.stringify(theme)}`);
  await page.waitForTimeout(1000); // its style sheets come after its name
}

/** The accessibility checker on all that `selector` finds: what it complains of, a line each. */
export async function violations(page: Page, selector = '.evom-View'): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource());
  return (await page.evaluate(`axe.run(${JSON.stringify(selector)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + ' ' + failureSummary.slice(0, 300)))
  )`)) as readonly string[];
}

/** Opens all that is folded, also what is folded in it. */
export async function unfold(page: Page): Promise<void> {
  for (let depth = 0; depth < 3; depth += 1) {
    await page.evaluate(`for (const fold of document.querySelectorAll('.evom-View details')) fold.open = true`);
    await page.waitForTimeout(500);
  }
}
