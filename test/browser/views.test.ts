/** Every view in a real browser, drawn from a notebook that the real kernel made, with no kernel there. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testFolder } from '../e2e/cli.ts';
import { browserMissing, launchBrowser } from './find-browser.ts';
import { type LabPage, openNotebook, setTheme, unfold, violations } from './lab-page.ts';
import { installPrefix, type LabServer, notebookFolder, startLab } from './lab-server.ts';
import { writeEveryView } from './notebooks.ts';

const missing = browserMissing();
const TYPES = ['rollouts', 'rollouts', 'histogram', 'run', 'run', 'transfer', 'transfer', 'solvers', 'observation'];

describe.skipIf(missing !== null)(`a saved notebook without a kernel${missing === null ? '' : `: ${missing}`}`, () => {
  const root = testFolder();
  let lab: LabServer;
  let browser: Browser;
  let opened: LabPage;

  beforeAll(async () => {
    const prefix = join(root, 'prefix');
    installPrefix(prefix);
    const folder = notebookFolder(root);
    await writeEveryView(join(folder, 'views.ipynb'), root, prefix);
    rmSync(join(prefix, 'share/jupyter/kernels'), { recursive: true });
    lab = await startLab(root, prefix);
    browser = await launchBrowser();
    opened = await openNotebook(browser, lab, 'views.ipynb', false);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  });

  test('shows every view, and nothing goes wrong on the console', async () => {
    const views = opened.page.locator('.evom-View');
    await expect.poll(() => views.count(), { timeout: 30_000 }).toBe(TYPES.length);
    expect(await opened.page.locator('.evom-View [role=alert]').count()).toBe(0);
    for (const [index, type] of TYPES.entries()) {
      const view = views.nth(index);
      const charts = await view.locator('svg.evom-Chart').count();
      if (type === 'histogram') expect(charts).toBeGreaterThanOrEqual(3);
      if (type === 'run') expect(charts).toBeGreaterThanOrEqual(8);
      if (type === 'transfer') expect(await view.locator('.evom-Matrix-cell').count()).toBeGreaterThanOrEqual(2);
      expect((await view.textContent())?.length).toBeGreaterThan(40);
    }
    expect(opened.errors).toEqual([]);
  });

  test.each(['JupyterLab Light', 'JupyterLab Dark'] as const)(
    'has no violation of accessibility in %s',
    async (theme) => {
      await setTheme(opened.page, theme);
      await unfold(opened.page);
      expect(await violations(opened.page)).toEqual([]);
      expect(opened.errors).toEqual([]);
    },
  );

  test('bars that are chosen with the pointer or the keyboard filter the table of rollouts', async () => {
    const view = opened.page.locator('.evom-View').nth(TYPES.indexOf('histogram'));
    const total = view.locator('.evom-Panels svg').first();
    await total.locator('.evom-Bin').first().click();
    const chosen = view.locator('.evom-Chosen');
    expect(await chosen.textContent()).toContain('Chosen: total from 0 to below 0.1');
    const shown = view.getByText(/\d+ of 32 rollouts/);
    const before = await shown.textContent();
    await opened.page.keyboard.press('Shift+ArrowRight');
    await opened.page.keyboard.press('Shift+ArrowRight');
    expect(await chosen.textContent()).toContain('Chosen: total from 0 to below 0.3');
    expect(await shown.textContent()).not.toBe(before);
    await opened.page.keyboard.press('Escape');
    expect(await chosen.textContent()).toBe('');
  });

  test('the slider goes through every step of a run, also with the keyboard', async () => {
    const run = opened.page.locator('.evom-View').nth(TYPES.lastIndexOf('run'));
    const slider = run.getByRole('slider', { name: 'Step' });
    await slider.focus();
    await opened.page.keyboard.press('Home');
    for (let step = 0; step < 6; step += 1) {
      expect(await slider.getAttribute('aria-valuetext')).toBe(`step ${step}, ${step + 1} of 6`);
      expect(await run.locator('caption', { hasText: 'Rollouts and groups' }).textContent()).toContain(`step ${step}`);
      await opened.page.keyboard.press('ArrowRight');
    }
  });

  test('a figure is downloaded as PNG and as CSV, and zoomed into', async () => {
    const run = opened.page.locator('.evom-View').nth(TYPES.lastIndexOf('run'));
    for (const [name, start] of [
      ['Download as PNG', '\u0089PNG'],
      ['Download CSV', 'step,'],
    ] as const) {
      const [download] = await Promise.all([
        opened.page.waitForEvent('download'),
        run.getByRole('button', { name }).first().click(),
      ]);
      const path = join(root, 'download');
      await download.saveAs(path);
      expect(readFileSync(path, 'latin1').slice(0, start.length)).toBe(start);
    }
    await run.getByRole('button', { name: 'Zoom' }).first().click();
    await run.locator('.evom-Explorer .main-svg').first().waitFor({ timeout: 30_000 });
    expect(opened.errors).toEqual([]);
  });
});
