/** What a page takes: objects of its scripts, and the memory of its process, after a collection of garbage. */

import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright-core';

export interface PageMemory {
  readonly heapMb: number;
  /** Memory that no other process shares, of the largest renderer: close other pages first. Linux alone. */
  readonly processMb: number;
}

const MB = 2 ** 20;

export async function memoryOf(browser: Browser, page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page);
  // Twice: what a finaliser lets go of goes with the second.
  for (let turn = 0; turn < 2; turn += 1) await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  await session.detach();
  return { heapMb: heap / MB, processMb: await largestRenderer(await browser.newBrowserCDPSession()) };
}

async function largestRenderer(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateMb(id)));
}

function privateMb(process: number): number {
  const told = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8');
  return Number(/^Private_Dirty:\s+(\d+) kB/m.exec(told)?.[1]) / 1024;
}
