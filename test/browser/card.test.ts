/** The observation card beside a live kernel, completions, and what a page leaves behind, in a real JupyterLab. */

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { command, setTheme, THEMES, unfold, violations } from './lab-page.ts';
import { writeSources } from './notebooks.ts';
import { takeShots } from './take-shots.ts';

const PROGRAM = [
  'import highspy',
  'h = highspy.Highs()',
  'x = h.addVariable(lb=0, ub=10)',
  'y = h.addIntegral(lb=0, ub=7)',
  'h.addConstr(x + 2 * y <= 14)',
  'h.maximize(3 * x + 5 * y)',
].join('\n');

const KERNEL = 'window.jupyterapp?.shell.currentWidget?.context.sessionContext.session?.kernel';

/** Comms of the side panel that the kernel knows. */
const comms = (page: Page): Promise<unknown> =>
  page.evaluate(
    `${KERNEL}.requestCommInfo({ target_name: 'evom.panel' }).then(({ content }) => Object.keys(content.comms).length)`,
  );

describeInLab(
  'the observation card',
  {
    prepare: ({ notebooks }) => {
      writeSources(join(notebooks, 'card.ipynb'), [`%%verify --solver highs\n${PROGRAM}`]);
      writeSources(join(notebooks, 'empty.ipynb'), ['']);
      writeSources(join(notebooks, 'reloaded.ipynb'), ['']);
    },
  },
  (lab) => {
    test('has the model and its solution, and runs on another solver while a kernel is live', async () => {
      const { page, errors } = await lab().open('card.ipynb', { hasKernel: true });
      await command(page, 'notebook:run-cell');
      const card = page.locator('.evom-Card');
      await card.getByText('Solution (2 not zero)').click({ timeout: 60_000 });
      await card.getByText('Model (maximize, LP format)').click();
      expect(await card.locator('.evom-Figure-table tbody tr').allTextContents()).toEqual(['c010', 'c12']);
      expect(await card.locator('[aria-label="Model"]').textContent()).toContain('+1 c0 +2 c1 <= +14');

      for (const [solver, told] of [
        ['scip', 'solved nothing'],
        ['gurobi', 'solved nothing with Gurobi'],
      ] as const) {
        await card.getByLabel('On another solver').selectOption(solver);
        await card.getByRole('button', { name: 'Run', exact: true }).click();
        await card.getByText(told).first().waitFor({ timeout: 60_000 });
      }
      for (const theme of THEMES) {
        await setTheme(page, theme);
        await unfold(page);
        expect(await card.getByText('solved nothing with Gurobi').first().isVisible(), theme).toBe(true);
        expect(await violations(page), theme).toEqual([]);
      }
      await takeShots(page, 'card', '.evom-Card');
      await command(page, 'kernelmenu:shutdown');
      await card.getByRole('button', { name: 'Run', exact: true }).waitFor({ state: 'hidden', timeout: 30_000 });
      expect(errors).toEqual([]);
    }, 180_000);

    test('completions have icons by their kinds', async () => {
      const { page, errors } = await lab().open('empty.ipynb', { hasKernel: true });
      const editor = page.locator('.jp-Cell .cm-content').first();
      const completer = page.locator('.jp-Completer:not(.lm-mod-hidden)');
      for (const [written, sign] of [
        ['const total = 1, totals = 2;\ntota', 'x'],
        ['%gen', '%'],
        ['%generate --sol', '--'],
        ['%generate --solver ', '∑'],
        ['%problems ti', '?'],
      ] as const) {
        await editor.fill(written);
        // JupyterLab waits a second for a kernel that has just started.
        const invoke = async (): Promise<boolean> => {
          await command(page, 'completer:invoke-notebook');
          await page.waitForTimeout(1000);
          return completer.locator('.jp-Completer-icon').first().isVisible();
        };
        await expect.poll(invoke, { timeout: 30_000, interval: 10 }).toBe(true);
        expect(await completer.locator('.jp-Completer-icon text').first().textContent()).toBe(sign);
        await takeShots(page, `completer-${sign.codePointAt(0)}`, '.jp-Completer:not(.lm-mod-hidden)');
        await page.keyboard.press('Escape');
      }
      expect(errors).toEqual([]);
    }, 120_000);

    test('a page that goes away closes its comm', async () => {
      const { page } = await lab().open('reloaded.ipynb', { hasKernel: true });
      await expect.poll(() => comms(page), { timeout: 30_000 }).toBe(1);
      for (let round = 0; round < 3; round += 1) {
        await page.reload();
        await page.waitForFunction(`${KERNEL}?.status === 'idle'`, undefined, { timeout: 60_000 });
        await page.waitForTimeout(1000);
      }
      expect(await comms(page)).toBe(1);
    }, 120_000);
  },
);
