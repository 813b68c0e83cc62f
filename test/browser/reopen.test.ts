/** A notebook is run, saved and opened again without its kernel: every view shows what it showed last. */

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { EVERY_VIEW } from './every-view.ts';
import { expectEveryView } from './expect-every-view.ts';
import { chooseNoKernel, command } from './lab-page.ts';
import { type LabPlace, removeKernel } from './lab-session.ts';
import { writeSources } from './notebooks.ts';

const SESSION = 'window.jupyterapp.shell.currentWidget.context.sessionContext';

function prepare({ notebooks }: LabPlace): void {
  writeSources(join(notebooks, 'views.ipynb'), [...EVERY_VIEW, "console.log('all is run')"]);
}

/** Every view's text, and how its charts are drawn. What only a kernel can do is not there without it. */
async function readViews(page: Page): Promise<readonly string[]> {
  await page.addStyleTag({ content: '.evom-Screen { display: none !important }' });
  return (await page.evaluate(`[...document.querySelectorAll('.evom-View')].map((view) =>
    [view.innerText, ...[...view.querySelectorAll('svg.evom-Chart path')].map((path) => path.getAttribute('d'))].join('\\n')
  )`)) as readonly string[];
}

describeInLab('a notebook that is run, saved and opened again', { prepare }, (lab) => {
  test('shows all of it without the kernel', async () => {
    const { page, errors } = await lab().open('views.ipynb', { hasKernel: true });
    await command(page, 'notebook:run-all-cells');
    await page.getByText('all is run', { exact: true }).waitFor({ timeout: 120_000 });
    await expectEveryView(page);
    const shown = await readViews(page);
    await page.evaluate(`window.jupyterapp.commands.execute('docmanager:save')`);
    await page.evaluate(`${SESSION}.shutdown()`);
    removeKernel(lab());

    await page.reload();
    await chooseNoKernel(page);
    await expectEveryView(page);
    expect(await readViews(page)).toEqual(shown);
    expect(errors).toEqual([]);
  }, 240_000);
});
