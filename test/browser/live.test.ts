/** A display that changes 15 times a second, in a real browser with the real kernel; for $EVOM_LIVE_SECONDS, default 10. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeInLab } from './describe-in-lab.ts';
import { command } from './lab-page.ts';
import type { LabPlace } from './lab-session.ts';
import { liveSource, UPDATES_PER_SECOND, watchLiveRun } from './live-run.ts';
import { writeSources } from './notebooks.ts';

const SECONDS = Number(process.env['EVOM_LIVE_SECONDS'] ?? 10);
const RUN = { updates: SECONDS * UPDATES_PER_SECOND, hasView: true };

function prepare({ notebooks }: LabPlace): void {
  writeSources(join(notebooks, 'live.ipynb'), [liveSource(RUN)]);
}

describeInLab('a live run', { prepare }, (lab) => {
  test(
    'keeps one renderer and shows no blank frame; its last state is what is saved',
    async () => {
      const { page, errors, watched } = await watchLiveRun(lab(), 'live.ipynb', RUN);
      console.log(`live run: ${JSON.stringify(watched)}`);
      expect(watched).toMatchObject({ renderers: 1, blank: 0 });
      expect(watched.frames).toBeGreaterThan(20);
      const last = page.locator('.evom-View .evom-Figure').first();
      const told = `done, ${RUN.updates} steps, step ${RUN.updates - 1}`;
      expect(await last.getAttribute('aria-label')).toContain(told);

      await command(page, 'docmanager:save');
      const saved = (): string => readFileSync(join(lab().notebooks, 'live.ipynb'), 'utf8');
      await expect.poll(() => saved().includes(`"${RUN.updates} steps"`), { timeout: 20_000 }).toBe(true);
      expect(errors).toEqual([]);
    },
    120_000 + 4000 * SECONDS,
  );
});
