/** Every view in JupyterLite: files alone, from a static web server. */

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shell } from '../e2e/cli.ts';
import { describeInLab } from './describe-in-lab.ts';
import { saveEveryView } from './every-view.ts';
import { expectEveryView } from './expect-every-view.ts';
import { chooseNoKernel, openPage } from './lab-page.ts';
import { type StaticServer, startStaticServer } from './static-server.ts';
import { takeShots } from './take-shots.ts';

describeInLab('a saved notebook in JupyterLite', { prepare: saveEveryView }, (lab) => {
  let server: StaticServer;

  beforeAll(async () => {
    const site = join(lab().root, 'site');
    const built = await shell(`'${process.execPath}' binder/lite.mjs '${site}' '${lab().notebooks}/views.ipynb'`);
    if (built.code !== 0) throw new Error(built.stderr);
    server = await startStaticServer(site);
  }, 120_000);

  afterAll(() => server?.stop());

  test.each(['lab', 'notebooks'])(
    'shows every view, and nothing goes wrong on the console, in its %s',
    async (app) => {
      const { page, errors } = await openPage(lab().browser);
      await page.goto(`${server.url}/${app}/index.html?path=views.ipynb`);
      await chooseNoKernel(page);
      await expectEveryView(page);
      await takeShots(page, `lite-${app}`);
      expect(errors).toEqual([]);
    },
    120_000,
  );
});
