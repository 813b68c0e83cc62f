/** What must be there of the notebook of `every-view.ts`, wherever it is opened. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { VIEW_TYPES } from './every-view.ts';

export async function expectEveryView(page: Page): Promise<void> {
  const views = page.locator('.evom-View');
  await expect.poll(() => views.count(), { timeout: 60_000 }).toBe(VIEW_TYPES.length);
  expect(await page.locator('.evom-View [role=alert]').count()).toBe(0);
  for (const [index, type] of VIEW_TYPES.entries()) {
    const view = views.nth(index);
    await view.scrollIntoViewIfNeeded();
    const charts = view.locator('svg.evom-Chart');
    if (type === 'histogram') await expect.poll(() => charts.count()).toBeGreaterThanOrEqual(3);
    if (type === 'run') await expect.poll(() => charts.count()).toBeGreaterThanOrEqual(8);
    if (type === 'transfer') expect(await view.locator('.evom-Matrix-cell').count()).toBeGreaterThanOrEqual(2);
    expect((await view.textContent())?.length).toBeGreaterThan(40);
  }
}
