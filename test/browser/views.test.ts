/** Every view in a real browser, drawn from a notebook that the real kernel made, with no kernel there. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { saveEveryView, VIEW_TYPES } from './every-view.ts';
import { expectEveryView } from './expect-every-view.ts';
import { type LabPage, setTheme, THEMES, unfold, violations } from './lab-page.ts';
import { takeShots } from './take-shots.ts';

describeInLab('a saved notebook without a kernel', { prepare: saveEveryView }, (lab) => {
  let opened: LabPage;

  beforeAll(async () => {
    opened = await lab().open('views.ipynb');
  }, 120_000);

  test('shows every view, and nothing goes wrong on the console', async () => {
    await expectEveryView(opened.page);
    await takeShots(opened.page, 'lab');
    expect(opened.errors).toEqual([]);
  });

  test.each(THEMES)('has no violation of accessibility in %s', async (theme) => {
    await setTheme(opened.page, theme);
    await unfold(opened.page);
    expect(await violations(opened.page)).toEqual([]);
    expect(opened.errors).toEqual([]);
  });

  test('bars that are chosen with the pointer or the keyboard filter the table of rollouts', async () => {
    const view = opened.page.locator('.evom-View').nth(VIEW_TYPES.indexOf('histogram'));
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
    const run = opened.page.locator('.evom-View').nth(VIEW_TYPES.lastIndexOf('run'));
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
    const run = opened.page.locator('.evom-View').nth(VIEW_TYPES.lastIndexOf('run'));
    for (const [name, start] of [
      ['Download as PNG', '\u0089PNG'],
      ['Download CSV', 'step,'],
    ] as const) {
      const [download] = await Promise.all([
        opened.page.waitForEvent('download'),
        run.getByRole('button', { name }).first().click(),
      ]);
      const path = join(lab().root, 'download');
      await download.saveAs(path);
      expect(readFileSync(path, 'latin1').slice(0, start.length)).toBe(start);
    }
    await run.getByRole('button', { name: 'Zoom' }).first().click();
    await run.locator('.evom-Explorer .main-svg').first().waitFor({ timeout: 30_000 });
    expect(opened.errors).toEqual([]);
  });
});
