/** What is left of every output where the extension is switched off, and in nbconvert's HTML. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { shell } from '../e2e/cli.ts';
import { describeInLab } from './describe-in-lab.ts';
import { saveEveryView } from './every-view.ts';
import { findJupyter } from './find-jupyter.ts';
import { openPage } from './lab-page.ts';
import { takeShots } from './take-shots.ts';

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Fallback {
  /** Among all outputs. */
  readonly place: number;
  readonly types: readonly string[];
}

/** Of each output that has a view, what else it holds. */
function fallbacksIn(notebook: string): readonly Fallback[] {
  const { cells } = JSON.parse(readFileSync(notebook, 'utf8')) as { readonly cells: { readonly outputs: Output[] }[] };
  const bundles = cells.flatMap(({ outputs }) => outputs.map(({ data = {} }) => Object.keys(data)));
  return bundles.flatMap((all, place) => {
    const types = all.filter((type) => !type.includes('vnd.evom'));
    return types.length === all.length ? [] : [{ place, types }];
  });
}

/** Of each output whether it shows something: a text that is long enough, or a picture that has been decoded. */
const SHOWN = `[...document.querySelectorAll('.jp-OutputArea-output')].map((output) => {
  const picture = output.querySelector('img');
  return picture === null ? output.textContent.trim().length > 40 : picture.naturalWidth > 100;
})`;

/** Places of outputs with a view that show nothing else. */
async function emptyIn(page: Page, notebook: string): Promise<readonly number[]> {
  const shown = (await page.evaluate(SHOWN)) as readonly boolean[];
  return fallbacksIn(notebook).flatMap(({ place }) => (shown[place] === true ? [] : [place]));
}

describeInLab('without the extension', { prepare: saveEveryView, disabled: ['@evom/labextension'] }, (lab) => {
  const notebook = (): string => join(lab().notebooks, 'views.ipynb');

  test('every output has a text, and a picture or HTML', () => {
    for (const { types } of fallbacksIn(notebook())) {
      expect(types).toContain('text/plain');
      expect(types.includes('text/html') || types.includes('image/png'), types.join()).toBe(true);
    }
  });

  test('every output reads well in JupyterLab', async () => {
    const { page, errors } = await lab().open('views.ipynb');
    expect(await page.locator('.evom-View').count()).toBe(0);
    await expect.poll(() => emptyIn(page, notebook()), { timeout: 20_000 }).toEqual([]);
    expect((await page.locator('.jp-OutputArea').allInnerTexts()).join()).not.toContain('vnd.evom');
    await takeShots(page, 'without', '.jp-OutputArea-output');
    expect(errors).toEqual([]);
  }, 120_000);

  test('every output reads well in the HTML of nbconvert', async () => {
    const converted = await shell(
      `'${findJupyter()}' -m nbconvert --to html --output-dir '${lab().root}' '${notebook()}'`,
    );
    expect(converted.code, converted.stderr).toBe(0);
    // Its page looks for mathematics and widgets on the network: what the console says of that is not ours.
    const { page } = await openPage(lab().browser);
    await page.goto(`file://${lab().root}/views.html`);
    await expect.poll(() => emptyIn(page, notebook()), { timeout: 20_000 }).toEqual([]);
    await takeShots(page, 'nbconvert', '.jp-OutputArea-output');
  }, 120_000);
});
