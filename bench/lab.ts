/**
 * The Lab extension in a real JupyterLab in Chromium: 10 000 rollouts (first paint, scrolling, memory), notebooks of 50
 * figures beside plotly.py's own renderer, which takes turns with ours, and a live run with what it holds up.
 *
 * Needs `npm run build`. Where $EVOM_PLOTLY names no Python with plotly, the figures have nobody beside them. All on one
 * machine: JupyterLab's server, its kernel and the browser share its cores, so that a busy machine makes every figure worse.
 *
 * Options: --rounds N (3), --seconds N (30) of the live run, --only rollouts,figures,live.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderTable } from '../src/text-table.ts';
import { browserMissing } from '../test/browser/find-browser.ts';
import { measureFigures } from './lab/figures.ts';
import { measureLive } from './lab/live.ts';
import { measureRollouts } from './lab/rollouts.ts';
import type { Figures } from './lab/row.ts';

const PARTS: Readonly<Record<string, (root: string, rounds: number) => Promise<Figures>>> = {
  rollouts: measureRollouts,
  figures: measureFigures,
  live: (root) => measureLive(root, Number(values.seconds)),
};

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '30' },
    only: { type: 'string', default: Object.keys(PARTS).join() },
  },
});

const missing = browserMissing();
if (missing === null) await measure();
else {
  console.error(`The Lab extension cannot be measured: ${missing}.`);
  process.exitCode = 2;
}

async function measure(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'evom-lab-bench-'));
  const load = loadavg()[0] ?? 0;
  try {
    const rows: string[][] = [];
    for (const name of values.only.split(',')) {
      const part = PARTS[name];
      if (part === undefined)
        throw new Error(`Expected --only to be of ${Object.keys(PARTS).join(', ')}, got ${name}.`);
      rows.push(...(await part(join(root, name), Number(values.rounds))).map((row) => [...row]));
      console.error(`${name}: done`);
    }
    console.log(`\nmedians of ${values.rounds} rounds (each round), load ${load.toFixed(1)} before`);
    console.log(renderTable([['', 'measured', 'wanted'], ...rows]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
