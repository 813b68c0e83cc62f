/** A run that grows by a step with each update of its display, some 15 times a second, and what the page shows meanwhile. */

import { makeRun } from '../labextension/figure-data.ts';
import { command, type LabPage } from './lab-page.ts';
import type { LabSession } from './lab-session.ts';
import { type Watched, watchFrames } from './watch-frames.ts';

export const UPDATES_PER_SECOND = 15;
const VIEW = 'application/vnd.evom.run.v1+json';

export interface LiveRun {
  /** Updates, and steps of the run at its end. */
  readonly updates: number;
  /** False: the updates are texts alone, of the same number of steps. Then there is no view, and JupyterLab's own part is left. */
  readonly hasView: boolean;
}

/** For the only cell of a notebook. */
export function liveSource({ updates, hasView }: LiveRun): string {
  return `
const run = ${JSON.stringify(makeRun(updates))};
const start = performance.now();
for (let done = 1; done <= ${updates}; done++) {
  const progress = { ...run.progress, done, total: ${updates}, state: done < ${updates} ? 'running' : 'done' };
  const view = { '${VIEW}': { ...run, progress, steps: run.steps.slice(0, done) } };
  const bundle = { ...(${hasView} && view), 'text/plain': \`\${done} steps\` };
  await jupyter.display({ [Symbol.for('Jupyter.display')]: () => bundle }, { id: 'run', update: done > 1 });
  const next = start + (done * 1000) / ${UPDATES_PER_SECOND};
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
}
console.log('finished in ' + Math.round(performance.now() - start) + ' ms');
`;
}

export interface WatchedRun extends Watched {
  /** From the first update to the last. */
  readonly runMs: number;
}

/** Opens the notebook, runs it and stays on the page. */
export async function watchLiveRun(
  lab: LabSession,
  notebook: string,
  { updates, hasView }: LiveRun,
): Promise<LabPage & { readonly watched: WatchedRun }> {
  const opened = await lab.open(notebook, { hasKernel: true });
  const { page } = opened;
  if (hasView) await watchFrames(page, '.evom-View', 'svg.evom-Chart path');
  else await watchFrames(page, '.jp-RenderedText[data-mime-type="text/plain"]', 'pre');
  await command(page, 'notebook:run-all-cells');
  const finished = page.getByText(/^finished in \d+ ms/);
  await finished.waitFor({ timeout: 60_000 + (3000 * updates) / UPDATES_PER_SECOND });
  await page.waitForTimeout(1000);
  const runMs = Number((await finished.textContent())?.match(/\d+/)?.[0]);
  const watched = (await page.evaluate('window.watched()')) as Watched;
  return { ...opened, watched: { ...watched, runMs } };
}
