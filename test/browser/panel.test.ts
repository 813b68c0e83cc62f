/** The side panel, the toolbar and runs as tabs, in a real JupyterLab with the real kernel. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { command, violations } from './lab-page.ts';
import type { LabPlace } from './lab-session.ts';
import { writeSources } from './notebooks.ts';

const TRAIN = '%train --solver highs --steps 900 --run first --problems-per-step 2 --n 2';

const PYTHON = {
  cells: [{ cell_type: 'code', id: 'cell', metadata: {}, execution_count: null, source: '1 + 1', outputs: [] }],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

function prepare({ notebooks }: LabPlace): void {
  writeSources(join(notebooks, 'panel.ipynb'), ['%problems synthetic:1:8\n%policy scripted', TRAIN]);
  writeFileSync(join(notebooks, 'python.ipynb'), JSON.stringify(PYTHON));
}

describeInLab('the panel', { prepare }, (lab) => {
  test('lists solvers; a live run is paused, resumed and stopped, and is a tab that is there after a reload', async () => {
    const { page, errors } = await lab().open('panel.ipynb', { hasKernel: true });
    const panel = page.locator('.evom-Panel');
    const told = (): Promise<string | null> => panel.locator('.evom-Panel-told').first().textContent();
    await command(page, 'evom:open-panel');
    await panel.getByText('HiGHS').waitFor({ timeout: 60_000 });

    await command(page, 'notebook:run-all-cells');
    await panel.getByRole('button', { name: 'Pause first' }).click({ timeout: 60_000 });
    await panel.getByText('paused').waitFor();
    const paused = await told();
    await page.waitForTimeout(1000);
    expect(await told()).toBe(paused);
    // The view in the notebook has the same buttons.
    await page.locator('.jp-OutputArea .evom-View').getByRole('button', { name: 'Resume' }).click();
    await expect.poll(told).not.toBe(paused);

    await panel.getByRole('button', { name: 'first', exact: true }).first().click();
    await page.locator('.evom-RunContent .evom-Chart').first().waitFor();
    await panel.getByRole('button', { name: 'Stop first' }).click();
    await panel.getByText('stopped').waitFor();
    await page.locator('.evom-RunContent').getByRole('button', { name: 'Show its rollouts' }).click();
    await page.locator('.evom-RunContent .evom-Rollouts').waitFor();
    for (const place of ['.evom-Panel', '.evom-Chooser', '.evom-RunContent'])
      expect(await violations(page, place), place).toEqual([]);

    await command(page, 'docmanager:open', { path: 'runs/first/step-000000.parquet' });
    await page.locator('.jp-Document .evom-RunContent .evom-Rollouts').waitFor({ timeout: 60_000 });
    await command(page, 'docmanager:save-all');
    await page.waitForTimeout(3000); // the layout is saved now and then
    await page.reload();
    await expect.poll(() => page.locator('.evom-RunContent').count(), { timeout: 60_000 }).toBe(2);
    expect(errors).toEqual([]);
  }, 240_000);

  test('is there again after a restart, and a choice is written into the notebook', async () => {
    const { page, errors } = await lab().open('panel.ipynb', { hasKernel: true });
    const panel = page.locator('.evom-Panel');
    await command(page, 'evom:open-panel');
    const use = panel.getByRole('button', { name: 'held-out', exact: true });
    await use.waitFor({ timeout: 60_000 });
    await page.evaluate(`window.jupyterapp.shell.currentWidget.context.sessionContext.restartKernel()`);
    await use.click();
    const source = `window.jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.getSource()`;
    expect(await page.evaluate(source)).toBe('%problems held-out\n%policy scripted');
    await page.evaluate(`window.jupyterapp.shell.currentWidget.content.activeCellIndex = 0`);
    await command(page, 'notebook:run-cell');
    await panel.getByText('chosen').first().waitFor({ timeout: 60_000 });
    expect(errors).toEqual([]);
  }, 120_000);

  test('a notebook of another kernel is left alone', async () => {
    const { page, errors } = await lab().open('python.ipynb', { hasKernel: true });
    await command(page, 'evom:open-panel');
    await page.locator('.evom-Panel').getByText('Open a notebook with the kernel').waitFor();
    expect(await page.locator('.evom-Chooser').isVisible()).toBe(false);
    expect(errors).toEqual([]);
  }, 120_000);
});
