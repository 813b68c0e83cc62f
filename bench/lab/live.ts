/** A live run in a real kernel, and the same updates as plain texts: what is left then is JupyterLab's own. */

import { join } from 'node:path';
import { startLabSession } from '../../test/browser/lab-session.ts';
import { liveSource, UPDATES_PER_SECOND, watchLiveRun } from '../../test/browser/live-run.ts';
import { writeSources } from '../../test/browser/notebooks.ts';
import type { Figures } from './row.ts';

export async function measureLive(root: string, seconds: number): Promise<Figures> {
  const updates = Math.round(seconds * UPDATES_PER_SECOND);
  const lab = await startLabSession(root, {
    prepare({ notebooks }) {
      for (const hasView of [true, false])
        writeSources(join(notebooks, `live-${hasView}.ipynb`), [liveSource({ updates, hasView })]);
    },
  });
  try {
    const view = await watchLiveRun(lab, 'live-true.ipynb', { updates, hasView: true });
    await view.page.context().close();
    const { watched: text } = await watchLiveRun(lab, 'live-false.ipynb', { updates, hasView: false });
    const { watched } = view;
    const rate = ((1000 * updates) / watched.runMs).toFixed(1);
    return [
      [`live run, ${updates} updates at ${rate} a second: renderers`, `${watched.renderers}`, '1'],
      ['… blank frames', `${watched.blank} of ${watched.frames}`, '0'],
      ['… longest task', `${watched.longestTask} ms, ${watched.longTasks} over 100 ms`, '≤ 100 ms'],
      ['… longest task where updates are texts', `${text.longestTask} ms, ${text.longTasks} over 100 ms`, ''],
    ];
  } finally {
    await lab.stop();
  }
}
