/** Counts, frame by frame, what a page shows while it changes. */

import type { Page } from 'playwright-core';

export interface Watched {
  readonly frames: number;
  /** Elements that have stood in the view's place. */
  readonly renderers: number;
  /** Frames without the view, or with an empty one, since it was first drawn. */
  readonly blank: number;
  /** Milliseconds of the longest task on the main thread, and the number of tasks over 100. */
  readonly longestTask: number;
  readonly longTasks: number;
}

/** `drawn`: what a view that is not blank holds. `window.watched()` in the page tells a `Watched`. */
export async function watchFrames(page: Page, view: string, drawn: string): Promise<void> {
  await page.evaluate(`{
    const views = new Set();
    const seen = { frames: 0, blank: 0, longestTask: 0, longTasks: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        if (views.size === 0) continue;
        seen.longestTask = Math.max(seen.longestTask, Math.round(duration));
        if (duration > 100) seen.longTasks += 1;
      }
    }).observe({ entryTypes: ['longtask'] });
    let wasDrawn = false;
    const look = () => {
      const view = document.querySelector(${JSON.stringify(view)});
      if (view !== null) views.add(view);
      const isDrawn = view !== null && view.querySelector(${JSON.stringify(drawn)}) !== null;
      if (wasDrawn) seen.frames += 1;
      if (wasDrawn && !isDrawn) seen.blank += 1;
      wasDrawn ||= isDrawn;
      requestAnimationFrame(look);
    };
    look();
    window.watched = () => ({ ...seen, renderers: views.size });
  }`);
}
