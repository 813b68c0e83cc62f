/** Every view in Notebook 7, drawn from a notebook that the real kernel made, with no kernel there. */

import { expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { saveEveryView } from './every-view.ts';
import { expectEveryView } from './expect-every-view.ts';
import { notebookMissing } from './find-jupyter.ts';
import { unfold, violations } from './lab-page.ts';
import { takeShots } from './take-shots.ts';

describeInLab('a saved notebook in Notebook 7', { prepare: saveEveryView, missing: notebookMissing() }, (lab) => {
  test('shows every view, without a violation of accessibility, and nothing goes wrong on the console', async () => {
    const { page, errors } = await lab().open('views.ipynb', { frontEnd: 'notebook' });
    await expectEveryView(page);
    await takeShots(page, 'notebook-7');
    await unfold(page);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  }, 120_000);
});
