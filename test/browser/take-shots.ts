/** Pictures for people to look at, where $EVOM_SHOTS names a folder for them. Nothing is compared. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { setTheme, THEMES } from './lab-page.ts';

/** What is larger than the page would be cut. */
const TALL = { width: 1280, height: 3000 };
const FOLDER = process.env['EVOM_SHOTS'];

/** One of each element that `selector` finds, in both themes where JupyterLab is there to change them. */
export async function takeShots(page: Page, name: string, selector = '.evom-View'): Promise<void> {
  if (FOLDER === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  const size = page.viewportSize();
  await page.setViewportSize(TALL);
  const canChange = (await page.evaluate('window.jupyterapp !== undefined')) as boolean;
  for (const theme of canChange ? THEMES : [null]) {
    if (theme !== null) await setTheme(page, theme);
    const shade = theme?.split(' ')[1]?.toLowerCase() ?? 'page';
    const elements = await page.locator(selector).all();
    for (const [index, element] of elements.entries())
      await element.screenshot({ path: join(FOLDER, `${name}-${shade}-${index}.png`) });
  }
  if (size !== null) await page.setViewportSize(size);
}
