/** A display that changes 15 times a second, in a real browser with the real kernel. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testFolder } from '../e2e/cli.ts';
import { makeRun } from '../labextension/figure-data.ts';
import { browserMissing, launchBrowser } from './find-browser.ts';
import { openNotebook } from './lab-page.ts';
import { installPrefix, type LabServer, notebookFolder, startLab } from './lab-server.ts';
import { writeSources } from './notebooks.ts';
import { type Watched, watchFrames } from './watch-frames.ts';

const missing = browserMissing();
const [STEPS, PER_SECOND] = [200, 15];

/** A run of 200 steps that grows by one with each update. */
const CELL = `
const run = ${JSON.stringify(makeRun(STEPS))};
for (let done = 1; done <= ${STEPS}; done++) {
  const progress = { ...run.progress, done, state: done < ${STEPS} ? 'running' : 'done' };
  const bundle = {
    'application/vnd.evom.run.v1+json': { ...run, progress, steps: run.steps.slice(0, done) },
    'text/plain': \`\${done} steps\`,
  };
  await jupyter.display({ [Symbol.for('Jupyter.display')]: () => bundle }, { id: 'run', update: done > 1 });
  await new Promise((resolve) => setTimeout(resolve, ${Math.round(1000 / PER_SECOND)}));
}
console.log('finished');
`;

describe.skipIf(missing !== null)(`a live run${missing === null ? '' : `: ${missing}`}`, () => {
  const root = testFolder();
  let lab: LabServer;
  let browser: Browser;

  beforeAll(async () => {
    const prefix = join(root, 'prefix');
    installPrefix(prefix);
    writeSources(join(notebookFolder(root), 'live.ipynb'), [CELL]);
    lab = await startLab(root, prefix);
    browser = await launchBrowser();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  });

  test('keeps one renderer and shows no blank frame; its last state is what is saved', async () => {
    const { page, errors } = await openNotebook(browser, lab, 'live.ipynb', true);
    await watchFrames(page, '.evom-View', 'svg.evom-Chart path');
    await page.evaluate(`window.jupyterapp.commands.execute('notebook:run-all-cells')`);
    await page.getByText('finished', { exact: true }).waitFor({ timeout: 120_000 });
    await page.waitForTimeout(1000);
    const watched = (await page.evaluate('window.watched()')) as Watched;
    console.log(`live run: ${JSON.stringify(watched)}`);
    expect(watched).toMatchObject({ renderers: 1, blank: 0 });
    expect(watched.frames).toBeGreaterThan(20);
    const last = page.locator('.evom-View .evom-Figure').first();
    expect(await last.getAttribute('aria-label')).toContain('done, 200 steps, step 199');

    await page.evaluate(`window.jupyterapp.commands.execute('docmanager:save')`);
    const path = join(notebookFolder(root), 'live.ipynb');
    await expect.poll(() => readFileSync(path, 'utf8').includes('"200 steps"'), { timeout: 20_000 }).toBe(true);
    expect(errors).toEqual([]);
  }, 180_000);
});
