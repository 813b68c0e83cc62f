/**
 * 10 000 rollouts in one output. First paint: from the message's text to the frame after the one with the first rows, in a
 * notebook that is open, as if a kernel had sent it.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { VerdictWord } from '../../kernel/spec/mime.ts';
import { type LabSession, removeKernel, startLabSession } from '../../test/browser/lab-session.ts';
import { writeSources } from '../../test/browser/notebooks.ts';
import { observationRow, problemRow, rolloutRow, rolloutsOf } from '../../test/labextension/rows.ts';
import { memoryOf } from './memory.ts';
import { type Figures, rounds } from './row.ts';

const ROWS = 10_000;
const SAMPLES = 10;
const SCROLL_MS = 3000;
const PIXELS_A_FRAME = 60;
const VERDICTS: readonly VerdictWord[] = ['correct', 'wrong-objective', 'missing-api', 'exception'];

interface Round {
  readonly paintMs: number;
  readonly framesPerSecond: number;
  readonly heapMb: number;
  readonly processMb: number;
}

export async function measureRollouts(root: string, count: number): Promise<Figures> {
  const lab = await startLabSession(root, {
    prepare(place) {
      writeSources(join(place.notebooks, 'empty.ipynb'), ['']);
      writeFileSync(join(place.notebooks, 'rollouts.json'), JSON.stringify(rolloutsOutput()));
      removeKernel(place);
    },
  });
  try {
    const measured: Round[] = [];
    for (let round = 0; round < count; round += 1) measured.push(await measureRound(lab));
    const of = (name: keyof Round): number[] => measured.map((round) => round[name]);
    return [
      ['10 000 rollouts: first paint', rounds(of('paintMs'), 'ms'), '≤ 300 ms'],
      [`… scrolled by ${PIXELS_A_FRAME} px a frame`, rounds(of('framesPerSecond'), 'frames/s'), '≥ 50'],
      ['… memory over the empty page: objects', rounds(of('heapMb'), 'MB'), '≤ 150 MB'],
      ['… memory over the empty page: process', rounds(of('processMb'), 'MB'), '≤ 150 MB'],
    ];
  } finally {
    await lab.stop();
  }
}

async function measureRound(lab: LabSession): Promise<Round> {
  const { page } = await lab.open('empty.ipynb');
  await page.waitForTimeout(2000);
  const before = await memoryOf(lab.browser, page);
  const paintMs = (await page.evaluate(SHOW)) as number;
  await page.waitForTimeout(1000);
  const framesPerSecond = await scroll(page);
  const after = await memoryOf(lab.browser, page);
  await page.context().close();
  return {
    ...{ paintMs, framesPerSecond },
    ...{ heapMb: after.heapMb - before.heapMb, processMb: after.processMb - before.processMb },
  };
}

const SHOW = `(async () => {
  const text = await (await fetch('/files/rollouts.json')).text();
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const start = performance.now();
  window.jupyterapp.shell.currentWidget.content.widgets[0].model.outputs.add(JSON.parse(text));
  while (document.querySelector('.evom-View tbody tr td') === null) await frame();
  await frame();
  return performance.now() - start;
})()`;

async function scroll(page: Page): Promise<number> {
  return (await page.evaluate(`(async () => {
    const box = document.querySelector('.evom-Scroll');
    const start = performance.now();
    let frames = 0;
    while (performance.now() - start < ${SCROLL_MS}) {
      await new Promise(requestAnimationFrame);
      box.scrollTop += ${PIXELS_A_FRAME};
      frames += 1;
    }
    return (1000 * frames) / (performance.now() - start);
  })()`)) as number;
}

function rolloutsOutput(): unknown {
  const text = `<think>${'Let x be what is made. '.repeat(4)}</think><code>import highspy</code>`;
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const verdict = VERDICTS[index % VERDICTS.length] ?? 'correct';
    const total = verdict === 'correct' ? 1.2 : 0.2;
    return rolloutRow({
      ...{ problem: Math.floor(index / SAMPLES), sample: index % SAMPLES, step: null },
      completion: { text: { text, length: text.length }, tokens: 40 + (index % 200), truncated: false },
      observation: observationRow({ id: `row-${index}`, verdict, objective: index, durationMs: index % 900 }),
      reward: { total, parts: { format: 1, answer: total === 1.2 ? 1 : 0 }, masked: false },
    });
  });
  const problems = Array.from({ length: ROWS / SAMPLES }, (_, index) => problemRow(`problem-${index}`));
  const view = { ...rolloutsOf(rows, problems), counts: { highs: { correct: ROWS / 4 } } };
  const data = { 'application/vnd.evom.rollouts.v1+json': view, 'text/plain': 'rollouts' };
  return { output_type: 'display_data', metadata: {}, data };
}
