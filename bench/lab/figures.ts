/**
 * Notebooks of 50 figures, ours beside the same numbers in as many charts by plotly.py's own renderer (the extension
 * `jupyterlab-plotly` in its wheel, which JupyterLab takes by default). From asking JupyterLab for the notebook to the frame
 * in which the last figure is drawn; a figure that is not drawn before it is in sight is scrolled to.
 */

import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { command } from '../../test/browser/lab-page.ts';
import { type LabSession, removeKernel, startLabSession } from '../../test/browser/lab-session.ts';
import { writeOutputs, writeSources } from '../../test/browser/notebooks.ts';
import { makeHistogram, makeRun } from '../../test/labextension/figure-data.ts';
import { median } from '../policy/rounds.ts';
import { histogramPanels, runPanels } from './panels.ts';
import { type Figures, rounds } from './row.ts';

const FIGURES = 50;
const STEPS = 100;
/** A figure that is drawn, ours and theirs. */
const DRAWN = {
  evom: '.evom-Figure:has(svg.evom-Chart path, svg.evom-Chart rect)',
  plotly: '.js-plotly-plot:has(.cartesianlayer .trace)',
} as const;
/** What is there of a figure before it is drawn. */
const HELD = { evom: '.evom-View', plotly: '.jp-OutputArea-output' } as const;
const LIMIT_MS = 120_000;
/** Without another figure: then one waits to be in sight. */
const PATIENCE_MS = 200;

type Arm = keyof typeof DRAWN;

const python = process.env['EVOM_PLOTLY'];

export async function measureFigures(root: string, count: number): Promise<Figures> {
  const lab = await startLabSession(root, {
    jupyterPath: python === undefined ? [] : [join(dirname(dirname(python)), 'share/jupyter')],
    prepare(place) {
      writeSources(join(place.notebooks, 'empty.ipynb'), ['']);
      writePair(
        place.notebooks,
        'rewards',
        'application/vnd.evom.histogram.v1+json',
        makeHistogram(1),
        histogramPanels,
      );
      writePair(place.notebooks, 'runs', 'application/vnd.evom.run.v1+json', makeRun(STEPS), runPanels);
      removeKernel(place);
    },
  });
  try {
    return [
      ...(await compare(lab, 'rewards', count, `${FIGURES} figures of 2 charts`)),
      ...(await compare(lab, 'runs', count, `${FIGURES} figures of 13 charts, ${STEPS} steps`)),
    ];
  } finally {
    await lab.stop();
  }
}

function writePair<Data>(
  folder: string,
  name: string,
  mimeType: string,
  data: Data,
  panelsOf: (data: Data) => unknown,
): void {
  const all = <Value>(value: Value): readonly Value[] => Array.from({ length: FIGURES }, () => value);
  writeOutputs(join(folder, `${name}-evom.ipynb`), all({ [mimeType]: data, 'text/plain': name }));
  if (python === undefined) return;
  const script = new URL('plotly_figures.py', import.meta.url).pathname;
  const bundles = execFileSync(python, [script], { input: JSON.stringify(all(panelsOf(data))), maxBuffer: 2 ** 28 });
  writeOutputs(join(folder, `${name}-plotly.ipynb`), JSON.parse(bundles.toString()));
}

async function compare(lab: LabSession, name: string, count: number, what: string): Promise<Figures> {
  const arms: readonly Arm[] = python === undefined ? ['evom'] : ['evom', 'plotly'];
  const taken: Record<Arm, number[]> = { evom: [], plotly: [] };
  for (let round = 0; round < count; round += 1) {
    for (const arm of round % 2 === 0 ? arms : arms.toReversed()) taken[arm].push(await open(lab, name, arm));
  }
  const ours = [`${what}: open and drawn`, rounds(taken.evom, 'ms'), '≤ 3000 ms'] as const;
  if (python === undefined) return [ours];
  const ratios = taken.evom.map((own, round) => own / (taken.plotly[round] ?? Number.NaN));
  return [
    ours,
    ['… by plotly.py', rounds(taken.plotly, 'ms'), ''],
    ['… ratio', `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`, '≤ 0.5'],
  ];
}

async function open(lab: LabSession, name: string, arm: Arm): Promise<number> {
  const { page } = await lab.open('empty.ipynb');
  await page.waitForTimeout(1000);
  await page.evaluate(`void (window.opened = ${untilDrawn(arm)})`);
  await command(page, 'docmanager:open', { path: `${name}-${arm}.ipynb` });
  const taken = (await page.evaluate('window.opened')) as number;
  await page.context().close();
  return taken;
}

/** In the page: a promise of the milliseconds until all figures are drawn. It looks at every frame. */
function untilDrawn(arm: Arm): string {
  const [drawn, held] = [JSON.stringify(DRAWN[arm]), JSON.stringify(HELD[arm])];
  return `new Promise((resolve, reject) => {
    const start = performance.now();
    let [known, changed] = [0, start];
    const look = () => {
      const { length } = document.querySelectorAll(${drawn});
      const now = performance.now();
      if (length >= ${FIGURES}) return resolve(now - start);
      if (now - start > ${LIMIT_MS}) return reject(new Error(length + ' figures are drawn'));
      if (length !== known) [known, changed] = [length, now];
      if (now - changed > ${PATIENCE_MS}) {
        const isWaiting = (node) => !node.matches(${drawn}) && node.querySelector(${drawn}) === null;
        [...document.querySelectorAll(${held})].find(isWaiting)?.scrollIntoView();
      }
      requestAnimationFrame(look);
    };
    look();
  })`;
}
