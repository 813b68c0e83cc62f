/** A notebook in JupyterLab in a browser: opening it, changing the theme, and what must hold of what is drawn. */

import type { Browser, Page } from 'playwright-core';
import { axeSource } from './find-browser.ts';
import type { LabServer } from './lab-server.ts';

export interface LabPage {
  readonly page: Page;
  /** Errors on the page's console so far. */
  readonly errors: readonly string[];
}

/** What JupyterLab itself complains of, whatever is open. */
const NOT_OURS = [/favicon/, /ResizeObserver loop/, /Failed to load resource.*(?:404|403)/];
const SESSION = 'window.jupyterapp.shell.currentWidget?.context?.sessionContext';
const SIZE = { width: 1280, height: 900 };

/** Opens it without a kernel where `hasKernel` is false: the question which one to take is answered with none. */
export async function openNotebook(
  browser: Browser,
  { url }: LabServer,
  name: string,
  hasKernel: boolean,
): Promise<LabPage> {
  const page = await (await browser.newContext({ viewport: SIZE })).newPage();
  const errors: string[] = [];
  const note = (text: string): void => {
    if (!NOT_OURS.some((pattern) => pattern.test(text))) errors.push(text);
  };
  page.on('console', (message) => message.type() === 'error' && note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  await page.goto(`${url}/lab/workspaces/w${Math.random().toString(36).slice(2)}/tree/${name}`);
  await page.waitForSelector('.jp-NotebookPanel .jp-Cell', { timeout: 60_000 });
  if (hasKernel) {
    await page.waitForFunction(`${SESSION}?.session?.kernel?.status === 'idle'`, undefined, { timeout: 60_000 });
    return { page, errors };
  }
  await page.locator('.jp-Dialog').getByRole('button', { name: 'No Kernel' }).click({ timeout: 30_000 });
  return { page, errors };
}

export async function setTheme(page: Page, theme: 'JupyterLab Light' | 'JupyterLab Dark'): Promise<void> {
  await page.evaluate(
    `window.jupyterapp.commands.execute('apputils:change-theme', { theme: ${JSON.stringify(theme)} })`,
  );
  await page.waitForFunction(`document.body.dataset.jpThemeName === ${JSON.stringify(theme)}`);
  await page.waitForTimeout(1000); // its style sheets come after its name
}

/** The accessibility checker on all views: what it found, a line each. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource());
  return (await page.evaluate(`axe.run('.evom-View').then(({ violations }) =>
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
